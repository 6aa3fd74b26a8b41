/** Checks of what sessions, messages, channels and calls are made of. */
import type { Channel } from '../../domain/channel.js';
import type { Connection, ConnectionStatus } from '../../domain/connection.js';
import type { DialogRef, ImSession, SessionOrigin, SessionPending, SessionStatus } from '../../domain/im-session.js';
import type { CaseData, CaseEntry, InteractionMedia, InteractionRef, SessionCase } from '../../domain/interaction.js';
import type { Outcome, OutcomeCode } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import type { ChannelPresence, Presence, PresenceState } from '../../domain/presence.js';
import { NOTICES, type Notices } from '../../domain/notices.js';
import { RIGHTS } from '../../domain/rights.js';
import type { Account } from '../../domain/slices.js';
import type { TargetType } from '../../domain/target.js';
import type { MessageFailure, MessageState, SystemCode } from '../../domain/transcript.js';
import type { ChannelName } from '../../domain/presence.js';
import { count, flag, list, maybe, name, number, oneOf, shape, text, type Check } from './check.js';

/** A person. */
export const party = shape<Party>({ address: name, name: name, user: name });

const outcomeCode = oneOf<OutcomeCode>({
  ended: true,
  rejected: true,
  busy: true,
  'do-not-disturb': true,
  'no-answer': true,
  'not-logged-in': true,
  cancelled: true,
  'answered-elsewhere': true,
  'rejected-elsewhere': true,
  'no-such-agent': true,
  'not-allowed': true,
  foreign: true,
  unsupported: true,
  unreachable: true,
  'connection-lost': true,
  failed: true,
});

/** How something ended. */
export const outcome = shape<Outcome>({
  code: outcomeCode,
  by: maybe(party),
  own: maybe(flag),
  text: maybe(text),
  status: maybe(count),
});

/** What an interaction is called. */
export const interaction = shape<InteractionRef>({
  id: name,
  media: oneOf<InteractionMedia>({ voice: true, email: true, chat: true, workitem: true }),
  label: text,
  ended: maybe(flag),
});

const caseEntry = shape<CaseEntry>({ key: name, label: text, value: text, sensitive: maybe(flag), cut: maybe(flag) });
const contact = shape<NonNullable<CaseData['contact']>>({ ref: name, fields: maybe(list(caseEntry)) });
const caseFields = { seq: count, interaction, contact: maybe(contact), data: list(caseEntry), notify: maybe(list(name)) };

/** Case data. */
export const caseData = shape<CaseData>(caseFields);
/** Case data as a session has it. */
export const sessionCase = shape<SessionCase>({ ...caseFields, changed: list(name) });

/** What names a dialog (RFC 3261, 12). */
export const dialog = shape<DialogRef>({ callId: name, localTag: name, remoteTag: name, remoteTarget: name, asserted: maybe(flag) });

/** A command of a session under way. */
export const sessionPending = oneOf<SessionPending>({ accepting: true, rejecting: true, cancelling: true, ending: true });

const targetType = oneOf<TargetType>({ agent: true, 'agent-group': true, skill: true, queue: true, 'routing-point': true, contact: true });

/** A session. */
export const session = shape<ImSession>({
  id: name,
  direction: oneOf<ImSession['direction']>({ outgoing: true, incoming: true }),
  origin: oneOf<SessionOrigin>({ internal: true, consultation: true }),
  status: oneOf<SessionStatus>({ 'not-connected': true, establishing: true, connected: true, ended: true }),
  pending: maybe(sessionPending),
  peer: party,
  target: maybe(shape<NonNullable<ImSession['target']>>({ type: targetType, address: name, name: name })),
  parties: list(party),
  interaction: maybe(interaction),
  openedAt: number,
  invitedAt: maybe(number),
  expiresAt: maybe(number),
  ringing: maybe(flag),
  connectedAt: maybe(number),
  endedAt: maybe(number),
  outcome: maybe(outcome),
  dismissed: maybe(flag),
  unread: count,
  resuming: maybe(flag),
  plain: maybe(flag),
  withoutCase: maybe(flag),
  page: maybe(flag),
  dialog: maybe(dialog),
  firstDialog: maybe(dialog),
  heard: maybe(list(name)),
});

/** How far a message has come. */
export const messageState = oneOf<MessageState>({ queued: true, sending: true, sent: true, delivered: true, read: true, failed: true });

const ownFailures = oneOf<Exclude<MessageFailure, OutcomeCode>>({ 'too-long': true, 'type-refused': true, 'session-ended': true });
/** Why a message failed. */
export const messageFailure: Check = (value) => outcomeCode(value) || ownFailures(value);

const lineCodes = oneOf<Exclude<SystemCode, `ended.${string}`>>({
  invited: true,
  accepted: true,
  resuming: true,
  resumed: true,
  'earlier-not-kept': true,
  joined: true,
  left: true,
  'case-changed': true,
  'interaction-ended': true,
  'plain-text-only': true,
  'page-mode': true,
});
/** What a system line says. */
export const systemCode: Check = (value) =>
  lineCodes(value) || (typeof value === 'string' && value.startsWith('ended.') && outcomeCode(value.slice('ended.'.length)));

const presenceState = oneOf<PresenceState>({
  ready: true,
  'not-ready': true,
  'after-call-work': true,
  busy: true,
  'do-not-disturb': true,
  'logged-off': true,
  unknown: true,
});
const channelFields = { state: presenceState, reason: maybe(text), since: maybe(number) };
const channelPresence = shape<ChannelPresence>(channelFields);

/** Presence of somebody. */
export const presence = shape<Presence>({
  ...channelFields,
  channels: shape<Presence['channels']>({ im: maybe(channelPresence), voice: maybe(channelPresence) }),
});

const channel = shape<Channel>({ ...channelFields, pending: maybe(presenceState) });
/** The own channels. */
export const channels = shape<Record<ChannelName, Channel>>({ im: channel, voice: channel });

/** Code and words of an error. */
export const errorShape = shape<{ code: string; message: string; status?: number }>({ code: name, message: text, status: maybe(count) });

/** How the connection stands. */
export const connection = shape<Connection>({
  status: oneOf<ConnectionStatus>({
    unconfigured: true,
    connecting: true,
    ready: true,
    degraded: true,
    reconnecting: true,
    replaced: true,
    refused: true,
    'logged-out': true,
  }),
  since: number,
  retryAt: maybe(number),
  error: maybe(errorShape),
});

/** The agent. */
export const account = shape<Account>({
  address: name,
  name: name,
  user: name,
  rights: list((value) => RIGHTS.some((right) => right === value), RIGHTS.length),
  outboundCampaign: maybe(text),
  withheld: maybe(list((value) => NOTICES.some((notice) => notice === value), NOTICES.length)),
});

/** What the agent wants peers to be told. */
export const notices = shape<Notices>({ read: flag, typing: flag });
