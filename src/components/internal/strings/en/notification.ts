/** English: invitations waiting for an answer. */
import type { Text } from '../text.js';

/** Notification. */
export const notificationWords = {
  'notification.region': 'Invitations',
  'notification.announce': '{origin}. {text}',
  'notification.remaining': { one: '{count} second left', other: '{count} seconds left' },
  'notification.reject-with': 'Reject with a message',
  'notification.reject-text': 'Message to send with the rejection',
  'notification.reject-busy': 'I am busy, I will get back to you.',
  'notification.reject-later': 'Not now. Please try again in a few minutes.',
  'notification.reject-other': 'Please ask somebody else of the team.',
  'notification.show': 'Show without accepting',
  'notification.dismiss': 'Dismiss; it stays in the tray',
  'notification.sound-blocked': 'The browser blocks the sound until you click here',
  'notification.no-sound': 'No sound: the browser cannot play any here. Check the loudspeaker',
  'notification.allow-desktop': 'Also notify me when this page is hidden',
  'notification.page-title': '({count}) {title}',
  'notification.gone': 'The invitation of {name} is over',
} as const satisfies Record<string, Text>;
