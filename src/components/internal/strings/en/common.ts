/** English: words that several elements use. */
import type {
  ChannelName,
  ConnectionStatus,
  OutcomeCode,
  PresenceState,
  ServiceErrorCode,
  SessionStatus,
  TargetType,
} from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys =
  | `status.${SessionStatus}`
  | `presence.${PresenceState}`
  | `channel.${ChannelName}`
  | `connection.${ConnectionStatus}`
  | `outcome.${OutcomeCode}`
  | `error.${ServiceErrorCode}`
  | `type.${TargetType}`;

/** Status words, presence, connection, outcomes, errors, and the small change of every element. */
export const common = {
  'provider.missing': 'Not connected to the contact centre: this part of the page has no provider.',

  'status.not-connected': 'Not Connected',
  'status.establishing': 'Establishing',
  'status.connected': 'Connected',
  'status.ended': 'Ended',

  'presence.ready': 'Ready',
  'presence.not-ready': 'Not Ready',
  'presence.after-call-work': 'After Call Work',
  'presence.busy': 'Busy',
  'presence.do-not-disturb': 'Do Not Disturb',
  'presence.logged-off': 'Logged Off',
  'presence.unknown': 'Unknown',
  'presence.with-reason': '{state} · {reason}',
  'presence.channel': '{channel}: {state}',
  'presence.since': 'since {time}',

  'channel.im': 'Instant messaging',
  'channel.voice': 'Voice',

  'connection.unconfigured': 'Not set up',
  'connection.connecting': 'Connecting…',
  'connection.ready': 'Connected',
  'connection.degraded': 'Connected, with limits',
  'connection.reconnecting': 'Connection lost',
  'connection.reconnecting-in': {
    one: 'Connection lost. Next attempt in {count} second',
    other: 'Connection lost. Next attempt in {count} seconds',
  },
  'connection.replaced': 'Another window took over',
  'connection.refused': 'The switch refuses this agent',
  'connection.logged-out': 'Logged out',
  'connection.now': 'Connect now',

  'type.agent': 'Agent',
  'type.agent-group': 'Agent group',
  'type.skill': 'Skill',
  'type.queue': 'Queue',
  'type.routing-point': 'Routing point',
  'type.contact': 'Contact',

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

  'error.configuration': 'Something is not set up correctly. Please tell your administrator.',
  'error.unreachable': 'The switch cannot be reached. It is tried again by itself.',
  'error.unauthorized': 'The switch refuses the login. Please sign in again.',
  'error.not-allowed': 'Your role does not allow this.',
  'error.not-found': 'This does not exist any more.',
  'error.invalid-state': 'This is not possible now.',
  'error.too-long': 'The message is too long. Please shorten it.',
  'error.empty': 'There is nothing to send.',
  'error.busy': 'The other side is busy.',
  'error.no-answer': 'There was no answer.',
  'error.rejected': 'The other side rejected it.',
  'error.not-logged-in': 'The other side is not logged in.',
  'error.unsupported': 'The other side’s device cannot do this.',
  'error.timeout': 'There was no answer in time. Please try again.',
  'error.directory': 'The directory cannot be read.',
  'error.host': 'The surrounding application did not do this.',
  'error.media': 'Microphone or sound cannot be used. Please check the permissions and devices.',
  'error.outbound-campaign': 'Instant messaging is not possible during an outbound campaign.',
  'error.storage': 'Settings cannot be kept in this browser.',
  'error.internal': 'Something went wrong here. Please report it.',

  'action.close': 'Close',
  'action.cancel': 'Cancel',
  'action.retry': 'Retry',
  'action.more': 'More actions',
  'action.back': 'Back',
  'action.show': 'Show',
  'action.clear': 'Clear',
  'state.loading': 'Loading…',
  'state.empty': 'Nothing here yet',
  'person.unnamed': 'Unnamed',
  'time.elapsed': 'Elapsed time {time}',
  'zoom.in': 'Larger text',
  'zoom.out': 'Smaller text',
  'zoom.reset': 'Text size {percent}. Back to normal',
  'zoom.now': 'Text size {percent}',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
