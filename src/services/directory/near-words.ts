/** Words that differ by one slip from what was typed: found among the distinct words of the directory, not among its targets. */
import { setBit, type Bits } from './bitmaps.js';

/** Letters that a typed word must have for a slip to be forgiven. */
const FORGIVEN_FROM = 4;

/** Whether a slip is forgiven in a typed word: it is long enough, and no number. */
export function isForgiven(typed: string): boolean {
  return typed.length >= FORGIVEN_FROM && !/\d/.test(typed);
}

/**
 * Whether `typed` is, but for one letter too many, too few, wrong, or two swapped, the beginning of `word` (or all of it).
 */
export function isNearPrefix(word: string, typed: string): boolean {
  let same = 0;
  while (same < typed.length && word.charCodeAt(same) === typed.charCodeAt(same)) same += 1;
  const rest = typed.slice(same + 1);
  return (
    same === typed.length ||
    (same < word.length && word.startsWith(rest, same + 1)) ||
    word.startsWith(rest, same) ||
    word.startsWith(typed.slice(same), same + 1) ||
    (word[same] === typed[same + 1] && word[same + 1] === typed[same] && word.startsWith(typed.slice(same + 2), same + 2))
  );
}

/** Whether a text has a word near to the typed one. */
export function hasNear(text: string, typed: string): boolean {
  return isForgiven(typed) && text.split(/[\n ]+/).some((word) => isNearPrefix(word, typed));
}

/** The distinct words that slips are forgiven in, by their first two letters. */
export class NearWords {
  readonly #byStart = new Map<string, Map<string, number[]>>();

  /** Adds the words (parted by spaces) of one target; short ones and such with digits are passed over, digits at the end are cut off. */
  add(id: number, words: string): void {
    for (const whole of words.split(/[\n ]+/)) {
      const word = whole.replace(/\d+$/, '');
      if (word.length < FORGIVEN_FROM - 1 || /\d/.test(word)) continue;
      const start = word.slice(0, 2);
      let group = this.#byStart.get(start);
      if (!group) this.#byStart.set(start, (group = new Map<string, number[]>()));
      const ids = group.get(word);
      if (!ids) group.set(word, [id]);
      else if (ids.at(-1) !== id) ids.push(id);
    }
  }

  /** Adds to `bits` the targets that have a word near to the typed one; none where slips are not forgiven. @returns `bits` */
  collect(typed: string, bits: Bits): Bits {
    if (!isForgiven(typed)) return bits;
    const [first, second] = [typed[0], typed[1]];
    for (const [start, group] of this.#byStart) {
      // A slip in one of the first two letters leaves the other one, or moves it.
      if (start[0] !== first && start[1] !== second && start[1] !== first && start[0] !== second) continue;
      for (const [word, ids] of group) {
        // Who has the word itself is known already.
        if (!word.startsWith(typed) && isNearPrefix(word, typed)) for (const id of ids) setBit(bits, id);
      }
    }
    return bits;
  }
}
