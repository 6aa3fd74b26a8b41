/**
 * Watches whether the leader is alive. Whatever it says counts; silent, it is asked; without an answer in time it is dead: frozen, or stuck in a
 * task. (One that is closed or crashes lets go of its lock.) Messages reach background tabs as fast as any; only timers are slower there.
 */
import type { Environment, TimerHandle } from '../environment.js';

/** How often it looks, ms. */
const LOOK = 250;
/** Silence after which the leader is asked, ms. */
const SILENCE = 500;
/** How long it may take to answer, ms: above any task that a page in use would bear. */
const PATIENCE = 1000;
/** A moment for what is on its way, ms. */
const MOMENT = 50;
/** A look that comes this long after the one before means that this tab itself stood still, ms: the leader is asked once more. */
const STOOD_STILL = 2000;

/** What it needs. */
export interface LeaderWatchOptions {
  readonly environment: Environment;
  ask(): void;
  onDead(): void;
}

/** See the head of the file. */
export class LeaderWatch {
  readonly #options: LeaderWatchOptions;
  #heardAt = 0;
  #askedAt: number | undefined;
  #lookedAt = 0;
  #timer: TimerHandle | undefined;

  constructor(options: LeaderWatchOptions) {
    this.#options = options;
  }

  /** Begins; the leader (there may be none yet) has as long as if it had just been heard. */
  start(): void {
    this.stop();
    this.heard();
    this.#lookedAt = this.#heardAt;
    this.#plan(LOOK);
  }

  /** Ends watching. */
  stop(): void {
    this.#options.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The leader said something. */
  heard(): void {
    this.#heardAt = this.#options.environment.now();
    this.#askedAt = undefined;
  }

  #plan(ms: number, isLast = false): void {
    this.#timer = this.#options.environment.setTimeout(() => this.#look(isLast), ms);
  }

  #look(isLast: boolean): void {
    const now = this.#options.environment.now();
    const stoodStill = now - this.#lookedAt > STOOD_STILL;
    this.#lookedAt = now;
    if (this.#askedAt === undefined) {
      if (now - this.#heardAt >= SILENCE) this.#ask(now);
      this.#plan(LOOK);
    } else if (isLast) this.#options.onDead();
    else if (now - this.#askedAt < PATIENCE) this.#plan(LOOK);
    else {
      if (stoodStill) this.#ask(now);
      this.#plan(stoodStill ? PATIENCE : MOMENT, true);
    }
  }

  #ask(now: number): void {
    this.#askedAt = now;
    this.#options.ask();
  }
}
