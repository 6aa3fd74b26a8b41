/** Runs in the order of their letters: those that begin alike stand one after the other, and are found by halving. */
import type { Ordered } from './run-table.js';
import { END } from './separators.js';

/** Some runs in order: [from, to). */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** See the head of the file. */
export class RunOrder {
  readonly #units: Uint16Array;
  readonly #starts: Uint32Array;
  readonly #all: Range;

  constructor({ units, starts }: Pick<Ordered, 'units' | 'starts'>) {
    this.#units = units;
    this.#starts = starts;
    this.#all = { from: 0, to: starts.length - 1 };
  }

  /** Those (of some) that begin with a text; a space before it: that begin a word with it. */
  beginning(text: string, { from, to } = this.#all): Range {
    const first = this.#after(text, from, to, 0);
    const some = first < to && this.#compare(first, text) === 0;
    return { from: first, to: some ? this.#after(text, first + 1, to, 1) : first };
  }

  /** The one that is a text, if there is one. */
  whole(text: string): Range {
    const { from, to } = this.beginning(text);
    const at = (this.#starts[from] ?? 0) + text.length;
    return { from, to: from < to && this.#units[at] === END ? from + 1 : from };
  }

  /** Whether a run holds a text. */
  holds(run: number, text: string): boolean {
    const last = (this.#starts[run + 1] ?? 0) - 1 - text.length;
    for (let at = this.#starts[run] ?? 0; at <= last; at += 1) {
      let same = 0;
      while (same < text.length && this.#units[at + same] === text.charCodeAt(same)) same += 1;
      if (same === text.length) return true;
    }
    return false;
  }

  /**
   * Those that begin a word with what was typed, but for one letter too many, too few, wrong, or two swapped. As far as the word goes before
   * the slip, and for each letter that stands there in some word, it is looked up how it goes on.
   * @returns in order, some of them within others
   */
  near(typed: string): Range[] {
    const found: Range[] = [];
    const add = (text: string, within: Range): void => {
      const range = this.beginning(text, within);
      if (range.from < range.to) found.push(range);
    };
    let within = this.#all;
    for (let at = 0; at < typed.length; at += 1) {
      const before = ` ${typed.slice(0, at)}`;
      const [rest, after] = [typed.slice(at), typed.slice(at + 1)];
      within = this.beginning(before, within);
      if (within.from === within.to) break;
      add(before + after, within);
      if (after) add(before + after.charAt(0) + rest.charAt(0) + after.slice(1), within);
      for (let from = within.from; from < within.to;) {
        const letter = this.#units[(this.#starts[from] ?? 0) + before.length] ?? END;
        const other = before + String.fromCharCode(letter);
        const range = letter === END ? { from, to: from + 1 } : this.beginning(other, { from, to: within.to });
        if (letter !== END) {
          add(other + after, range);
          add(other + rest, range);
        }
        from = range.to;
      }
    }
    return found.sort((one, other) => one.from - other.from);
  }

  /** The first of some that comes after a text: `from` 0 and those that begin with it come after it too, 1 they do not. */
  #after(text: string, from: number, to: number, begun: 0 | 1): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, text) < begun) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The order of a run and a text; 0 where the run begins with it. */
  #compare(run: number, text: string): number {
    const start = this.#starts[run] ?? 0;
    for (let at = 0; at < text.length; at += 1) {
      const difference = (this.#units[start + at] ?? END) - text.charCodeAt(at);
      // A run that ends here differs: no text that is looked for has a line end.
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
