/** English: presence and channels. */
import type { ChannelName, PresenceState } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys = `presence.${PresenceState}` | `channel.${ChannelName}`;

/** Presence words and the names of the channels. */
export const presenceWords = {
  'presence.ready': 'Ready',
  'presence.not-ready': 'Not Ready',
  'presence.after-call-work': 'After Call Work',
  'presence.busy': 'Busy',
  'presence.do-not-disturb': 'Do Not Disturb',
  'presence.logged-off': 'Logged Off',
  'presence.unknown': 'Unknown',
  'presence.with-reason': '{state} · {reason}',
  'presence.not-current': '{state} · not connected',
  'presence.channel': '{channel}: {state}',
  'presence.since': '(changed {time})',

  'channel.im': 'Instant messaging',
  'channel.voice': 'Voice',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
