/** Who watches whom: the wishes of all tabs merged. One that nobody has any more is kept for a while, as people scroll back. */

/** Most watchers (tabs), and most addresses of all of them together. */
const MAX_WATCHERS = 64;
const MAX_WATCHED = 20_000;

/** Milliseconds for which an address is kept after its last watcher let it go. */
const GRACE = 10_000;

/** The merged wishes. */
export class Wishes {
  readonly #watchers = new Map<string, ReadonlySet<string>>();
  /** Address → until when it is kept; Infinity while somebody watches it. */
  readonly #until = new Map<string, number>();
  #next = Infinity;

  /** Every address to be subscribed to. */
  get addresses(): IterableIterator<string> {
    return this.#until.keys();
  }

  has(address: string): boolean {
    return this.#until.has(address);
  }

  /** When the next address is let go, wall-clock ms; Infinity for never. */
  get next(): number {
    return this.#next;
  }

  /**
   * One watcher watches these now and nothing else. Of too many watchers the one that was silent longest is forgotten.
   * @returns addresses that were not watched before
   */
  set(watcher: string, addresses: readonly string[], now: number): string[] {
    this.#watchers.delete(watcher);
    if (addresses.length > 0) this.#watchers.set(watcher, new Set(addresses.slice(0, MAX_WATCHED)));
    for (const oldest of this.#watchers.keys()) if (this.#watchers.size > MAX_WATCHERS) this.#watchers.delete(oldest);
    const wanted = new Set<string>();
    for (const watched of this.#watchers.values()) for (const address of watched) wanted.add(address);
    for (const [address, until] of this.#until) if (until === Infinity && !wanted.has(address)) this.#until.set(address, now + GRACE);
    const added: string[] = [];
    for (const address of wanted) {
      const isNew = !this.#until.has(address);
      if (isNew && this.#until.size >= MAX_WATCHED) continue;
      this.#until.set(address, Infinity);
      if (isNew) added.push(address);
    }
    this.#lookAhead();
    return added;
  }

  /** Lets go what nobody has watched for long enough. @returns what was let go */
  expire(now: number): string[] {
    if (this.#next > now) return [];
    const gone = [...this.#until].flatMap(([address, until]) => (until <= now ? [address] : []));
    for (const address of gone) this.#until.delete(address);
    this.#lookAhead();
    return gone;
  }

  #lookAhead(): void {
    this.#next = Infinity;
    for (const until of this.#until.values()) this.#next = Math.min(this.#next, until);
  }
}
