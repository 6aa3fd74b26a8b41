/** English: the agent's own channels. */
import type { ChannelSetting } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys = `setting.${ChannelSetting}`;

/** Agent status. */
export const statusWords = {
  'status.label': 'Agent status',
  'status.channel-menu': '{channel}: {state}. Change',
  'status.log-in': 'Log in',
  'status.log-out': 'Log out',
  'status.changing': 'Waiting for the switch…',

  'setting.ready': 'Ready',
  'setting.not-ready': 'Not Ready',
  'setting.after-call-work': 'After Call Work',
  'setting.do-not-disturb': 'Do Not Disturb',
  'setting.logged-off': 'Log out',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
