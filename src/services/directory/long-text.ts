/** A long text, made of many short ones: bytes until it is whole, for short texts that wait to be joined are what a collector moves. */
import { roomFor } from './growing.js';

/** Bytes that a UTF-16 unit takes at most in UTF-8. */
const WIDEST = 3;

/** UTF-16 units that are turned into bytes together: each such turn leaves an object outside of the script's memory, which costs as much again to be thrown away. */
const PIECE = 1 << 13;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** See the head of the file. */
export class LongText {
  #new = '';
  #bytes = new Uint8Array(1 << 18);
  #length = 0;

  /** Adds a text; half a surrogate pair in it becomes U+FFFD, which is as long, unless its other half follows. */
  add(text: string): void {
    this.#new += text;
    if (this.#new.length >= PIECE) this.#encode();
  }

  /** The whole text; then it is empty again. */
  take(): string {
    this.#encode();
    const text = decoder.decode(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return text;
  }

  #encode(): void {
    this.#bytes = roomFor(this.#bytes, this.#length + this.#new.length * WIDEST);
    this.#length += encoder.encodeInto(this.#new, this.#bytes.subarray(this.#length)).written;
    this.#new = '';
  }
}
