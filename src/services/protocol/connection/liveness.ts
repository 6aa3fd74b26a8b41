/**
 * Finds half-open sockets: asks the switch by OPTIONS every 20 s, and at once when the page wakes. Browsers cannot send pings, and a laptop
 * that slept is told nothing of its dead socket.
 */
import type { Environment, TimerHandle } from '../../environment.js';

/** What it needs. */
export interface LivenessOptions {
  readonly environment: Environment;
  /** Asks; resolves with the SIP status, 0 or 408 for no answer within `limit` ms. */
  ask(limit: number): Promise<number>;
  /** Nobody answered. */
  onDead(): void;
}

/** How often the switch is asked, ms. */
const LIVENESS_INTERVAL = 20_000;
/** How long it may take to answer, ms. */
const LIVENESS_LIMIT = 5000;
/** How often the clock is looked at, ms; a look that comes three times too late means that the machine slept. */
const LOOK = 5000;

/** Watches one connection. */
export class Liveness {
  readonly #options: LivenessOptions;
  #timer: TimerHandle | undefined;
  #askedAt = 0;
  #lookedAt = 0;
  #asking = false;
  #run = 0;

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** Begins to watch; the connection has just proved that it lives. */
  start(): void {
    this.stop();
    this.#askedAt = this.#lookedAt = this.#options.environment.now();
    this.#next();
  }

  /** Ends watching. */
  stop(): void {
    this.#run += 1;
    this.#asking = false;
    this.#options.environment.clearTimeout(this.#timer);
  }

  /** Asks now. */
  check(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#askedAt = this.#options.environment.now();
    const run = this.#run;
    const done = (alive: boolean): void => {
      if (run !== this.#run) return;
      this.#asking = false;
      if (!alive) this.#options.onDead();
    };
    this.#options.ask(LIVENESS_LIMIT).then(
      (status) => done(status !== 0 && status !== 408),
      () => done(false),
    );
  }

  #next(): void {
    const run = this.#run;
    this.#timer = this.#options.environment.setTimeout(() => {
      if (run === this.#run) this.#look();
    }, LOOK);
  }

  #look(): void {
    const now = this.#options.environment.now();
    const slept = now - this.#lookedAt > LOOK * 3;
    this.#lookedAt = now;
    // The look that comes next would be too late.
    if (slept || now - this.#askedAt > LIVENESS_INTERVAL - LOOK / 2) this.check();
    this.#next();
  }
}
