/** How often an element may be drawn: under a flood of changes drawing must not take the page from the person. */

/** Part of the page's time that drawing one element may take for long. */
const SHARE = 0.25;
/** Milliseconds of drawing that are free: what a person does is always drawn at once. */
const FREE = 40;
/** Longest rest, ms: the longer it rests, the more has come meanwhile, and the longer the next drawing holds the page up. */
const LONGEST = 50;
/** Most that is held against an element, ms: a long transcript that was opened, or a flood that is over, slows nobody down afterwards. */
const FULL = FREE + LONGEST * SHARE;

/** A leaky bucket of drawing time: each drawing fills it by what it took, and it empties by `SHARE` of the time that passes. */
export class Pace {
  #spent = 0;
  #at = 0;

  /** Notes a drawing that began at `start` and ended at `end`, ms of the same clock. */
  drawn(start: number, end: number): void {
    this.#spent = Math.min(FULL, this.#left(end) + (end - start));
    this.#at = end;
  }

  /** Milliseconds to rest before the next drawing; 0 as long as there is no flood. */
  rest(now: number): number {
    return Math.min(LONGEST, Math.max(0, this.#left(now) - FREE) / SHARE);
  }

  #left(now: number): number {
    return Math.max(0, this.#spent - (now - this.#at) * SHARE);
  }
}
