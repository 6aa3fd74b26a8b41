/**
 * The texts of all targets, some hundred to a page: what lies side by side in memory is read ten times as fast as a hundred thousand texts
 * scattered over it, and looking for a word in a page is one call.
 */
import type { Target } from '../domain/target.js';
import { setBit, type Bits } from './bitmaps.js';
import type { Entry } from './entry.js';

/** Entries to a page: few enough that putting a page together takes no time worth a thought. */
const PAGE = 256;

/** Entries by id, packed. */
export class Texts {
  readonly #targets: Target[] = [];
  readonly #pages: string[] = [];
  /** Where each text begins in its page, and for the last of a page also where it ends. */
  readonly #starts: Uint32Array;
  readonly #nameEnds: Uint32Array;
  readonly #ownEnds: Uint32Array;
  #open: string[] = [];
  #length = 0;

  /** @param count how many will be added */
  constructor(count: number) {
    this.#starts = new Uint32Array(count);
    this.#nameEnds = new Uint32Array(count);
    this.#ownEnds = new Uint32Array(count);
  }

  /** How many there are. */
  get size(): number {
    return this.#targets.length;
  }

  /** Adds an entry; its id is its place. */
  add({ target, text, nameEnd, ownEnd }: Entry): void {
    const id = this.#targets.push(target) - 1;
    this.#starts[id] = this.#length;
    this.#nameEnds[id] = nameEnd;
    this.#ownEnds[id] = ownEnd;
    this.#length += text.length;
    this.#open.push(text);
    if (this.#open.length === PAGE || id === this.#starts.length - 1) this.#close();
  }

  /** A target. */
  target(id: number): Target | undefined {
    return this.#targets[id];
  }

  /** An entry as it was added. */
  entry(id: number): Entry | undefined {
    const target = this.#targets[id];
    if (!target) return undefined;
    const page = this.#pages[Math.floor(id / PAGE)] ?? '';
    const text = page.slice(this.#starts[id], this.#endOf(id, page));
    return { target, text, nameEnd: this.#nameEnds[id] ?? 0, ownEnd: this.#ownEnds[id] ?? 0 };
  }

  /** Sets the bits of those that have `sought` in their text. */
  find(sought: string, bits: Bits): void {
    this.#pages.forEach((page, number) => {
      let id = number * PAGE;
      for (let at = page.indexOf(sought); at >= 0; at = page.indexOf(sought, this.#endOf(id, page))) {
        while (this.#endOf(id, page) <= at) id += 1;
        setBit(bits, id);
      }
    });
  }

  #endOf(id: number, page: string): number {
    const last = (id + 1) % PAGE === 0 || id + 1 >= this.#targets.length;
    return last ? page.length : (this.#starts[id + 1] ?? page.length);
  }

  #close(): void {
    this.#pages.push(this.#open.join(''));
    this.#open = [];
    this.#length = 0;
  }
}
