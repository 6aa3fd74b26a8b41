/**
 * The engine: does commands on the wire and tells what happened as domain events. There is one implementation (`protocol/engine.ts`),
 * loaded on first use because sip.js is most of the bytes.
 */
import type { MediaPort } from './domain/call-media.js';
import type { Command } from './domain/commands.js';
import type { DomainEvent } from './domain/events.js';
import type { ReadSlice } from './domain/reduce.js';
import type { Environment } from './environment.js';
import type { ServiceConfig } from './service-config.js';

/** What the engine is given. */
export interface EngineHost {
  readonly environment: Environment;
  /** The shared snapshot as it stands; `emit` changes it before it returns. */
  readonly read: ReadSlice;
  emit(event: DomainEvent): void;
  /** What the directory calls an address; undefined where it does not know it. */
  nameOf?(address: string): string | undefined;
  /** The way to the sound of calls; absent where there can be none (no secure context, no WebRTC). */
  readonly media?: MediaPort;
  /** Tells the page of an error that belongs to no command. */
  report(error: { code: string; message: string }): void;
  /** `+sip.instance` to register with, where this engine shares it with those of other tabs; else this tab has its own. */
  readonly instance?: string;
  /** The snapshot was left by an engine before this one (in another tab): what it says of channels and sessions is picked up. */
  readonly isSuccessor?: boolean;
  /** Settles when another tab has what was emitted so far, within a moment in any case; undefined where there is nothing to wait for. */
  mirrored?(): Promise<void> | undefined;
}

/** Does commands. */
export interface Engine {
  /** Takes over settings; connects, or connects anew, where server, address or credentials changed. */
  configure(config: ServiceConfig): void;
  /** Settles when the wire has confirmed or refused; rejects with a `ServiceError`. */
  execute(command: Command): Promise<void>;
  /** Connects at once instead of waiting. */
  reconnect(): void;
  /** Ends everything that is on the wire and closes the connection. With `keep`, dialogs are left alive for a successor to pick up. */
  stop(options?: { keep?: boolean }): Promise<void>;
}

/** Makes an engine. */
export type CreateEngine = (host: EngineHost) => Engine;
