/** One list of targets, ready to be searched; made anew when the list is another. Ids follow the order of names. */
import { TARGET_TYPES, type Target, type TargetType } from '../domain/target.js';
import type { AddressTable } from './address-table.js';
import { countBits, eachBit, intersect, noBits, setBit, unite, type Bits } from './bitmaps.js';
import type { Breathe } from './breathe.js';
import { beginsOnly, type Entry } from './entry.js';
import { isForgiven } from './near-words.js';
import { DIGITS, LETTERS } from './grams.js';
import { PLACE, Runs, type Place } from './runs.js';
import { END, isSeparator, SPACE } from './separators.js';
import type { Shelf } from './target-pack.js';

/** Words that are remembered with who has them (12.5 kB each for 100,000 targets): while the next word is typed they are asked for again. */
const MAX_KNOWN = 64;

/** The same for short words: most have them, so they take the longest, and every name begins with one. */
const [SHORT, MAX_SHORT] = [4, 400];

/** Targets that are kept as objects once they were shown: an element that gets the same one again has nothing to draw. */
const MAX_SHOWN = 1000;

/** Texts that are sooner read one by one than asked for by another part of the word. */
const ONE_BY_ONE = 500;

const DIGIT = /^\d+$/;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Remembers the newest few. */
class Memory<T> {
  readonly #limit: number;
  readonly #known = new Map<string | number, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param make may write over what is forgotten for it, where there is that */
  get(key: string | number, make: (forgotten: T | undefined) => T): T {
    let known = this.#known.get(key);
    if (known !== undefined) this.#known.delete(key);
    else known = make(this.#known.size >= this.#limit ? this.#forget() : undefined);
    this.#known.set(key, known);
    return known;
  }

  peek(key: string | number): T | undefined {
    return this.#known.get(key);
  }

  #forget(): T | undefined {
    for (const [key, oldest] of this.#known) {
      this.#known.delete(key);
      return oldest;
    }
    return undefined;
  }
}

/** See the head of the file. */
export class Content {
  readonly size: number;
  readonly #shelf: Shelf;
  /** The place on the shelf of each id, and the id of each place. */
  readonly #places: Uint32Array;
  readonly #ids: Uint32Array;
  readonly #table: AddressTable | undefined;
  readonly #letters: Runs;
  readonly #digits: Runs;
  readonly #types = new Map<TargetType, Bits>();
  readonly #bits = new Memory<Bits>(MAX_KNOWN);
  readonly #short = new Memory<Bits>(MAX_SHORT);
  readonly #shown = new Memory<Target>(MAX_SHOWN);

  /** @param places on the shelf, in the order of names @param table places by address */
  constructor(shelf: Shelf, places: Uint32Array, table?: AddressTable) {
    this.#shelf = shelf;
    this.#places = places;
    this.#ids = new Uint32Array(shelf.end);
    this.#table = table;
    this.size = places.length;
    this.#letters = new Runs(this.size, LETTERS);
    this.#digits = new Runs(this.size, DIGITS);
    for (const type of TARGET_TYPES) this.#types.set(type, this.#none());
  }

  /** Makes all of it ready. @returns false where the signal ended it */
  async fill(breathe: Breathe, signal: AbortSignal | undefined): Promise<boolean> {
    for (let id = 0; id < this.size; id += 1) {
      this.#add(id, this.#places[id] ?? 0);
      if ((id & 31) === 0) await breathe();
      if (signal?.aborted) return false;
    }
    await this.#letters.finish(breathe);
    await this.#digits.finish(breathe);
    return true;
  }

  entry(id: number): Entry {
    return this.#shelf.entry(this.#places[id] ?? 0);
  }

  address(id: number): string {
    return this.#shelf.address(this.#places[id] ?? 0);
  }

  target(id: number): Target {
    return this.#shown.get(id, () => this.#shelf.target(this.#places[id] ?? 0));
  }

  /** The id of an address. */
  idOf(address: string): number | undefined {
    const place = this.#table?.find(address) ?? -1;
    return place < 0 ? undefined : this.#ids[place];
  }

  /** The target with this address. */
  byAddress(address: string): Target | undefined {
    const id = this.idOf(address);
    return id === undefined ? undefined : this.target(id);
  }

  /** Everyone of these types. */
  pool(types: readonly TargetType[] = TARGET_TYPES): Bits {
    const bits = this.#none();
    for (const type of types) unite(bits, this.#types.get(type));
    return bits;
  }

  /** Those that have a word. Not to be changed. */
  having(word: string): Bits {
    return (word.length <= SHORT ? this.#short : this.#bits).get(word, (forgotten) => {
      const parts = partsOf(word);
      const bits = forgotten?.fill(0) ?? this.#none();
      if (parts.length > 1) return this.#havingMixed(word, parts, bits);
      const kind = this.#kindOf(word);
      return beginsOnly(word) ? kind.beginning(word, false, bits) : kind.containing(word, bits);
    });
  }

  /** Those that have a word at the beginning of one of theirs, or as a `whole` one. A word of letters and digits: those that have it. */
  beginning(word: string, whole: boolean, place: Place): Bits {
    const bits = this.#none();
    return partsOf(word).length > 1 ? unite(bits, this.having(word)) : this.#kindOf(word).beginning(word, whole, bits, place);
  }

  /** Those that have a word, or one near to it. */
  near(typed: string): Bits {
    const bits = this.#none();
    if (isForgiven(typed)) this.#letters.near(typed, bits);
    return unite(bits, this.having(typed));
  }

  /**
   * A word of letters and digits: those who have its longest part may have it, or better those who had it without its last letter, where these
   * are known. Their texts say who does.
   */
  #havingMixed(word: string, parts: readonly string[], found: Bits): Bits {
    const before = word.slice(0, -1);
    const may = (this.#bits.peek(before) ?? this.#short.peek(before))?.slice() ?? this.pool();
    for (const part of parts.toSorted((a, b) => b.length - a.length)) {
      if (countBits(may) <= ONE_BY_ONE) break;
      intersect(may, this.#kindOf(part).containing(part, this.#none()));
    }
    eachBit(may, (id) => {
      if (this.entry(id).text.includes(word)) setBit(found, id);
      return true;
    });
    return found;
  }

  #add(id: number, place: number): void {
    const { text, nameEnd, ownEnd } = this.#shelf.entry(place);
    this.#ids[place] = id;
    let before = SPACE;
    for (let at = 0; at < text.length;) {
      const code = text.charCodeAt(at);
      if (isSeparator(code)) {
        before = code;
        at += 1;
        continue;
      }
      const digits = isDigit(code);
      let end = at + 1;
      for (let next = text.charCodeAt(end); end < text.length && !isSeparator(next) && isDigit(next) === digits;)
        next = text.charCodeAt(++end);
      const field = at < ownEnd && before === SPACE && text.charCodeAt(at - 2) === END && text.charCodeAt(end) === END;
      const where = (at < nameEnd ? PLACE.name : PLACE.anywhere) | (field ? PLACE.field : PLACE.anywhere);
      (digits ? this.#digits : this.#letters).add(text, [at, end], isSeparator(before), id, where);
      before = code;
      at = end;
    }
    const bits = this.#types.get(this.#shelf.type(place));
    if (bits) setBit(bits, id);
  }

  #kindOf(part: string): Runs {
    return DIGIT.test(part) ? this.#digits : this.#letters;
  }

  #none(): Bits {
    return noBits(this.size);
  }
}

/** The runs of letters and of digits of a word. */
function partsOf(word: string): readonly string[] {
  return word.match(/\d+|\D+/g) ?? [];
}
