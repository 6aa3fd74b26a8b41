/**
 * The contract between the elements and everything below them. One stable `SipService` object is shared through context;
 * what changes lives in its `snapshot`. Elements read slices and call commands, nothing else.
 */
import type { Directory } from './directory/sources.js';
import type { ChannelSetting } from './domain/channel.js';
import type { DomainEvent } from './domain/events.js';
import type { CaseEntry, Interaction } from './domain/interaction.js';
import type { NoticeName } from './domain/notices.js';
import type { ChannelName } from './domain/presence.js';
import type { Slices } from './domain/slices.js';
import type { Target, TargetRef } from './domain/target.js';
import type { HostAdapter } from './hosts/host-adapter.js';
import type { AudioDevices } from './media/local-media.js';
import type { ServiceConfig } from './service-config.js';
import type { Snapshot } from './store/store.js';

/** Instant messaging. Every promise settles when the wire has confirmed or refused, and rejects with a `ServiceError`. */
export interface ImCommands {
  /**
   * Opens a session's window; sends nothing. A session with the same target (and interaction) that is not ended is opened again instead.
   * With `show: false` no window opens in this tab: whoever asks shows the session in a place of its own.
   * @returns the session's id
   * @throws ServiceError `not-allowed` (right, foreign domain), `configuration` (malformed address)
   */
  open(target: TargetRef, options?: { interaction?: Interaction; show?: boolean }): string;
  /**
   * Sends a text; the first one sends the invitation. The message appears in the transcript with its state.
   * @returns the message's id
   * @throws ServiceError `empty`, `too-long` (32 KiB of UTF-8), `invalid-state`, `not-found`, `not-allowed`
   */
  send(sessionId: string, text: string): string;
  /** Sends a failed message again under its own id. */
  retry(sessionId: string, messageId: string): Promise<void>;
  accept(sessionId: string): Promise<void>;
  /** Refuses an invitation, with words if given; `busy` answers 486 instead of 603. */
  reject(sessionId: string, options?: { text?: string; busy?: boolean }): Promise<void>;
  /** Takes the notification away; the invitation stays in the tray. */
  dismiss(sessionId: string): void;
  /** Ends a session, or cancels an invitation that is under way. */
  end(sessionId: string): Promise<void>;
  /** Done: forgets the session. One that is still alive is ended first. */
  close(sessionId: string): Promise<void>;
  /**
   * Goes on in single messages (RFC 3428) where the peer's device refused a session (outcome `unsupported`): what could not be delivered is
   * sent again. Nobody is told of acceptance or end; the peer's first answer counts as their acceptance.
   * @throws ServiceError `invalid-state`, `not-found`, `not-allowed`
   */
  goOnInSingleMessages(sessionId: string): Promise<void>;
  /** Tells the peer that the agent types (or stopped); call it at every key, it is rate-limited. */
  typing(sessionId: string, active: boolean): void;
  /**
   * Whether this agent's peers are sent read receipts or typing notices. Holds in all sessions and tabs, as long as the agent has a page open;
   * nothing of it is stored. What the host withholds (`readReceipts`, `typingNotices` of the settings) stays withheld.
   */
  setNotice(notice: NoticeName, on: boolean): Promise<void>;
  /** Everything in the transcript was seen by a person. */
  read(sessionId: string): void;
  /**
   * Sends changed case data of a consultation of this agent's, by the policy `caseSharing`; with `ended` it says that the contact is gone.
   * Nothing is sent before the first message; what is then known travels with it.
   * @throws ServiceError `invalid-state` (no consultation, or over), `host` (malformed), `unreachable`, `unsupported`
   */
  updateCase(sessionId: string, data: readonly CaseEntry[], options?: { ended?: boolean }): Promise<void>;
}

/** The agent's own channels. */
export interface ChannelCommands {
  /**
   * Logs in or out, or sets Ready / Not Ready with a reason.
   * @throws ServiceError `outbound-campaign`, `not-allowed`, `unreachable`
   */
  set(channel: ChannelName, setting: ChannelSetting, reason?: string): Promise<void>;
  /** Whether the agent may join an outbound campaign now: not while logged in on `im` (product decision 7). The host asks before it lets them in. */
  canJoinOutboundCampaign(): boolean;
}

/** Presence of others. */
export interface PresenceCommands {
  /** Watches these addresses until the signal ends; presence shows up under `presence:<address>`. */
  watch(addresses: readonly string[], signal: AbortSignal): void;
}

/** Calls. */
export interface CallCommands {
  /** Whether calls can be made here at all (right, media support). */
  readonly available: boolean;
  /** @returns the call's id. */
  start(
    target: TargetRef,
    options?: { number?: string; interaction?: Interaction; sessionId?: string; role?: 'plain' | 'contact' | 'consultation' },
  ): string;
  answer(callId: string): Promise<void>;
  reject(callId: string): Promise<void>;
  hold(callId: string): Promise<void>;
  resume(callId: string): Promise<void>;
  mute(callId: string, muted: boolean): Promise<void>;
  dtmf(callId: string, tones: string): Promise<void>;
  end(callId: string): Promise<void>;
  close(callId: string): void;
  transfer(callId: string, target: TargetRef, number?: string): Promise<void>;
  completeTransfer(callId: string, consultationId: string): Promise<void>;
  completeConference(callId: string, consultationId: string): Promise<void>;
  /**
   * Holds the contact and, only when that is confirmed, calls the partner; the two calls may be ours or the host's.
   * @param options `contactId` is the contact's call, by default the one of the interaction; `sessionId` the IM that it grew out of
   * @returns the consultation's id
   * @throws ServiceError `not-held`: then nothing was dialled; `invalid-state`, `media`
   */
  consult(
    target: TargetRef,
    options?: { contactId?: string; interaction?: Interaction; sessionId?: string; number?: string },
  ): Promise<string>;
  /** Ends the consultation about a contact, where there is one, and takes the contact off hold. */
  retrieve(contactId: string): Promise<void>;
  /** Speaks with the other of contact and partner; the one who speaks is put on hold first. */
  alternate(consultationId: string): Promise<void>;
  /** Instant conference: calls somebody and joins them as soon as they answer. @returns the new call's id */
  conference(callId: string, target: TargetRef, number?: string): Promise<string>;
  /** Microphone and speaker of this tab. */
  readonly sound: CallSound;
}

/** The sound of the calls whose media are in this tab. */
export interface CallSound {
  /** How loud the microphone is for a call now, 0 to 1; 0 where its sound is in another tab. */
  level(callId: string): number;
  /** Whether the sound of a call is in this tab. */
  isHere(callId: string): boolean;
  devices(): Promise<AudioDevices>;
  /** Uses another microphone; empty for the system's default. Calls that are up go over to it. @throws ServiceError `media` */
  useMicrophone(deviceId: string): Promise<void>;
  /** Uses another speaker. @throws ServiceError `media` */
  useSpeaker(deviceId: string): Promise<void>;
  /** Makes a call audible whose sound the browser has blocked; call it from a click. */
  allow(callId: string): Promise<void>;
}

/** What is open in this tab. */
export interface ViewCommands {
  /** Opens (or brings forward) the window of a session in this tab. */
  open(sessionId: string): void;
  /** Closes the window in this tab; the session goes on in the tray. */
  minimise(sessionId: string): void;
  /** Keeps the unsent text of a session; empty forgets it. */
  setDraft(sessionId: string, text: string): void;
}

/** A personal or corporate favorite. */
export interface Favorite {
  readonly target: Target;
  readonly category: string;
  /** Read-only, given by the host. */
  readonly corporate: boolean;
}

/** What is kept per agent: favorites, recents and zoom, nothing else. Changes count up the slice `preferences`. */
export interface Preferences {
  favorites(): readonly Favorite[];
  addFavorite(target: Target, category?: string): void;
  editFavorite(address: string, category: string): void;
  removeFavorite(address: string): void;
  /** The ten targets used last, newest first. */
  recents(): readonly Target[];
  addRecent(target: Target): void;
  /** Text zoom in percent, 50–200. */
  zoom(): number;
  setZoom(percent: number): void;
}

/** The shared service. */
export interface SipService {
  /** Version of this contract. */
  readonly contract: 1;
  readonly snapshot: Snapshot<Slices>;
  readonly config: ServiceConfig;
  readonly im: ImCommands;
  readonly channels: ChannelCommands;
  readonly presence: PresenceCommands;
  readonly calls: CallCommands;
  readonly view: ViewCommands;
  readonly directory: Directory;
  readonly preferences: Preferences;
  readonly host: HostAdapter | undefined;
  /** Calls `listener` for every domain event of this agent, in order. */
  onEvent(listener: (event: DomainEvent) => void, options?: { signal?: AbortSignal }): void;
  /** Calls `listener` for every error that the page should know of (also shown as `serviceerror`). */
  onError(listener: (error: { code: string; message: string }) => void, options?: { signal?: AbortSignal }): void;
  /** Changes settings; a changed server, address or credentials connects anew. */
  configure(config: Partial<ServiceConfig>): void;
  /** Connects at once instead of waiting for the next attempt. */
  reconnect(): void;
  /** Leaves: ends sessions and the connection, and forgets everything here. Where other tabs share them they go on there. */
  stop(): Promise<void>;
}
