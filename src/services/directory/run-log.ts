/** Who has which run, as it is noted while targets are added: in pieces, for to make one long list longer would hold the page up. */
import type { Breathe } from './breathe.js';

/** Numbers to a piece. */
const PIECE = 1 << 14;

/** Pairs of a run and who has it. */
export class RunLog {
  readonly #pieces: Uint32Array[] = [];
  #length = 0;

  /** How many pairs there are. */
  get size(): number {
    return this.#length / 2;
  }

  add(run: number, who: number): void {
    const place = this.#length % PIECE;
    if (place === 0) this.#pieces.push(new Uint32Array(PIECE));
    const piece = this.#pieces.at(-1);
    if (!piece) return;
    piece[place] = run;
    piece[place + 1] = who;
    this.#length += 2;
  }

  /** Visits all, in the order in which they came. */
  async each(breathe: Breathe, visit: (run: number, who: number) => void): Promise<void> {
    let left = this.#length;
    for (const piece of this.#pieces) {
      for (let at = 0; at < Math.min(left, PIECE); at += 2) visit(piece[at] ?? 0, piece[at + 1] ?? 0);
      left -= PIECE;
      await breathe();
    }
  }
}
