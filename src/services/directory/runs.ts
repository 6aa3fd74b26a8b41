/**
 * The distinct runs of letters (or of digits) in all texts, and who has each: `jdavis17` is the run `jdavis` and the run `17`. What is typed, as
 * long as it is of one kind, stands within one run; so 60,000 runs are looked through in place of 100,000 texts. All is numbers in a few arrays,
 * made while targets are added and put in order by `finish`.
 */
import { setBit, type Bits } from './bitmaps.js';
import type { Breathe } from './breathe.js';
import { Grams, type Alphabet } from './grams.js';
import { roomFor } from './growing.js';
import { RunLog } from './run-log.js';
import { RunOrder } from './run-order.js';
import { RunTable } from './run-table.js';
import { shelve } from './shelve.js';

/** Where in a target a run stands: bits of a number. */
export const PLACE = {
  anywhere: 0,
  /** In its name. */
  name: 1,
  /** It is the whole of a field that identifies the target. */
  field: 2,
} as const;

/** One of them, or several together. */
export type Place = number;

/** Bits that a place takes. */
const PLACE_BITS = 2;

/** See the head of the file. */
export class Runs {
  #table: RunTable | undefined;
  #log = new RunLog();
  /** The last target of each run, and one. */
  #last = new Uint32Array(1 << 12);
  #order = new RunOrder({ units: new Uint16Array(0), starts: new Uint32Array(1) });
  /** Who has each run, run by run: target × 4, and the place. */
  #who = new Uint32Array(0);
  #whoAt = new Uint32Array(1);
  /** Where searching marks what it has seen. */
  #seen = new Uint8Array(0);
  readonly #grams: Grams;

  /** @param targets how many there will be, about */
  constructor(targets: number, alphabet: Alphabet) {
    this.#table = new RunTable(targets);
    this.#grams = new Grams(alphabet);
  }

  /**
   * Adds the run that stands at [from, to) of a text. Targets are added one after the other, the name of each first.
   * @param begins whether the run begins a word
   */
  add(text: string, [from, to]: readonly [number, number], begins: boolean, id: number, place: Place): void {
    const run = this.#table?.intern(text, from, to, begins) ?? 0;
    this.#last = roomFor(this.#last, run + 1);
    // A field that is this run alone is noted, wherever else the run stands.
    if (this.#last[run] === id + 1 && (place & PLACE.field) === 0) return;
    this.#last[run] = id + 1;
    this.#log.add(run, (id << PLACE_BITS) | place);
  }

  /** Puts everything in order for searching. */
  async finish(breathe: Breathe): Promise<void> {
    if (!this.#table) return;
    const ordered = await this.#table.inOrder(breathe);
    this.#table = undefined;
    const { ranks, units } = ordered;
    const log = this.#log;
    const { values, at } = await shelve(ranks.length, (visit) => log.each(breathe, (run, who) => visit(ranks[run] ?? 0, who)), breathe);
    await this.#grams.fill(units, breathe);
    [this.#who, this.#whoAt, this.#order] = [values, at, new RunOrder(ordered)];
    this.#seen = new Uint8Array(ranks.length);
    // What only adding needs.
    this.#log = new RunLog();
    this.#last = new Uint32Array(0);
  }

  /** Sets the bit of everyone who has a run that holds a text. @returns `bits` */
  containing(text: string, bits: Bits): Bits {
    const { runs, sure } = this.#grams.candidates(text);
    const seen = this.#seen;
    for (const run of runs) {
      if (seen[run]) continue;
      seen[run] = 1;
      if (sure || this.#order.holds(run, text)) this.#collect(run, run + 1, bits, 0);
    }
    for (const run of runs) seen[run] = 0;
    return bits;
  }

  /** The same for a run that begins a word with a text, or with `whole` is that word. @param place where it must stand */
  beginning(text: string, whole: boolean, bits: Bits, place: Place = PLACE.anywhere): Bits {
    const { from, to } = whole ? this.#order.whole(` ${text}`) : this.#order.beginning(` ${text}`);
    return this.#collect(from, to, bits, place);
  }

  /** The same for a run that begins a word near to what was typed, but for one slip. */
  near(typed: string, bits: Bits): Bits {
    let done = 0;
    for (const { from, to } of this.#order.near(typed)) {
      this.#collect(Math.max(from, done), to, bits, PLACE.anywhere);
      done = Math.max(done, to);
    }
    return bits;
  }

  #collect(from: number, to: number, bits: Bits, place: Place): Bits {
    const everyone = this.#who;
    const end = this.#whoAt[to] ?? 0;
    for (let at = this.#whoAt[from] ?? 0; at < end; at += 1) {
      const who = everyone[at] ?? 0;
      if ((who & place) === place) setBit(bits, who >>> PLACE_BITS);
    }
    return bits;
  }
}
