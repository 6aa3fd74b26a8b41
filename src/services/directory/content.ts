/** One list of targets, ready to be searched; made anew when the list is another. Ids follow the order of names. */
import { TARGET_TYPES, type Target, type TargetType } from '../domain/target.js';
import type { AddressTable } from './address-table.js';
import { countBits, eachBit, intersect, noBits, setBit, unite, type Bits } from './bitmaps.js';
import type { Breathe } from './breathe.js';
import { soughtOf, type Entry } from './entry.js';
import { isForgiven } from './near-words.js';
import { Runs, type RunList } from './runs.js';
import type { Shelf } from './target-pack.js';

/** Words that are remembered with who has them (12.5 kB each for 100,000 targets), and with their runs: while a word is typed it is asked for again. */
const MAX_KNOWN = 64;

/** The same for short words: most have them, so they take the longest, and every name begins with one. */
const [SHORT, MAX_SHORT] = [4, 400];

/** Targets that are kept as objects once they were shown: an element that gets the same one again has nothing to draw. */
const MAX_SHOWN = 1000;

/** Texts that are sooner read one by one than asked for by another part of the word. */
const ONE_BY_ONE = 500;

/** Longer lists of runs are not remembered: each takes 4 bytes a run. */
const MAX_RUNS = 20_000;

const DIGIT = /^\d+$/;

const isSeparator = (code: number): boolean => code === 32 || code === 10;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Remembers the newest few. */
class Memory<T> {
  readonly #limit: number;
  readonly #isWorthIt: (value: T) => boolean;
  readonly #known = new Map<string | number, T>();
  #passing: string | number | undefined;

  constructor(limit: number, isWorthIt: (value: T) => boolean = () => true) {
    this.#limit = limit;
    this.#isWorthIt = isWorthIt;
  }

  get(key: string | number, make: () => T): T {
    const known = this.#known.get(key) ?? make();
    this.#known.delete(key);
    this.#known.set(key, known);
    // What is not worth its room is remembered until the next one comes.
    if (this.#passing !== undefined && this.#passing !== key) this.#known.delete(this.#passing);
    this.#passing = this.#isWorthIt(known) ? undefined : key;
    if (this.#known.size > this.#limit) for (const oldest of this.#known.keys()) return this.#forget(oldest, known);
    return known;
  }

  peek(key: string | number): T | undefined {
    return this.#known.get(key);
  }

  #forget(key: string | number, known: T): T {
    this.#known.delete(key);
    return known;
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
  readonly #runs = new Memory<RunList>(MAX_KNOWN, ({ length }) => length <= MAX_RUNS);
  readonly #shown = new Memory<Target>(MAX_SHOWN);

  /** @param places on the shelf, in the order of names @param table places by address */
  constructor(shelf: Shelf, places: Uint32Array, table?: AddressTable) {
    this.#shelf = shelf;
    this.#places = places;
    this.#ids = new Uint32Array(shelf.end);
    this.#table = table;
    this.size = places.length;
    this.#letters = new Runs(this.size);
    this.#digits = new Runs(this.size);
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

  /** Those that have a word. Not to be changed, like all that follow. */
  having(word: string): Bits {
    return this.#known('has', word, () => {
      const kinds = partsOf(word);
      if (kinds.length === 1) return this.#kindOf(word).collect(this.#containing(soughtOf(word)), this.#none());
      return this.#havingMixed(word, kinds);
    });
  }

  /**
   * Those that have a word at the beginning of one of theirs, or as a `whole` one; in the name only, with `inName`. For a word of letters and
   * digits: those that have it.
   */
  beginning(word: string, whole: boolean, inName: boolean): Bits {
    if (partsOf(word).length > 1) return this.having(word);
    return this.#known(`${whole ? 'whole' : 'begin'} ${inName ? 'name' : 'any'}`, word, () => {
      const kind = this.#kindOf(word);
      const begun = this.#runs.get(`begin ${word}`, () => kind.beginning(this.#containing(soughtOf(word)), word));
      return kind.collect(whole ? kind.beginning(begun, word, true) : begun, this.#none(), inName);
    });
  }

  /** Those that have a word near to the typed one; undefined where slips are not forgiven. */
  near(typed: string): Bits | undefined {
    if (!isForgiven(typed)) return undefined;
    return this.#known('near', typed, () => {
      const runs = this.#letters.near(typed);
      const same = new Set(this.#letters.beginning(runs, typed));
      return this.#letters.collect(
        runs.filter((run) => !same.has(run)),
        this.#none(),
      );
    });
  }

  #containing(sought: string): RunList {
    return this.#runs.get(sought, () => this.#kindOf(sought.trim()).containing(sought));
  }

  /**
   * A word of letters and digits: those who have its longest part may have it, or better those who had it without its last letter, where these
   * are known. Their texts say who does.
   */
  #havingMixed(word: string, parts: readonly string[]): Bits {
    const may = (this.#bits.peek(`has ${word.slice(0, -1)}`) ?? this.#short.peek(`has ${word.slice(0, -1)}`))?.slice() ?? this.pool();
    for (const part of parts.toSorted((a, b) => b.length - a.length)) {
      if (countBits(may) <= ONE_BY_ONE) break;
      intersect(may, this.#kindOf(part).collect(this.#containing(part), this.#none()));
    }
    const found = this.#none();
    eachBit(may, (id) => {
      if (this.entry(id).text.includes(word)) setBit(found, id);
      return true;
    });
    return found;
  }

  #add(id: number, place: number): void {
    const { text, nameEnd } = this.#shelf.entry(place);
    this.#ids[place] = id;
    let before = 32;
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
      (digits ? this.#digits : this.#letters).add(text, at, end, isSeparator(before), id, at < nameEnd);
      before = code;
      at = end;
    }
    const bits = this.#types.get(this.#shelf.type(place));
    if (bits) setBit(bits, id);
  }

  #known(what: string, word: string, make: () => Bits): Bits {
    return (word.length <= SHORT ? this.#short : this.#bits).get(`${what} ${word}`, make);
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
