/** Who is to be asked for, of whom no subscription tells: found by one look at everyone watched, and used up list by list. */
import { takeList } from './take-list.js';

/** See the head of the file. */
export class Backlog {
  /** Asked for one by one. */
  readonly #alone: string[] = [];
  readonly #together: string[] = [];

  readonly #isAlone: (address: string) => boolean;

  /** @param isAlone whom no list is asked for */
  constructor(isAlone: (address: string) => boolean) {
    this.#isAlone = isAlone;
  }

  /** Takes in who is free, one a step. */
  *fill(free: Iterable<string>): Generator<void, void> {
    for (const address of free) {
      (this.#isAlone(address) ? this.#alone : this.#together).push(address);
      yield;
    }
    this.#sortOut();
  }

  get isEmpty(): boolean {
    return this.#alone.length === 0 && !this.hasList();
  }

  hasList(): boolean {
    return this.#together.length > 0;
  }

  /** Takes what goes into one list. */
  nextList(): readonly string[] {
    const list = takeList(this.#together);
    this.#sortOut();
    return list;
  }

  /** Takes so many who are asked for alone, or fewer. */
  takeAlone(most: number): readonly string[] {
    return this.#alone.splice(0, Math.max(0, most));
  }

  /** One is no list. */
  #sortOut(): void {
    if (this.#together.length === 1) this.#alone.push(...this.#together.splice(0));
  }
}
