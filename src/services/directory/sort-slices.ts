/** Sorting a long list without holding the page up. */
import type { Breathe } from './breathe.js';

const RUN = 256;

/** A merge sort that lets `breathe` decide between short runs of work; stable. @returns a sorted copy */
export async function sortInSlices<T>(list: readonly T[], before: (a: T, b: T) => boolean, breathe: Breathe): Promise<T[]> {
  let from: T[] = [];
  for (let at = 0; at < list.length; at += RUN) {
    from.push(...list.slice(at, at + RUN).sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0)));
    await breathe();
  }
  for (let width = RUN; width < from.length; width *= 2) {
    const to: T[] = [];
    for (let start = 0; start < from.length; start += 2 * width) await merge(from, start, width, to, before, breathe);
    from = to;
  }
  return from;
}

async function merge<T>(
  from: readonly T[],
  start: number,
  width: number,
  to: T[],
  before: (a: T, b: T) => boolean,
  breathe: Breathe,
): Promise<void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(middle + width, from.length);
  let [left, right] = [start, middle];
  while (left < middle || right < end) {
    const takeRight = left >= middle || (right < end && before(from[right] as T, from[left] as T));
    to.push(from[takeRight ? right++ : left++] as T);
    if ((to.length & 1023) === 0) await breathe();
  }
}
