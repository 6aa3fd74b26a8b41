/** Which runs have a few neighbouring letters: whatever is looked for is looked for in those alone that have its rarest ones. */
import type { Breathe } from './breathe.js';
import { END, SPACE } from './separators.js';
import { shelve } from './shelve.js';

/** Units that are read before the page gets its turn. */
const PIECE = 1 << 14;

/** What runs are made of. */
export interface Alphabet {
  /** Neighbours that are looked up together. */
  readonly width: number;
  /** Letters that are told apart; what shares a class is told apart by reading the run. */
  readonly classes: number;
  /** The class of a letter; 0 is the end of a run's. */
  classOf(code: number): number;
  /** Whether each of a pattern's letters has a class of its own. */
  isPlain(pattern: string): boolean;
}

/** a–z and the space have a class each; all others share what is left of 64. */
export const LETTERS: Alphabet = {
  width: 3,
  classes: 64,
  classOf(code) {
    if (code >= 97 && code <= 122) return code - 95;
    if (code === SPACE) return 1;
    return code === END ? 0 : 28 + (code % 36);
  },
  isPlain: (pattern) => /^[ a-z]*$/.test(pattern),
};

/** Numbers of one contact centre begin alike: four neighbours tell more of them apart than three. */
export const DIGITS: Alphabet = {
  width: 4,
  classes: 12,
  classOf: (code) => (code === END ? 0 : code === SPACE ? 1 : code - 46),
  isPlain: () => true,
};

/** Runs that may hold a pattern, some of them twice. */
export interface Candidates {
  readonly runs: Uint32Array;
  /** Whether each of them holds it. */
  readonly sure: boolean;
}

/** See the head of the file. */
export class Grams {
  readonly #alphabet: Alphabet;
  readonly #keys: number;
  /** Runs, by their neighbours: those that begin alike stand one after the other. */
  #runs = new Uint32Array(0);
  #at: Uint32Array;

  constructor(alphabet: Alphabet) {
    this.#alphabet = alphabet;
    this.#keys = alphabet.classes ** alphabet.width;
    this.#at = new Uint32Array(this.#keys + 2);
  }

  /** Reads the runs, each ended by a line end. */
  async fill(units: Uint16Array, breathe: Breathe): Promise<void> {
    const { values, at } = await shelve(this.#keys, (visit) => this.#each(units, breathe, visit), breathe);
    [this.#runs, this.#at] = [values, at];
  }

  /** The runs that may hold a pattern. */
  candidates(pattern: string): Candidates {
    const { width } = this.#alphabet;
    let best: Uint32Array | undefined;
    for (let at = 0; at === 0 || at + width <= pattern.length; at += 1) {
      const runs = this.#beginning(pattern.slice(at, at + width));
      if (!best || runs.length < best.length) best = runs;
    }
    return { runs: best ?? this.#runs, sure: pattern.length <= width && this.#alphabet.isPlain(pattern) };
  }

  /** The runs where these letters, so many as are looked up together or fewer, stand somewhere. */
  #beginning(letters: string): Uint32Array {
    const { width, classes, classOf } = this.#alphabet;
    let key = 0;
    for (let at = 0; at < letters.length; at += 1) key = key * classes + classOf(letters.charCodeAt(at));
    const wide = classes ** (width - letters.length);
    return this.#runs.subarray(this.#at[key * wide], this.#at[(key + 1) * wide]);
  }

  async #each(units: Uint16Array, breathe: Breathe, visit: (key: number, run: number) => void): Promise<void> {
    const { width, classes, classOf } = this.#alphabet;
    let run = 0;
    for (let at = 0; at < units.length; at += 1) {
      if (at % PIECE === 0) await breathe();
      if (units[at] === END) {
        run += 1;
        continue;
      }
      let key = 0;
      for (let next = at, ended = false; next < at + width; next += 1) {
        ended ||= units[next] === END;
        key = key * classes + (ended ? 0 : classOf(units[next] ?? END));
      }
      visit(key, run);
    }
  }
}
