/**
 * MD5 (RFC 1321) and SHA-256 (FIPS 180-4), synchronous, for digest authentication only: Web Crypto is asynchronous, exists
 * in secure contexts only and has no MD5. See docs/decisions/002-digest-hashes.md. Not made for large inputs.
 */

/** Words of the padded message: text in UTF-8, one bit, zeros, the length in bits in the last two words. */
function padded(text: string, littleEndian: boolean): Uint32Array {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(new ArrayBuffer(((bytes.length + 8) >> 6) * 64 + 64));
  bytes.forEach((byte, index) => view.setUint8(index, byte));
  view.setUint8(bytes.length, 0x80);
  const bits = bytes.length * 8;
  const [low, high] = littleEndian ? [8, 4] : [4, 8];
  view.setUint32(view.byteLength - low, bits >>> 0, littleEndian);
  view.setUint32(view.byteLength - high, Math.floor(bits / 2 ** 32), littleEndian);
  return Uint32Array.from({ length: view.byteLength / 4 }, (_, index) => view.getUint32(index * 4, littleEndian));
}

function toHex(words: Uint32Array, littleEndian: boolean): string {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, index) => view.setUint32(index * 4, word, littleEndian));
  return Array.from(new Uint8Array(view.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reads a word; the tables and blocks below are always long enough. */
const at = (words: Uint32Array, index: number): number => words[index] ?? 0;
const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
const rotateRight = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_TABLE = Uint32Array.from({ length: 64 }, (_, index) => Math.abs(Math.sin(index + 1)) * 2 ** 32);

/** The four rounds of RFC 1321, 3.4: mixing function, and which word of the block a step takes. */
const MD5_ROUNDS: readonly ((b: number, c: number, d: number, step: number) => [number, number])[] = [
  (b, c, d, step) => [(b & c) | (~b & d), step],
  (b, c, d, step) => [(d & b) | (~d & c), (5 * step + 1) & 15],
  (b, c, d, step) => [b ^ c ^ d, (3 * step + 5) & 15],
  (b, c, d, step) => [c ^ (b | ~d), (7 * step) & 15],
];

/** MD5 of the text in UTF-8, as 32 hexadecimal digits in lower case. */
export function md5(text: string): string {
  const words = padded(text, true);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3)];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const [mixed, word] = MD5_ROUNDS[round]?.(b, c, d, step) ?? [0, 0];
      const sum = (a + mixed + at(MD5_TABLE, step) + at(words, block + word)) | 0;
      [a, d, c, b] = [d, c, b, (b + rotateLeft(sum, MD5_SHIFTS[round * 4 + (step & 3)] ?? 0)) | 0];
    }
    [a, b, c, d].forEach((word, index) => (state[index] = at(state, index) + word));
  }
  return toHex(state, true);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return primes;
}

/** The first 32 bits of a number's fraction: FIPS 180-4, 4.2.2 and 5.3.3 take their constants from roots of primes. */
const fraction = (value: number): number => (value - Math.floor(value)) * 2 ** 32;
const PRIMES = firstPrimes(64);
const SHA_TABLE = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const SHA_START = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

/** The message schedule of one block (FIPS 180-4, 6.2.2). */
function schedule(words: Uint32Array, block: number): Uint32Array {
  const w = new Uint32Array(64);
  w.set(words.subarray(block, block + 16));
  for (let index = 16; index < 64; index++) {
    const [early, late] = [at(w, index - 15), at(w, index - 2)];
    const s0 = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
    const s1 = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
    w[index] = at(w, index - 16) + s0 + at(w, index - 7) + s1;
  }
  return w;
}

/** SHA-256 of the text in UTF-8, as 64 hexadecimal digits in lower case. */
export function sha256(text: string): string {
  const words = padded(text, false);
  const state = SHA_START.slice();
  for (let block = 0; block < words.length; block += 16) {
    const w = schedule(words, block);
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let step = 0; step < 64; step++) {
      const s1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const t1 = h + s1 + ((e & f) ^ (~e & g)) + at(SHA_TABLE, step) + at(w, step);
      const s0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = at(state, index) + word));
  }
  return toHex(state, false);
}
