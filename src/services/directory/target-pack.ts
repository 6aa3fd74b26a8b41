/**
 * Targets packed into a few long texts. A hundred thousand small objects that stay alive are what holds a page up while it reads a directory:
 * the browser's collector moves every one of them, 30 to 70 ms at a time. A text beyond 128 kB is never moved. Targets are made anew from
 * their text where they are shown.
 */
import { TARGET_TYPES, type Target, type TargetType } from '../domain/target.js';
import { entryOf, type Entry } from './entry.js';
import { LongText } from './long-text.js';

/** Targets to a page: enough that both of its texts are too long to be moved. */
const BITS = 11;
const PAGE = 1 << BITS;

/** Some targets: their records, and what of them is searched. */
interface Page {
  readonly count: number;
  readonly records: string;
  readonly texts: string;
  /** Where each begins, and the last ends. */
  readonly recordAt: Uint32Array;
  readonly textAt: Uint32Array;
  readonly nameEnds: Uint32Array;
  readonly ownEnds: Uint32Array;
  /** Index into TARGET_TYPES. */
  readonly types: Uint8Array;
}

const openPage = (): Omit<Page, 'count' | 'records' | 'texts'> => ({
  recordAt: new Uint32Array(PAGE + 1),
  textAt: new Uint32Array(PAGE + 1),
  nameEnds: new Uint32Array(PAGE),
  ownEnds: new Uint32Array(PAGE),
  types: new Uint8Array(PAGE),
});

const recordOf = ({ address, ...rest }: Target): string => `${address}\n${JSON.stringify(rest)}`;

/** Targets of one source. Add them, then `close`. */
export class TargetPack {
  readonly pages: Page[] = [];
  readonly #records = new LongText();
  readonly #texts = new LongText();
  #open = openPage();
  #count = 0;

  /** How many there are. */
  get size(): number {
    return this.pages.reduce((sum, { count }) => sum + count, this.#count);
  }

  add(target: Target): void {
    const { recordAt, textAt, nameEnds, ownEnds, types } = this.#open;
    const at = this.#count;
    const record = recordOf(target);
    const { text, nameEnd, ownEnd } = entryOf(target);
    this.#records.add(record);
    this.#texts.add(text);
    recordAt[at + 1] = (recordAt[at] ?? 0) + record.length;
    textAt[at + 1] = (textAt[at] ?? 0) + text.length;
    nameEnds[at] = nameEnd;
    ownEnds[at] = ownEnd;
    types[at] = TARGET_TYPES.indexOf(target.type);
    this.#count += 1;
    if (this.#count === PAGE) this.close();
  }

  /** Packs a list that is short enough to be packed in one go. */
  static of(targets: readonly Target[]): TargetPack {
    const pack = new TargetPack();
    for (const target of targets) pack.add(target);
    return pack.close();
  }

  /** Packs what is left. @returns the pack */
  close(): this {
    if (!this.#count) return this;
    this.pages.push({ ...this.#open, count: this.#count, records: this.#records.take(), texts: this.#texts.take() });
    this.#open = openPage();
    this.#count = 0;
    return this;
  }
}

/** The targets of several packs by their places. A place is no count: the last page of a pack need not be full. */
export class Shelf {
  readonly #pages: readonly Page[];

  constructor(packs: readonly TargetPack[]) {
    this.#pages = packs.flatMap(({ pages }) => pages);
  }

  /** All places lie below this. */
  get end(): number {
    return this.#pages.length << BITS;
  }

  /** Every place that has a target, in order. */
  *places(): Generator<number> {
    for (const [number, { count }] of this.#pages.entries()) {
      for (let at = 0; at < count; at += 1) yield (number << BITS) | at;
    }
  }

  address(place: number): string {
    const record = this.#record(place);
    return record.slice(0, record.indexOf('\n'));
  }

  target(place: number): Target {
    const record = this.#record(place);
    const end = record.indexOf('\n');
    return { address: record.slice(0, end), ...(JSON.parse(record.slice(end + 1)) as Omit<Target, 'address'>) };
  }

  type(place: number): TargetType {
    return TARGET_TYPES[this.#page(place).types[place & (PAGE - 1)] ?? 0] ?? 'agent';
  }

  /** The text that is searched. */
  entry(place: number): Entry {
    const page = this.#page(place);
    const at = place & (PAGE - 1);
    const text = page.texts.slice(page.textAt[at], page.textAt[at + 1]);
    return { text, nameEnd: page.nameEnds[at] ?? 0, ownEnd: page.ownEnds[at] ?? 0 };
  }

  /** The order of names; of the same text, the order of places. */
  compare(a: number, b: number): number {
    const [one, other] = [this.#page(a), this.#page(b)];
    let at = one.textAt[a & (PAGE - 1)] ?? 0;
    let to = other.textAt[b & (PAGE - 1)] ?? 0;
    const end = one.textAt[(a & (PAGE - 1)) + 1] ?? 0;
    const last = other.textAt[(b & (PAGE - 1)) + 1] ?? 0;
    for (; at < end && to < last; at += 1, to += 1) {
      const difference = one.texts.charCodeAt(at) - other.texts.charCodeAt(to);
      if (difference !== 0) return difference;
    }
    return end - at - (last - to) || a - b;
  }

  #record(place: number): string {
    const page = this.#page(place);
    const at = place & (PAGE - 1);
    return page.records.slice(page.recordAt[at], page.recordAt[at + 1]);
  }

  #page(place: number): Page {
    const page = this.#pages[place >>> BITS];
    if (!page) throw new RangeError(`There is no target at place ${place}.`);
    return page;
  }
}
