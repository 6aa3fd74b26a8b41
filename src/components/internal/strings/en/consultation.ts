/** English: consultation. */
import type { Text } from '../text.js';

/** Consultation panel. */
export const consultationWords = {
  'consult.label': 'Consultation',
  'consult.start': 'Start Consultation',
  'consult.with': 'Consultation with {name}',
  'consult.preview': 'What {name} will see',
  'consult.preview-sent': 'What {name} was sent',
  'consult.preview-count': { one: '{count} entry', other: '{count} entries' },
  'consult.preview-withheld-count': { one: '{count} kept back', other: '{count} kept back' },
  'consult.preview-withheld': 'Not sent: {names}',
  'consult.preview-plain': '{name}’s device shows plain text only. The case information does not reach it: write what they need to know.',
  'consult.preview-without': '{name}’s device takes no case information. It does not reach it: write what they need to know.',
  'consult.preview-refused': '{name}’s device does not take changes of the case information: write what has changed.',
  'consult.preview-late': '{name} does not have the latest change of the case information',
  'consult.preview-none': 'No case information is sent',
  'consult.no-interaction': 'There is no interaction to consult about',
  'consult.several': 'Consultations of this interaction',
  'consult.about': '{media}: {label}',
  'consult.interaction-ended': 'The interaction has ended. Its consultations go on until you end them.',
  'consult.unread': { one: '{count} unread message', other: '{count} unread messages' },
} as const satisfies Record<string, Text>;
