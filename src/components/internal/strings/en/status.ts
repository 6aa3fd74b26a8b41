/** English: the agent's own channels. */
import type { ChannelSetting, NoticeName } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys = `setting.${ChannelSetting}` | `notice.${NoticeName}`;

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

  'notice.label': 'What others are told',
  'notice.read': 'Send read receipts',
  'notice.typing': 'Show when I am typing',
  'notice.withheld': 'Switched off for everybody here',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
