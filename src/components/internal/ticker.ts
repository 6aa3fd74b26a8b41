/** One tick a second for all timers on the page: they change together, and nothing runs when nobody looks. */

/** The clock that a ticker runs on. */
export interface TickerClock {
  /** Wall-clock ms. */
  now(): number;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

const realClock: TickerClock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (handle) => clearTimeout(handle as number | undefined),
};

/** Timers may fire a little early; aiming this many ms past the full second keeps a tick from showing the second before. */
const MARGIN = 5;

/** Calls its listeners just after each full second of the wall clock, as long as there are any. */
export class Ticker {
  readonly #clock: TickerClock;
  readonly #listeners = new Set<() => void>();
  #handle: unknown;

  constructor(clock: TickerClock = realClock) {
    this.#clock = clock;
  }

  /** Wall-clock ms on this ticker's clock. */
  now(): number {
    return this.#clock.now();
  }

  /** Number of listeners. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Calls `listener` every second until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#schedule();
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#clock.clearTimeout(this.#handle);
    };
  }

  #schedule(): void {
    this.#handle = this.#clock.setTimeout(this.#tick, 1000 - (this.#clock.now() % 1000) + MARGIN);
  }

  readonly #tick = (): void => {
    this.#schedule();
    for (const listener of [...this.#listeners]) listener();
  };
}

/** The ticker of this copy. */
export const sharedTicker = new Ticker();
