/** Puts values under their keys, in one list: those of one key stand one after the other, in the order in which they came (a counting sort). */
import type { Breathe } from './breathe.js';

/** Keys that are added up before the page gets its turn. */
const PIECE = 1 << 14;

/** Visits every pair of a key and its value; the same ones at each time. */
export type EachPair = (visit: (key: number, value: number) => void) => Promise<void>;

/** Values by key. */
export interface ByKey {
  readonly values: Uint32Array<ArrayBuffer>;
  /** Where the values of each key begin; one more at the end, where the last ends. */
  readonly at: Uint32Array<ArrayBuffer>;
}

/** @param keys how many there are: 0 to one less */
export async function shelve(keys: number, each: EachPair, breathe: Breathe): Promise<ByKey> {
  // One place further on than in the end: putting the values there moves each beginning to where the next one begins.
  const at = new Uint32Array(keys + 2);
  await each((key) => {
    at[key + 2] = (at[key + 2] ?? 0) + 1;
  });
  for (let key = 1; key < at.length; key += 1) {
    at[key] = (at[key] ?? 0) + (at[key - 1] ?? 0);
    if (key % PIECE === 0) await breathe();
  }
  const values = new Uint32Array(at.at(-1) ?? 0);
  await each((key, value) => {
    const place = at[key + 1] ?? 0;
    values[place] = value;
    at[key + 1] = place + 1;
  });
  return { values, at };
}
