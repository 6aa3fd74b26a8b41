/**
 * Keeps the way for sound open: an interrupted one is given a moment, then both sides gather addresses anew (ICE restart, RFC 8445, 2.4) by a
 * re-INVITE. Who called begins sooner, so that the two do not meet.
 */
import type { CallTrouble } from '../../domain/call.js';
import type { MediaNews } from '../../domain/call-media.js';
import type { Environment, TimerHandle } from '../../environment.js';

/** Milliseconds after which an interrupted way is mended; browsers recover from short ones by themselves. */
const PATIENCE = 3000;

/** Milliseconds that the callee waits longer. */
const CALLEE_WAITS = 3000;

/** Milliseconds within which the way must be open after a restart. */
const LIMIT = 20_000;

/** What it needs. */
export interface IceKeeperOptions {
  readonly environment: Environment;
  readonly isCaller: boolean;
  /** Whether the switch can be reached, to ask for the restart. */
  online(): boolean;
  /** Restarts; rejects where the other side refuses, or cannot be reached. */
  restart(): Promise<unknown>;
  show(trouble: CallTrouble | undefined): void;
}

/** See the head of the file. */
export class IceKeeper {
  readonly #options: IceKeeperOptions;
  #timer: TimerHandle | undefined;
  #isOpen = false;
  #isOver = false;

  constructor(options: IceKeeperOptions) {
    this.#options = options;
    this.#plan(LIMIT, () => this.#fail());
  }

  /** What the browser tells of the way. */
  heard(way: NonNullable<MediaNews['way']>): void {
    if (this.#isOver) return;
    this.#isOpen = way === 'open';
    if (this.#isOpen) {
      this.#clear();
      this.#options.show(undefined);
    } else this.#plan((way === 'failed' ? 0 : PATIENCE) + this.#wait(), () => void this.#restart());
  }

  /** The connection to the switch is back, perhaps over another network. */
  online(): void {
    if (!this.#isOpen && !this.#isOver) this.#plan(this.#wait(), () => void this.#restart());
  }

  /** The call is over. */
  stop(): void {
    this.#isOver = true;
    this.#clear();
  }

  #wait(): number {
    return this.#options.isCaller ? 0 : CALLEE_WAITS;
  }

  async #restart(): Promise<void> {
    if (this.#isOver || this.#isOpen) return;
    this.#options.show('ice-restarting');
    this.#plan(LIMIT, () => this.#fail());
    if (!this.#options.online()) return;
    await this.#options.restart().catch(() => this.#fail());
  }

  #fail(): void {
    if (!this.#isOver && !this.#isOpen) this.#options.show('ice-failed');
  }

  #plan(ms: number, action: () => void): void {
    this.#clear();
    if (!this.#isOver) this.#timer = this.#options.environment.setTimeout(action, ms);
  }

  #clear(): void {
    this.#options.environment.clearTimeout(this.#timer);
  }
}
