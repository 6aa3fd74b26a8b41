/** Which target has an address. A `Map` of 100,000 grows in steps that each hold the page up, and keeps every address alive; this is two arrays of numbers. */

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** See the head of the file. */
export class AddressTable {
  /** Number and one, by hash; 0 is free. */
  readonly #slots: Int32Array;
  readonly #hashes: Int32Array;
  readonly #addressOf: (number: number) => string;

  /** @param count how many addresses there can be @param addressOf the address of a number that was put */
  constructor(count: number, addressOf: (number: number) => string) {
    const size = 2 ** Math.ceil(Math.log2(count * 2 + 2));
    this.#slots = new Int32Array(size);
    this.#hashes = new Int32Array(size);
    this.#addressOf = addressOf;
  }

  /** Puts a number under its address. @returns the number that was there before, -1 where none was */
  put(address: string, number: number): number {
    const hash = hashOf(address);
    const slot = this.#slotOf(address, hash);
    const before = (this.#slots[slot] ?? 0) - 1;
    this.#slots[slot] = number + 1;
    this.#hashes[slot] = hash;
    return before;
  }

  /** The number of an address, -1 where there is none. */
  find(address: string): number {
    return (this.#slots[this.#slotOf(address, hashOf(address))] ?? 0) - 1;
  }

  #slotOf(address: string, hash: number): number {
    const last = this.#slots.length - 1;
    let slot = hash & last;
    for (; this.#slots[slot]; slot = (slot + 1) & last) {
      if (this.#hashes[slot] === hash && this.#addressOf((this.#slots[slot] ?? 0) - 1) === address) break;
    }
    return slot;
  }
}
