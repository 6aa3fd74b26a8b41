/** The public API of the services: what elements and pages may use. Importing it loads nothing of SIP. */
export { createSipService } from './create-sip-service.js';
export { sipServiceContext } from './sip-service-context.js';
export { isServiceError, ServiceError, type ServiceErrorCode } from './service-error.js';
export { DEFAULT_CONFIG, type CredentialRequest, type Credentials, type Secret, type ServiceConfig } from './service-config.js';
export type {
  CallCommands,
  CallSound,
  ChannelCommands,
  Favorite,
  ImCommands,
  Preferences,
  PresenceCommands,
  SipService,
  ViewCommands,
} from './sip-service.js';
export {
  browserEnvironment,
  type Environment,
  type KeyValueStorage,
  type LockTask,
  type MediaPlatform,
  type TabChannel,
  type TabLocks,
  type TimerHandle,
} from './environment.js';
export type { Listener, Snapshot } from './store/store.js';
export { VERSION } from './version.js';

export {
  isAble,
  isAlive,
  isUp,
  type Call,
  type CallAbility,
  type CallPending,
  type CallRole,
  type CallStatus,
  type CallTransfer,
  type CallTrouble,
} from './domain/call.js';
export { CUT_MARK, MASK, shareCase, type CaseSharing, type SharedCase, type Withheld } from './domain/case-sharing.js';
export { LOGGED_OFF_CHANNELS, type Channel, type Channels, type ChannelSetting } from './domain/channel.js';
export { isConnected, type Connection, type ConnectionStatus } from './domain/connection.js';
export type { DomainEvent, EventOf } from './domain/events.js';
export { MAX_MESSAGE_BYTES } from './domain/im-rules.js';
export { isMissed, isPending, type ImSession, type SessionOrigin, type SessionPending, type SessionStatus } from './domain/im-session.js';
export type {
  CaseData,
  CaseEntry,
  Contact,
  Interaction,
  InteractionAbilities,
  InteractionMedia,
  InteractionRef,
  SessionCase,
} from './domain/interaction.js';
export { ALL_NOTICES, isSent, NOTICES, type NoticeName, type NoticeRules, type Notices } from './domain/notices.js';
export type { Outcome, OutcomeCode } from './domain/outcome.js';
export { parseAddress, partyOf, type AddressParts, type Party } from './domain/party.js';
export {
  CHANNELS,
  summarise,
  UNKNOWN_PRESENCE,
  type ChannelName,
  type ChannelPresence,
  type Presence,
  type PresenceState,
} from './domain/presence.js';
export { INTERACTION_MEDIA, problemWords, readInteraction, type InteractionReading } from './domain/read-interaction.js';
export { DEFAULT_RIGHTS, hasRight, parseRights, RIGHTS, type Right } from './domain/rights.js';
export type { Account, DirectoryStatus, LocalSlices, SharedSlices, SliceKey, Slices } from './domain/slices.js';
export { isInternal, TARGET_TYPES, type Target, type TargetNumber, type TargetRef, type TargetType } from './domain/target.js';
export {
  CHUNK,
  EMPTY_TRANSCRIPT,
  entries,
  find,
  type MessageEntry,
  type MessageFailure,
  type MessageState,
  type SystemCode,
  type SystemEntry,
  type Transcript,
  type TranscriptEntry,
} from './domain/transcript.js';

export type { PreferenceStore } from './directory/preference-store.js';
export { isDialable } from './directory/normalise.js';
export type {
  ContactSource,
  Directory,
  DirectoryPage,
  DirectorySearch,
  DirectorySource,
  MatchRange,
  SearchHit,
  SearchQuery,
  SearchResult,
} from './directory/sources.js';

export type { AudioDevice, AudioDevices } from './media/local-media.js';
export type { RingSound, Sounder, SoundState } from './media/ring-sounds.js';
export { parseRing, Ringer, sharedRinger, type RingSpec } from './media/ringing.js';

export { askContact, askHistory, openRecord } from './hosts/ask-host.js';
export { callHost } from './hosts/call-host.js';
export type {
  HistoryItem,
  HistoryQuery,
  HostAdapter,
  HostCallAction,
  HostCallOptions,
  HostCallState,
  HostCapabilities,
  HostLogEntry,
  HostRecord,
  Page,
} from './hosts/host-adapter.js';
