/** English: instant-messaging sessions. */
import type { SessionStatus } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys = `status.${SessionStatus}`;

/** Status words, what a session is called, its buttons. */
export const sessionWords = {
  'status.not-connected': 'Not Connected',
  'status.establishing': 'Establishing',
  'status.connected': 'Connected',
  'status.ended': 'Ended',

  'im.welcome': 'Welcome to Instant Messaging. Send a message to start the session',
  'im.internal': 'Internal instant messaging',
  'im.consultation': 'Consultation instant messaging',
  'im.origin.internal': 'Internal instant messaging from {name}',
  'im.origin.consultation': 'Consultation instant messaging from {name}',
  'im.accept': 'Accept',
  'im.reject': 'Reject',
  'im.end': 'End IM',
  'im.done': 'Done',
  'im.minimise': 'Minimise; the session goes on',
  'im.send': 'Send',
  'im.end-ask': 'End this session?',
  'im.cancel-invitation': 'Cancel the invitation',
  'im.stuck': 'The switch does not answer. The session may go on at the other end.',
  'im.force-close': 'Close anyway',
  'im.page-offer': '{name}’s device may take single messages: without receipts, and without being told of the end.',
  'im.page': 'Send as single messages',
  'im.window': 'Instant messaging with {name}',
  'im.parties': 'Connected parties',
  'im.resuming': 'Connection interrupted, picking up again…',

  'transcript.typing': '{name} is typing…',
  'transcript.typing-several': 'Several people are typing…',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
