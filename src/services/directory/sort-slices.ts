/** Sorting many numbers without holding the page up. */
import type { Breathe } from './breathe.js';

const RUN = 256;

/** The order of two numbers: negative, zero or positive, as `Array.sort` wants it. */
export type Compare = (a: number, b: number) => number;

/** A merge sort that lets `breathe` decide between short runs of work; stable. @returns `list`, or an array in its place */
export async function sortInSlices(list: Uint32Array, compare: Compare, breathe: Breathe): Promise<Uint32Array> {
  let from = list;
  let to: Uint32Array = new Uint32Array(list.length);
  for (let at = 0; at < list.length; at += RUN) {
    from.subarray(at, at + RUN).sort(compare);
    await breathe();
  }
  for (let width = RUN; width < list.length; width *= 2) {
    for (let start = 0; start < list.length; start += 2 * width) await merge(from, to, start, width, compare, breathe);
    [from, to] = [to, from];
  }
  return from;
}

async function merge(from: Uint32Array, to: Uint32Array, start: number, width: number, compare: Compare, breathe: Breathe): Promise<void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(middle + width, from.length);
  let [left, right] = [start, middle];
  for (let at = start; at < end; at += 1) {
    const takeRight = left >= middle || (right < end && compare(from[right] ?? 0, from[left] ?? 0) < 0);
    to[at] = from[takeRight ? right++ : left++] ?? 0;
    if ((at & 511) === 0) await breathe();
  }
}
