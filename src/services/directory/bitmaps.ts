/**
 * Which targets have a pair of neighbouring letters: one bit per target and pair. A word is in at most those targets that have all of its
 * pairs, and to know them takes as many passes over 12.5 kB (100,000 targets) as the word has letters.
 */

/** One bit per target. */
export type Bits = Uint32Array;

/** Letters a–z and digits have a class each; all others share what is left of 64. */
const PLAIN_CLASSES = 36;
const CLASSES = 64;

function classOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  if (code >= 48 && code <= 57) return code - 22;
  return PLAIN_CLASSES + (code % (CLASSES - PLAIN_CLASSES));
}

/** Whether the pairs of a word say exactly where it is: no letter shares its class, and there is at most one pair. */
export function isExact(word: string): boolean {
  return word.length <= 2 && /^[a-z0-9]+$/.test(word);
}

/** How many bits are set. */
export function countBits(bits: Bits): number {
  let count = 0;
  for (let word of bits) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/** Keeps in `bits` what is also in `other`. */
export function intersect(bits: Bits, other: Bits | undefined): void {
  if (!other) bits.fill(0);
  else for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (other[at] ?? 0);
}

/** Adds to `bits` what is in `other`. @returns `bits` */
export function unite(bits: Bits, other: Bits | undefined): Bits {
  if (other) for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | (other[at] ?? 0);
  return bits;
}

/** Takes out of `bits` what is in `other`. */
export function exclude(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & ~(other[at] ?? 0);
}

/** Whether a bit is set. */
export function isSet(bits: Bits, id: number): boolean {
  return (((bits[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1;
}

/** Sets one bit. */
export function setBit(bits: Bits, id: number): void {
  bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31));
}

/** Takes one bit away. */
export function clearBit(bits: Bits, id: number): void {
  bits[id >>> 5] = (bits[id >>> 5] ?? 0) & ~(1 << (id & 31));
}

/** Calls `visit` for every set bit in order, until it returns false. */
export function eachBit(bits: Bits, visit: (id: number) => boolean | undefined): void {
  for (let at = 0; at < bits.length; at += 1) {
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
      if (visit(at * 32 + 31 - Math.clz32(word & -word)) === false) return;
    }
  }
}

type Kind = 'start' | 'pair';

/** The bits of all letters and pairs of one part of the targets' texts (names, or everything). */
export class PairMap {
  readonly #size: number;
  readonly #rows: Readonly<Record<Kind, (Bits | undefined)[]>> = { start: [], pair: [] };

  /** @param count number of targets */
  constructor(count: number) {
    this.#size = Math.ceil(count / 32);
  }

  /** No target. */
  none(): Bits {
    return new Uint32Array(this.#size);
  }

  /** Adds words, parted by spaces, of one target. */
  add(id: number, words: string): void {
    let before = -1;
    for (let at = 0; at < words.length; at += 1) {
      const code = words.charCodeAt(at);
      if (code === 32 || code === 10) {
        before = -1;
        continue;
      }
      const now = classOf(code);
      // In scripts without spaces every character may begin a word.
      if (before < 0 || now >= PLAIN_CLASSES) this.#set('start', now, id);
      if (before >= 0) this.#set('pair', before * CLASSES + now, id);
      before = now;
    }
  }

  /** Those that may have the word: all of its pairs; for a single letter, one that begins a word. */
  candidates(word: string): Bits {
    const first = classOf(word.charCodeAt(0));
    if (word.length === 1) return this.#rows.start[first]?.slice() ?? this.none();
    let bits: Bits | undefined;
    let before = first;
    for (let at = 1; at < word.length; at += 1) {
      const now = classOf(word.charCodeAt(at));
      const row = this.#rows.pair[before * CLASSES + now];
      if (!bits) bits = row?.slice() ?? this.none();
      else intersect(bits, row);
      before = now;
    }
    return bits ?? this.none();
  }

  #set(kind: Kind, row: number, id: number): void {
    setBit((this.#rows[kind][row] ??= this.none()), id);
  }
}
