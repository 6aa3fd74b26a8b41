/** English: the tray of sessions. */
import type { Text } from '../text.js';

/** Tray. */
export const trayWords = {
  'tray.label': 'Instant messaging sessions',
  'tray.call': 'Call with {name}',
  'tray.call-waits': 'rings',
  'tray.call-up': 'on the telephone',
  'tray.call-held': 'on hold',
  'tray.empty': 'No sessions',
  'tray.open': 'Open {name}',
  'tray.unread': { one: '{count} unread message', other: '{count} unread messages' },
  'tray.pending': 'Waiting for your answer',
  'tray.missed': 'Missed',
  'tray.typing': 'typing…',
  'tray.reply': 'Reply',
  'tray.reply-to': 'Reply to {name}',
  'tray.accept': 'Accept {name}',
  'tray.done': 'Done with {name}',
  'tray.done-all': 'Done all ended',
  'tray.waiting': 'waiting for {time}',
} as const satisfies Record<string, Text>;
