/**
 * Who watches whom: the wishes of all tabs merged. One that nobody has any more is kept for a while, as people scroll back. A change is made
 * step by step, as its iterator is moved on: one tab may watch twenty thousand.
 */

/** Most watchers (tabs), and most addresses of all of them together. */
const MAX_WATCHERS = 64;
const MAX_WATCHED = 20_000;

/** Milliseconds for which an address is kept after its last watcher let it go. */
const GRACE = 10_000;

/** What is told as a change is made. */
export interface WishesOptions {
  /** Wall-clock ms. */
  now(): number;
  /** Was not watched before. */
  onAdded(address: string): void;
  /** Is let go. */
  onGone(address: string): void;
}

/** The merged wishes. */
export class Wishes {
  readonly #options: WishesOptions;
  /** Watcher → whom it is counted for, the one that was silent longest first. */
  readonly #watchers = new Map<string, Set<string>>();
  /** Watcher → its newest change, where that is not yet made; an older one stops where it is. */
  readonly #newest = new Map<string, object>();
  /** Address → how many watch it; 0 for one that is only kept. */
  readonly #counts = new Map<string, number>();
  /** Those who are only kept, and until when; who was let go first comes first. */
  readonly #kept = new Map<string, number>();

  constructor(options: WishesOptions) {
    this.#options = options;
  }

  /** Every address to be subscribed to. */
  get addresses(): IterableIterator<string> {
    return this.#counts.keys();
  }

  has(address: string): boolean {
    return this.#counts.has(address);
  }

  /** When the next address is let go, wall-clock ms; Infinity for never. */
  get next(): number {
    const [next = Infinity] = this.#kept.values();
    return next;
  }

  /**
   * One watcher watches these from now on and nothing else; a change of it that is under way is given up. Of too many watchers the one that was
   * silent longest is forgotten.
   * @returns the change, one address a step
   */
  set(watcher: string, addresses: Iterable<string>): Iterable<void> {
    const change = {};
    this.#newest.set(watcher, change);
    return this.#change(watcher, addresses, () => this.#newest.get(watcher) === change);
  }

  /** Lets go what nobody has watched for long enough, one address a step. */
  *expire(): Generator<void, void> {
    const now = this.#options.now();
    for (const [address, until] of this.#kept) {
      if (until > now) return;
      this.#forget(address);
      yield;
    }
  }

  *#change(watcher: string, addresses: Iterable<string>, isNewest: () => boolean): Generator<void, void> {
    if (!isNewest()) return;
    const held = this.#watchers.get(watcher) ?? new Set();
    this.#watchers.delete(watcher);
    this.#watchers.set(watcher, held);
    yield* this.#dropOldest();
    const wanted = new Set<string>();
    for (const address of addresses) {
      if (wanted.size < MAX_WATCHED) wanted.add(address);
      yield;
    }
    // Who is let go makes room for who comes.
    for (const address of held) {
      if (!isNewest()) return;
      if (!wanted.has(address) && held.delete(address)) this.#leave(address);
      yield;
    }
    for (const address of wanted) {
      if (!isNewest()) return;
      if (!held.has(address) && this.#join(address)) held.add(address);
      yield;
    }
    if (isNewest()) this.#newest.delete(watcher);
    if (held.size === 0) this.#watchers.delete(watcher);
  }

  *#dropOldest(): Generator<void, void> {
    if (this.#watchers.size <= MAX_WATCHERS) return;
    const [[watcher, held] = ['', new Set<string>()]] = this.#watchers;
    this.#watchers.delete(watcher);
    for (const address of held) {
      this.#leave(address);
      yield;
    }
  }

  /** @returns false where there is no room: who is only kept makes some */
  #join(address: string): boolean {
    const count = this.#counts.get(address);
    if (count === undefined && this.#counts.size >= MAX_WATCHED) {
      const [longest] = this.#kept.keys();
      if (longest === undefined) return false;
      this.#forget(longest);
    }
    this.#kept.delete(address);
    this.#counts.set(address, (count ?? 0) + 1);
    if (count === undefined) this.#options.onAdded(address);
    return true;
  }

  #leave(address: string): void {
    const count = (this.#counts.get(address) ?? 1) - 1;
    this.#counts.set(address, count);
    if (count === 0) this.#kept.set(address, this.#options.now() + GRACE);
  }

  #forget(address: string): void {
    this.#kept.delete(address);
    this.#counts.delete(address);
    this.#options.onGone(address);
  }
}
