/** How long each notification still shows. The clock of one stands still while it is hovered or focused. */

/** One notification's clock. */
interface Clock {
  /** Milliseconds left, as of `since`. */
  left: number;
  /** Milliseconds that it had at first. */
  readonly whole: number;
  /** Wall-clock ms since when it runs; undefined while it stands still. */
  since: number | undefined;
}

/** The clocks of all notifications that show, by session. */
export class Countdowns {
  readonly #clocks = new Map<string, Clock>();

  /** Starts a clock unless it is there. */
  start(id: string, ms: number, now: number): void {
    if (!this.#clocks.has(id)) this.#clocks.set(id, { left: ms, whole: ms, since: now });
  }

  /** Forgets every clock but these. */
  keep(ids: readonly string[]): void {
    for (const id of this.#clocks.keys()) if (!ids.includes(id)) this.#clocks.delete(id);
  }

  /** Milliseconds that the clock had at first. */
  whole(id: string): number {
    return Math.max(1, this.#clocks.get(id)?.whole ?? 1);
  }

  /** Milliseconds left. */
  left(id: string, now: number): number {
    const clock = this.#clocks.get(id);
    if (!clock) return 0;
    return Math.max(0, clock.left - (clock.since === undefined ? 0 : now - clock.since));
  }

  /** Stops a clock. */
  pause(id: string, now: number): void {
    const clock = this.#clocks.get(id);
    if (clock?.since === undefined) return;
    clock.left = this.left(id, now);
    clock.since = undefined;
  }

  /** Lets it run on. */
  resume(id: string, now: number): void {
    const clock = this.#clocks.get(id);
    if (clock && clock.since === undefined) clock.since = now;
  }
}
