/** Timers that all end with the switch. */

/** The platform's timers, injected so that tests can run on a fake clock. Milliseconds. */
export interface TimerSource {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** Starts timers and can cancel every one that is left. */
export class Timers {
  readonly #source: TimerSource;
  readonly #running = new Set<unknown>();

  constructor(source: TimerSource) {
    this.#source = source;
  }

  /** Runs `callback` once after `ms`; the returned function cancels it. */
  start(callback: () => void, ms: number): () => void {
    const handle = this.#source.setTimeout(() => {
      this.#running.delete(handle);
      callback();
    }, ms);
    this.#running.add(handle);
    return () => {
      if (this.#running.delete(handle)) this.#source.clearTimeout(handle);
    };
  }

  /** How many are running. */
  get size(): number {
    return this.#running.size;
  }

  /** Cancels all. */
  stop(): void {
    for (const handle of this.#running) this.#source.clearTimeout(handle);
    this.#running.clear();
  }
}
