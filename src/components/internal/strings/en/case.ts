/** English: the case, the contact and its history. */
import type { InteractionMedia } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys = `interaction.${InteractionMedia}`;

/** Case panel. */
export const caseWords = {
  'consult.preview-cut': 'shortened',
  'consult.preview-masked': 'masked',

  'interaction.voice': 'Voice',
  'interaction.email': 'E-mail',
  'interaction.chat': 'Chat',
  'interaction.workitem': 'Workitem',

  'case.label': 'Case',
  'case.information': 'Case Information',
  'case.contact': 'Contact Information',
  'case.history': 'Contact History',
  'case.tab': 'Case',
  'case.contact-tab': 'Contact',
  'case.history-tab': 'History',
  'case.conversation-tab': 'Conversation',
  'case.none': 'No case information',
  'case.changed': 'changed',
  'case.contact-none': 'Nothing is known of the contact',
  'case.contact-from-host': 'From your own application',
  'case.contact-from-peer': 'As sent by {name}',
  'case.no-right': 'Your role does not allow you to see contact information',
  'case.search-history': 'Search history',
  'case.history-none': 'No entries',
  'case.history-no-match': 'No entry matches “{query}”',
  'case.history-failed': 'The history cannot be loaded. {why}',
  'case.contact-failed': 'The contact cannot be loaded. {why}',
  'case.history-more': 'Show more',
  'case.history-unavailable': 'The surrounding application offers no history',
  'case.open-record': 'Open the record',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
