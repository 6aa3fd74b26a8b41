/**
 * The distinct runs of letters (or of digits) in all texts, and who has each: `jdavis17` is the run `jdavis` and the run `17`. What is typed, as
 * long as it is of one kind, stands within one run; so 60,000 runs are looked through in place of 100,000 texts. All is numbers in a few arrays,
 * made while targets are added and put in order by `finish`.
 */
import { setBit, type Bits } from './bitmaps.js';
import type { Breathe } from './breathe.js';
import { roomFor } from './growing.js';
import { isNear, unitsOf } from './near-words.js';
import { Pairs } from './pairs.js';

const SPACE = 32;
const END = 10;

/** Numbers to a piece of the log. */
const LOGGED = 1 << 14;

/** Numbers of runs, in order. */
export type RunList = Uint32Array;

/** See the head of the file. */
export class Runs {
  /** All runs one after the other: a space if the run begins a word, the run, a line end. */
  #units = new Uint16Array(1 << 16);
  #length = 0;
  /** Where each run begins in `units`; one more at the end. */
  #starts = new Uint32Array(1 << 12);
  #count = 0;
  #slots: Uint32Array;
  #hashes = new Uint32Array(1 << 12);
  /** The last target of each run, and one. */
  #last = new Uint32Array(1 << 12);
  /** Pairs of run and who, as they were added, in pieces: to make one long list longer would hold the page up. Gone once `finish` has put them in order. */
  #log: Uint32Array[] = [];
  #logged = 0;
  /** Who has each run, run by run: target × 2, and 1 if the run is in the name. */
  #who = new Uint32Array(0);
  #whoAt = new Uint32Array(1);
  /** Where searching writes what it finds, and marks what it has seen. */
  #found = new Uint32Array(0);
  #seen = new Uint8Array(0);
  readonly #pairs = new Pairs();

  /** @param targets how many there will be, about */
  constructor(targets: number) {
    // Four to a target are more than there will be runs: the table need not grow.
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(targets * 4 + 16)));
  }

  /**
   * Adds the run that stands at [from, to) of a text. Targets are added one after the other, the name of each first.
   * @param begins whether the run begins a word
   */
  add(text: string, from: number, to: number, begins: boolean, id: number, inName: boolean): void {
    let hash = begins ? 0x811c9dc5 : 0x1b873593;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    const run = this.#intern(text, from, to, begins, (hash ^ (hash >>> 15)) >>> 0);
    if (this.#last[run] === id + 1) return;
    this.#last[run] = id + 1;
    const place = this.#logged % LOGGED;
    if (place === 0) this.#log.push(new Uint32Array(LOGGED));
    const log = this.#log.at(-1);
    if (!log) return;
    log[place] = run;
    log[place + 1] = id * 2 + (inName ? 1 : 0);
    this.#logged += 2;
  }

  /** Puts everything in order for searching. */
  async finish(breathe: Breathe): Promise<void> {
    const at = new Uint32Array(this.#count + 2);
    await this.#eachLogged(breathe, (run) => {
      at[run + 2] = (at[run + 2] ?? 0) + 1;
    });
    for (let run = 1; run < at.length; run += 1) at[run] = (at[run] ?? 0) + (at[run - 1] ?? 0);
    this.#who = new Uint32Array(this.#logged / 2);
    await this.#eachLogged(breathe, (run, who) => {
      const place = at[run + 1] ?? 0;
      this.#who[place] = who;
      at[run + 1] = place + 1;
    });
    this.#whoAt = at;
    this.#found = new Uint32Array(this.#count);
    this.#seen = new Uint8Array(this.#count);
    await this.#pairs.fill(this.#units.subarray(0, this.#length), breathe);
    // What only adding needs.
    this.#slots = this.#hashes = this.#last = new Uint32Array(0);
    this.#log = [];
  }

  /** The runs that hold `sought` (with a space before it: that begin a word with it). */
  containing(sought: string): RunList {
    const [units, starts, found, pattern] = [this.#units, this.#starts, this.#found, unitsOf(sought)];
    let count = 0;
    // Those that have the rarest of its pairs; the rest of it is looked for in these alone.
    const list = this.#pairs.rarest(pattern, 1)[0] ?? this.#every();
    let before = -1;
    for (const run of list) {
      if (run === before) continue;
      before = run;
      const last = (starts[run + 1] ?? 0) - 1 - pattern.length;
      let at = starts[run] ?? 0;
      while (at <= last && !standsAt(units, at, pattern)) at += 1;
      if (at <= last) found[count++] = run;
    }
    return found.slice(0, count);
  }

  /** Those of a list that begin a word with `word`; with `whole`, that are the word. */
  beginning(list: RunList, word: string, whole = false): RunList {
    const [units, starts, found, pattern] = [this.#units, this.#starts, this.#found, unitsOf(` ${word}`)];
    let count = 0;
    for (const run of list) {
      const start = starts[run] ?? 0;
      if (standsAt(units, start, pattern) && (!whole || units[start + pattern.length] === END)) found[count++] = run;
    }
    return found.slice(0, count);
  }

  /** The runs that begin a word that is near to the typed one (of four letters at least), or that it begins itself. */
  near(typed: string): RunList {
    const [units, starts, found, pattern] = [this.#units, this.#starts, this.#found, unitsOf(typed)];
    const seen = this.#seen;
    let [count, near] = [0, 0];
    // A slip breaks three pairs at most: of any four, with the one at the beginning, one is left.
    for (const list of this.#pairs.rarest(unitsOf(` ${typed}`), 4)) {
      for (const run of list) {
        if (seen[run]) continue;
        seen[run] = 1;
        found[count++] = run;
      }
    }
    for (let at = 0; at < count; at += 1) {
      const run = found[at] ?? 0;
      seen[run] = 0;
      const start = starts[run] ?? 0;
      if (units[start] === SPACE && isNear(units, start + 1, (starts[run + 1] ?? 1) - 1, pattern)) found[near++] = run;
    }
    return found.slice(0, near);
  }

  /** Sets the bit of everyone who has one of the runs; with `inName`, has it in the name. @returns `bits` */
  collect(list: RunList, bits: Bits, inName = false): Bits {
    const [everyone, places] = [this.#who, this.#whoAt];
    for (const run of list) {
      for (let at = places[run] ?? 0, end = places[run + 1] ?? 0; at < end; at += 1) {
        const who = everyone[at] ?? 0;
        if (!inName || (who & 1) === 1) setBit(bits, who >>> 1);
      }
    }
    return bits;
  }

  async #eachLogged(breathe: Breathe, visit: (run: number, who: number) => void): Promise<void> {
    let left = this.#logged;
    for (const log of this.#log) {
      for (let at = 0; at < Math.min(left, LOGGED); at += 2) visit(log[at] ?? 0, log[at + 1] ?? 0);
      left -= LOGGED;
      await breathe();
    }
  }

  #every(): RunList {
    return Uint32Array.from({ length: this.#count }, (_, run) => run);
  }

  #intern(text: string, from: number, to: number, begins: boolean, hash: number): number {
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

  #append(text: string, from: number, to: number, begins: boolean, hash: number): number {
    const run = this.#count;
    this.#count += 1;
    this.#starts = roomFor(this.#starts, run + 2);
    this.#hashes = roomFor(this.#hashes, run + 1);
    this.#last = roomFor(this.#last, run + 1);
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

/** Whether a pattern stands at a place. A line end, which no pattern has, parts the runs. */
function standsAt(units: Uint16Array, at: number, pattern: Uint16Array): boolean {
  for (let same = 0; same < pattern.length; same += 1) if (units[at + same] !== pattern[same]) return false;
  return true;
}
