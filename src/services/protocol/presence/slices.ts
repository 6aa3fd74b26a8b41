/**
 * Work that comes in heaps, done a little at a time and in order, so that no frame of the page waits for it: a notification may hold a hundred
 * documents, and reading one takes about a tenth of a millisecond.
 */
import type { Environment, TimerHandle } from '../../environment.js';

/** Steps that are done at a stretch, about two milliseconds; and milliseconds after which none is begun, where a machine is slower. */
const STEPS = 20;
const LIMIT = 4;

/** The work that waits. */
export class Slices {
  readonly #environment: Environment;
  readonly #queue: Iterator<unknown>[] = [];
  #timer: TimerHandle | undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Adds work, and does the first of it at once where nothing else waits. */
  add(work: Iterator<unknown>): void {
    this.#queue.push(work);
    if (this.#timer === undefined) this.#run();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#queue.length = 0;
    this.#environment.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.#timer = undefined;
    const end = this.#environment.now() + LIMIT;
    for (let step = 0; step < STEPS && this.#queue.length > 0 && this.#environment.now() < end; step += 1)
      if (this.#queue[0]?.next().done) this.#queue.shift();
    if (this.#queue.length > 0) this.#timer = this.#environment.setTimeout(() => this.#run(), 0);
  }
}
