/** Sets of targets, a bit each: to join two sets of 100,000 takes one pass over 12.5 kB. */

/** One bit per target. */
export type Bits = Uint32Array;

/** No target of `count`. */
export function noBits(count: number): Bits {
  return new Uint32Array(Math.ceil(count / 32));
}

/** How many bits are set. */
export function countBits(bits: Bits): number {
  let count = 0;
  for (let at = 0; at < bits.length; at += 1) {
    let word = bits[at] ?? 0;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/** Keeps in `bits` what is also in `other`. */
export function intersect(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (other[at] ?? 0);
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
