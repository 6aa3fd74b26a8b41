/** One list of targets, ready to be searched; made anew when the list is another. Ids follow the order of names. */
import { TARGET_TYPES, type Target, type TargetType } from '../domain/target.js';
import { isExact, PairMap, setBit, unite, type Bits } from './bitmaps.js';
import { soughtOf, type Entry } from './entry.js';
import { NearWords } from './near-words.js';
import { Texts } from './texts.js';

/** Words that are remembered with who has them, 12.5 kB each for 100,000 targets. */
const MAX_KNOWN = 128;

/** See the head of the file. */
export class Content {
  readonly texts: Texts;
  readonly near = new NearWords();
  readonly #all: PairMap;
  readonly #names: PairMap;
  readonly #ids = new Map<string, number>();
  readonly #types = new Map<TargetType, Bits>();
  readonly #known = new Map<string, Bits>();

  /** @param count how many targets will be added */
  constructor(count: number) {
    this.texts = new Texts(count);
    this.#all = new PairMap(count);
    this.#names = new PairMap(count);
    for (const type of TARGET_TYPES) this.#types.set(type, this.#all.none());
  }

  /** Adds a target; to be called in the order of names. */
  add(entry: Entry): void {
    const id = this.texts.size;
    const { target, text, nameEnd } = entry;
    this.texts.add(entry);
    this.#all.add(id, text);
    this.#names.add(id, text.slice(0, nameEnd));
    this.near.add(id, text);
    this.#ids.set(target.address, id);
    const bits = this.#types.get(target.type);
    if (bits) setBit(bits, id);
  }

  /** The id of an address. */
  idOf(address: string): number | undefined {
    return this.#ids.get(address);
  }

  /** The target with this address. */
  byAddress(address: string): Target | undefined {
    const id = this.#ids.get(address);
    return id === undefined ? undefined : this.texts.target(id);
  }

  /** Everyone of these types. */
  pool(types: readonly TargetType[] = TARGET_TYPES): Bits {
    const bits = this.#all.none();
    for (const type of types) unite(bits, this.#types.get(type));
    return bits;
  }

  /** Those that may have a word: nobody else has it. */
  mayHave(word: string): Bits {
    return this.#known.get(word)?.slice() ?? this.#all.candidates(word);
  }

  /** Those whose name may have a word. */
  nameMayHave(word: string): Bits {
    return this.#names.candidates(word);
  }

  /** Whether `mayHave` says exactly who has the word. */
  isSure(word: string): boolean {
    return isExact(word) || this.#known.has(word);
  }

  /** Those that have a word. All texts are read; what was found is remembered. */
  having(word: string): Bits {
    if (this.isSure(word)) return this.mayHave(word);
    const bits = this.#all.none();
    this.texts.find(soughtOf(word), bits);
    if (this.#known.size >= MAX_KNOWN) this.#known.delete(this.#known.keys().next().value ?? '');
    this.#known.set(word, bits);
    return bits;
  }
}
