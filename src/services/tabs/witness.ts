/**
 * Another tab that has what this one told. What is said between tabs and what goes to the switch leave a process by different ways: a leader
 * that crashes may have answered the peer for a text that no other tab ever heard of. So the answer waits until one tab has the text.
 */
import type { Environment, TimerHandle } from '../environment.js';

/** How long an answer to the peer may wait for another tab, ms. */
const WITNESS_LIMIT = 150;

/** What it needs. */
export interface WitnessOptions {
  readonly environment: Environment;
  /** Asks a tab to say once it has that event. */
  ask(tab: string, seq: number): void;
}

/** One who waits. */
interface Waiting {
  readonly tab: string;
  readonly seq: number;
  readonly timer: TimerHandle;
  done(): void;
}

/** See the head of the file. */
export class Witness {
  readonly #options: WitnessOptions;
  /** Tabs that did not answer in time (frozen, or busy) and were not heard since. */
  readonly #silent = new Set<string>();
  #waiting: Waiting[] = [];

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  /** Settles when one of the tabs has that event, or too late. @returns undefined where no tab would answer: nothing to wait for */
  wait(tabs: Iterable<string>, seq: number): Promise<void> | undefined {
    const tab = [...tabs].find((one) => !this.#silent.has(one));
    if (tab === undefined) return undefined;
    const { environment, ask } = this.#options;
    const waited = new Promise<void>((resolve) => {
      const timer = environment.setTimeout(() => {
        this.#silent.add(tab);
        this.#settle((one) => one.timer === timer);
      }, WITNESS_LIMIT);
      this.#waiting.push({ tab, seq, timer, done: resolve });
    });
    ask(tab, seq);
    return waited;
  }

  /** A tab says what it has. */
  has(tab: string, seq: number): void {
    this.#silent.delete(tab);
    this.#settle((one) => one.tab === tab && one.seq <= seq);
  }

  /** A tab was heard: it can be asked again. */
  heard(tab: string): void {
    this.#silent.delete(tab);
  }

  /** A tab goes; without one, all of them: nobody waits for it any more. */
  lose(tab?: string): void {
    if (tab !== undefined) this.#silent.delete(tab);
    this.#settle((one) => tab === undefined || one.tab === tab);
  }

  #settle(isOver: (one: Waiting) => boolean): void {
    const over = this.#waiting.filter(isOver);
    this.#waiting = this.#waiting.filter((one) => !over.includes(one));
    for (const { timer, done } of over) {
      this.#options.environment.clearTimeout(timer);
      done();
    }
  }
}
