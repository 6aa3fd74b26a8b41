/**
 * How the engine is put together: parts, each for one kind of command and one kind of traffic. A part is given an `EngineContext`
 * and says what it takes; `engine.ts` holds the list. To add one, write it and name it there.
 */
import type { Channels } from '../domain/channel.js';
import type { Command } from '../domain/commands.js';
import type { DomainEvent } from '../domain/events.js';
import type { Party } from '../domain/party.js';
import type { ChannelName } from '../domain/presence.js';
import type { EngineHost } from '../engine.js';
import type { ServiceConfig } from '../service-config.js';
import type { IncomingInvite, IncomingRequest, SipGateway, SipIdentity } from './gateway.js';

/** A domain event that may leave its time to be filled in. */
export type UntimedEvent = DomainEvent extends infer E ? (E extends DomainEvent ? Omit<E, 'at'> & { at?: number } : never) : never;

/** What every part works with. */
export interface EngineContext {
  readonly host: EngineHost;
  readonly config: ServiceConfig;
  /** The stack of the present account; undefined while nothing is configured. */
  readonly gateway: SipGateway | undefined;
  /** Whether the switch has registered us on a socket that lives. */
  readonly online: boolean;
  /** This agent. */
  readonly self: () => Party;
  /** The party that an identity stands for: its name from the directory, else as the switch tells it. */
  readonly party: (identity: SipIdentity) => Party;
  /** Whether an address is one of the contact centre's own. */
  readonly internal: (address: string) => boolean;
  /** Tells what happened; now, where the event does not say when. */
  readonly tell: (event: UntimedEvent) => void;
  /**
   * Says that what this agent does on a channel (a call that is up) leaves no room for more, or does again. While it holds, a channel that
   * is logged in shows and publishes Busy; afterwards what was set before. Saying the same twice changes nothing, and it outlives a lost
   * connection and a change of the setting. Settles once the switch has been told; never rejects (what fails is reported to the host), so it
   * may be left alone: `void context.setBusy('voice', true)`.
   */
  readonly setBusy: (channel: ChannelName, busy: boolean) => Promise<void>;
}

/** One part of the engine. Everything is optional. */
export interface EnginePart {
  /** Prefixes of the commands that it does: `im` for `im.send`. */
  readonly prefixes?: readonly string[];
  /** Settles when the wire has confirmed or refused; rejects with a `ServiceError`. */
  execute?(command: Command): Promise<void>;
  /** What it does with an INVITE out of dialog, by the media of its offer. */
  readonly media?: Partial<Record<IncomingInvite['media'], (invite: IncomingInvite) => void>>;
  /** An out-of-dialog MESSAGE; true where the part answered it. */
  onMessage?(message: IncomingRequest): boolean;
  /** The switch has registered us: for the first time, or after a lost connection. */
  onOnline?(): void;
  /** The connection is lost. */
  onOffline?(): void;
  /**
   * An own channel is about to be what `channels` says; it is confirmed once every part has agreed. Reject with a `ServiceError` where the
   * switch refuses.
   */
  onChannelsChanged?(channels: Channels): Promise<void>;
  /** The account is left (another address, or the end): end what is alive. With `keep` leave it for a successor. */
  stop?(options: { keep: boolean }): Promise<void>;
}

/** Makes a part. */
export type CreatePart = (context: EngineContext) => EnginePart;
