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

/**
 * Milliseconds within which the way must be open after the first restart, however often browsers give up and begin anew meanwhile (Firefox does
 * after 5 s). From then on the agent knows, and restarts have as long a rest between them.
 */
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
  /** Of the next restart. */
  #next: TimerHandle | undefined;
  /** Of what the agent is told at last. */
  #limit: TimerHandle | undefined;
  #isOpen = false;
  #hasFailed = false;
  #isOver = false;

  constructor(options: IceKeeperOptions) {
    this.#options = options;
    this.#begin();
  }

  /** Whether sound gets through. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What the browser tells of the way. */
  heard(way: NonNullable<MediaNews['way']>): void {
    if (this.#isOver) return;
    this.#isOpen = way === 'open';
    if (this.#isOpen) {
      this.#clear();
      this.#options.show(undefined);
    } else if (this.#hasFailed) this.#plan(LIMIT);
    else this.#plan(way === 'failed' ? 0 : PATIENCE);
  }

  /** The connection to the switch is back, perhaps over another network: what failed before may go now. */
  online(): void {
    if (this.#isOpen || this.#isOver) return;
    this.#clear();
    this.#plan(0);
  }

  /** The call is over. */
  stop(): void {
    this.#isOver = true;
    this.#clear();
  }

  async #restart(): Promise<void> {
    if (this.#isOver || this.#isOpen) return;
    if (!this.#hasFailed) {
      this.#options.show('ice-restarting');
      if (this.#limit === undefined) this.#begin();
    }
    if (!this.#options.online()) return;
    await this.#options.restart().catch(() => this.#fail());
  }

  #fail(): void {
    if (this.#isOver || this.#isOpen) return;
    this.#hasFailed = true;
    this.#options.show('ice-failed');
  }

  /** The callee waits longer, so that the two do not meet. */
  #plan(ms: number): void {
    const { environment, isCaller } = this.#options;
    environment.clearTimeout(this.#next);
    this.#next = environment.setTimeout(() => void this.#restart(), ms + (isCaller ? 0 : CALLEE_WAITS));
  }

  /** From now on the time runs. */
  #begin(): void {
    this.#limit = this.#options.environment.setTimeout(() => this.#fail(), LIMIT);
  }

  #clear(): void {
    const { environment } = this.#options;
    environment.clearTimeout(this.#next);
    environment.clearTimeout(this.#limit);
    this.#limit = undefined;
    this.#hasFailed = false;
  }
}
