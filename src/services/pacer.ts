/**
 * Work that comes in heaps, done a little at a time and in order, so that no frame of the page waits for it: a notification may hold a hundred
 * documents, and reading one takes about a tenth of a millisecond.
 */
import type { Environment, TimerHandle } from './environment.js';

/** Steps that are done at a stretch, about two milliseconds; and milliseconds after which none is begun, where a machine is slower. */
const STEPS = 20;
const LIMIT = 4;

/** How much of something light (a few microseconds each) makes one step. */
const LIGHT = 16;

/** Makes one step of every few light ones. `done`: called with the last. */
export function* handfuls(work: Iterable<unknown>, done?: () => void): Generator<void, void> {
  let count = 0;
  for (const _ of work) if (++count % LIGHT === 0) yield;
  done?.();
}

/** The work that waits. */
export class Pacer {
  readonly #environment: Pick<Environment, 'now' | 'setTimeout' | 'clearTimeout'>;
  readonly #queue: Iterator<unknown>[] = [];
  #timer: TimerHandle | undefined;

  constructor(environment: Pick<Environment, 'now' | 'setTimeout' | 'clearTimeout'>) {
    this.#environment = environment;
  }

  /** Nothing waits. */
  get isIdle(): boolean {
    return this.#queue.length === 0;
  }

  /**
   * Adds work, and does the first of it at once where nothing else waits. Each `next` is one step, about a tenth of a millisecond.
   * @param isLater nothing of it is done at once
   */
  add(work: Iterator<unknown>, isLater = false): void {
    this.#queue.push(work);
    if (this.#timer !== undefined) return;
    if (isLater) this.#wait();
    else this.#run();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#queue.length = 0;
    this.#environment.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Does all that waits, however long it takes: nothing may come after. */
  finish(): void {
    for (let work = this.#queue.shift(); work; work = this.#queue.shift()) while (!work.next().done);
    this.clear();
  }

  #run(): void {
    this.#timer = undefined;
    const end = this.#environment.now() + LIMIT;
    for (let step = 0; step < STEPS && this.#queue.length > 0 && this.#environment.now() < end; step += 1)
      if (this.#queue[0]?.next().done) this.#queue.shift();
    if (this.#queue.length > 0) this.#wait();
  }

  #wait(): void {
    this.#timer = this.#environment.setTimeout(() => this.#run(), 0);
  }
}
