/** The distinct runs while targets are added: each gets a number. Then they are put in order, and this is let go of. */
import type { Breathe } from './breathe.js';
import { roomFor } from './growing.js';
import { END, SPACE } from './separators.js';
import { sortInSlices } from './sort-slices.js';

/** Runs that are copied before the page gets its turn. */
const PIECE = 2048;

/** Runs in order, and the place of each that was added. */
export interface Ordered {
  /** All runs one after the other: a space if the run begins a word, the run, a line end. */
  readonly units: Uint16Array;
  /** Where each begins; one more at the end. */
  readonly starts: Uint32Array;
  /** The place in order of each number. */
  readonly ranks: Uint32Array;
}

/** See the head of the file. */
export class RunTable {
  #units = new Uint16Array(1 << 16);
  #length = 0;
  #starts = new Uint32Array(1 << 12);
  #count = 0;
  #slots: Uint32Array;
  #hashes = new Uint32Array(1 << 12);

  /** @param targets how many there will be, about */
  constructor(targets: number) {
    // Four to a target are more than there will be runs: the table need not grow.
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(targets * 4 + 16)));
  }

  /** The number of the run that stands at [from, to) of a text. @param begins whether it begins a word */
  intern(text: string, from: number, to: number, begins: boolean): number {
    let hash = begins ? 0x811c9dc5 : 0x1b873593;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = (hash ^ (hash >>> 15)) >>> 0;
    if (this.#count * 2 >= this.#slots.length) this.#growSlots();
    const last = this.#slots.length - 1;
    let slot = hash & last;
    for (; this.#slots[slot]; slot = (slot + 1) & last) {
      const run = (this.#slots[slot] ?? 0) - 1;
      if (this.#hashes[run] === hash && this.#is(run, text, from, to, begins)) return run;
    }
    this.#slots[slot] = this.#count + 1;
    return this.#append(text, from, to, begins, hash);
  }

  /** All as their letters order them; the space comes before every letter, so those that begin a word are the first. */
  async inOrder(breathe: Breathe): Promise<Ordered> {
    const numbers = new Uint32Array(this.#count);
    for (let run = 0; run < numbers.length; run += 1) numbers[run] = run;
    const sorted = await sortInSlices(numbers, (a, b) => this.#compare(a, b), breathe);
    const units = new Uint16Array(this.#length);
    const starts = new Uint32Array(this.#count + 1);
    const ranks = new Uint32Array(this.#count);
    let length = 0;
    for (let rank = 0; rank < sorted.length; rank += 1) {
      if (rank % PIECE === 0) await breathe();
      const run = sorted[rank] ?? 0;
      ranks[run] = rank;
      for (let at = this.#starts[run] ?? 0, end = this.#starts[run + 1] ?? 0; at < end; at += 1) units[length++] = this.#units[at] ?? 0;
      starts[rank + 1] = length;
    }
    return { units, starts, ranks };
  }

  #compare(a: number, b: number): number {
    const units = this.#units;
    let [one, other] = [this.#starts[a] ?? 0, this.#starts[b] ?? 0];
    // No two are the same, and none has a line end but at its end: this ends.
    for (; units[one] === units[other] && units[one] !== END; one += 1) other += 1;
    return (units[one] ?? 0) - (units[other] ?? 0);
  }

  #append(text: string, from: number, to: number, begins: boolean, hash: number): number {
    const run = this.#count;
    this.#count += 1;
    this.#starts = roomFor(this.#starts, run + 2);
    this.#hashes = roomFor(this.#hashes, run + 1);
    this.#units = roomFor(this.#units, this.#length + to - from + 2);
    this.#hashes[run] = hash;
    if (begins) this.#units[this.#length++] = SPACE;
    for (let at = from; at < to; at += 1) this.#units[this.#length++] = text.charCodeAt(at);
    this.#units[this.#length++] = END;
    this.#starts[run + 1] = this.#length;
    return run;
  }

  #is(run: number, text: string, from: number, to: number, begins: boolean): boolean {
    let start = this.#starts[run] ?? 0;
    if ((this.#units[start] === SPACE) !== begins) return false;
    if (begins) start += 1;
    if ((this.#starts[run + 1] ?? 0) - start - 1 !== to - from) return false;
    for (let at = from; at < to; at += 1, start += 1) if (this.#units[start] !== text.charCodeAt(at)) return false;
    return true;
  }

  #growSlots(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const last = this.#slots.length - 1;
    for (let run = 0; run < this.#count; run += 1) {
      let slot = (this.#hashes[run] ?? 0) & last;
      while (this.#slots[slot]) slot = (slot + 1) & last;
      this.#slots[slot] = run + 1;
    }
  }
}
