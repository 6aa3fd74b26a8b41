/** Which runs have a pair of neighbouring letters: whatever is looked for is looked for in those alone that have its rarest pair. */
import type { Breathe } from './breathe.js';

/** Letters a–z, digits and the space have a class each; all others share what is left of 64. */
const PLAIN_CLASSES = 37;
const CLASSES = 64;

const END = 10;

/** Units that are read before the page gets its turn. */
const PIECE = 1 << 15;

function classOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  if (code >= 48 && code <= 57) return code - 22;
  return code === 32 ? PLAIN_CLASSES - 1 : PLAIN_CLASSES + (code % (CLASSES - PLAIN_CLASSES));
}

const pairOf = (one: number, other: number): number => classOf(one) * CLASSES + classOf(other);

/** See the head of the file. */
export class Pairs {
  /** Runs, pair by pair; a run that has a pair twice stands there twice, one after the other. */
  #runs = new Uint32Array(0);
  #at = new Uint32Array(CLASSES * CLASSES + 2);

  /** Reads the runs, each ended by a line end. */
  async fill(units: Uint16Array, breathe: Breathe): Promise<void> {
    const at = new Uint32Array(CLASSES * CLASSES + 2);
    await eachPair(units, breathe, (pair) => {
      at[pair + 2] = (at[pair + 2] ?? 0) + 1;
    });
    for (let pair = 1; pair < at.length; pair += 1) at[pair] = (at[pair] ?? 0) + (at[pair - 1] ?? 0);
    const runs = new Uint32Array(at.at(-1) ?? 0);
    await eachPair(units, breathe, (pair, run) => {
      const place = at[pair + 1] ?? 0;
      runs[place] = run;
      at[pair + 1] = place + 1;
    });
    this.#runs = runs;
    this.#at = at;
  }

  /** The runs of the rarest pairs of a pattern, the rarest first; none where it has but one letter. */
  rarest(pattern: Uint16Array, count: number): Uint32Array[] {
    const lists: Uint32Array[] = [];
    for (let at = 1; at < pattern.length; at += 1) {
      const pair = pairOf(pattern[at - 1] ?? 0, pattern[at] ?? 0);
      lists.push(this.#runs.subarray(this.#at[pair], this.#at[pair + 1]));
    }
    return lists.sort((a, b) => a.length - b.length).slice(0, count);
  }
}

async function eachPair(units: Uint16Array, breathe: Breathe, visit: (pair: number, run: number) => void): Promise<void> {
  let run = 0;
  for (let at = 1; at < units.length; at += 1) {
    const [before, now] = [units[at - 1] ?? 0, units[at] ?? 0];
    if (before === END) run += 1;
    else if (now !== END) visit(pairOf(before, now), run);
    if (at % PIECE === 0) await breathe();
  }
}
