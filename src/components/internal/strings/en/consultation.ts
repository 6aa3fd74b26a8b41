/** English: consultation. */
import type { Text } from '../text.js';

/** Consultation panel. */
export const consultationWords = {
  'consult.label': 'Consultation',
  'consult.start': 'Start Consultation',
  'consult.start-im': 'Start Instant Message Consultation',
  'consult.start-voice': 'Start Voice Consultation',
  'consult.with': 'Consultation with {name}',
  'consult.im': 'Instant message consultation',
  'consult.voice': 'Voice consultation',
  'consult.hold-failed': 'The contact could not be put on hold. Nobody was called.',
  'consult.retrieve': 'Retrieve the contact',
  'consult.waiting-hold': 'Putting the contact on hold…',
  'consult.preview': 'What {name} will see',
  'consult.preview-masked': 'masked',
  'consult.preview-none': 'No case information is sent',
  'consult.no-interaction': 'There is no interaction to consult about',
  'consult.several': 'Consultations of this interaction',
} as const satisfies Record<string, Text>;
