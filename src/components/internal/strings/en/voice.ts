/** English: calls. */
import type { Call, CallPending, CallStatus, OutcomeCode } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys =
  | `call.${CallStatus}`
  | `call.${CallPending}`
  | `outcome.${OutcomeCode}`
  | `media.${NonNullable<Call['trouble']>}`
  | `transfer.${NonNullable<Call['transfer']>['status']}`;

/** Controls of one call, its states, how it ended, and what can go wrong with sound. */
export const voiceWords = {
  'outcome.ended': 'Ended',
  'outcome.rejected': 'Rejected',
  'outcome.busy': 'Busy',
  'outcome.do-not-disturb': 'Do Not Disturb',
  'outcome.no-answer': 'No answer',
  'outcome.not-logged-in': 'Not logged in',
  'outcome.cancelled': 'Cancelled',
  'outcome.answered-elsewhere': 'Answered elsewhere',
  'outcome.rejected-elsewhere': 'Rejected elsewhere',
  'outcome.no-such-agent': 'No such agent',
  'outcome.not-allowed': 'Not allowed',
  'outcome.foreign': 'Not one of the own contact centre',
  'outcome.unsupported': 'Not supported at the other end',
  'outcome.unreachable': 'Not reachable',
  'outcome.connection-lost': 'Connection lost',
  'outcome.failed': 'Failed',

  'call.label': 'Call with {name}',
  'call.kind': 'Call',
  'call.consultation': 'Voice consultation',
  'call.done': 'Done',
  'call.again': 'Call again',
  'call.dialling': 'Dialling',
  'call.ringing': 'Ringing',
  'call.alerting': 'Incoming call',
  'call.connected': 'Connected',
  'call.held': 'On hold',
  'call.held-by-peer': 'The other side put you on hold',
  'call.ended': 'Ended',
  'call.answering': 'Answering…',
  'call.holding': 'Putting on hold…',
  'call.resuming': 'Resuming…',
  'call.transferring': 'Transferring…',
  'call.ending': 'Ending…',
  'call.conferencing': 'Connecting everyone…',
  'call.answer': 'Answer',
  'call.reject': 'Reject',
  'call.end': 'End',
  'call.hold': 'Hold',
  'call.resume': 'Resume',
  'call.mute': 'Mute',
  'call.unmute': 'Unmute',
  'call.keypad': 'Keypad',
  'call.key': 'Key {key}',
  'call.retrieve': 'Retrieve',
  'call.consult': 'Consult or transfer',
  'call.cannot': 'The telephone cannot do this',
  'call.two-telephones': 'The two calls are on different telephones',
  'call.conference-with': 'Conference: {names}',
  'call.alternate': 'Alternate',
  'call.transfer': 'Transfer',
  'call.conference': 'Conference',
  'call.complete-transfer': 'Complete transfer',
  'call.complete-conference': 'Complete conference',
  'call.sound': 'Sound',
  'call.devices': 'Microphone and speaker',
  'call.microphone': 'Microphone',
  'call.speaker': 'Speaker',
  'call.default-device': 'System default',
  'call.elsewhere': 'This call is in another window',

  'media.microphone-refused': 'The microphone is blocked. Allow it in the address bar of the browser, then try again.',
  'media.microphone-missing': 'No microphone was found. Connect one, then try again.',
  'media.microphone-busy': 'Another program uses the microphone. Close it there, then try again.',
  'media.insecure': 'Calls need a page that is served over https. Please tell your administrator.',
  'media.autoplay-blocked': 'The browser blocks the sound. Click to hear the call.',
  'media.ice-failed': 'No sound gets through. Please check the network or tell your administrator.',
  'media.ice-restarting': 'The network changed. The sound comes back in a moment…',
  'media.allow-sound': 'Turn the sound on',

  'transfer.trying': 'Transferring to {name}…',
  'transfer.ringing': '{name} is being called…',
  'transfer.done': 'Transferred to {name}',
  'transfer.failed': 'The transfer to {name} failed',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
