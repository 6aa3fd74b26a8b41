/** What is known of whom, and what of it has been told: the same thing is never told twice. */
import { UNKNOWN_PRESENCE, type Presence } from '../../domain/presence.js';

/** The ledger of one board. */
export class Ledger {
  readonly #tell: (address: string, presence: Presence) => void;
  readonly #known = new Map<string, Presence>();
  readonly #told = new Map<string, Presence>();

  /** @param tell passes on what is new */
  constructor(tell: (address: string, presence: Presence) => void) {
    this.#tell = tell;
  }

  /** Everyone of whom something is known, watched or not. */
  get known(): IterableIterator<string> {
    return this.#known.keys();
  }

  /** Notes what the switch told. */
  learn(address: string, presence: Presence): void {
    this.#known.set(address, presence);
  }

  /** Nothing is known of this agent any more. */
  forget(address: string): void {
    this.#known.delete(address);
    this.#pass(address, UNKNOWN_PRESENCE);
  }

  /** Tells of an agent who is watched. */
  show(address: string): void {
    this.#pass(address, this.#known.get(address) ?? UNKNOWN_PRESENCE);
  }

  /** Nobody watches this agent any more: nothing is told, but what a list goes on telling is kept. */
  hide(address: string): void {
    this.#pass(address, UNKNOWN_PRESENCE);
  }

  /** Forgets everything. @returns the telling of it, one agent a step; of whom something is learnt meanwhile that is not told */
  clear(): Iterable<void> {
    this.#known.clear();
    return this.#fade();
  }

  *#fade(): Generator<void, void> {
    for (const address of this.#told.keys()) {
      if (!this.#known.has(address)) this.#pass(address, UNKNOWN_PRESENCE);
      yield;
    }
  }

  #pass(address: string, presence: Presence): void {
    const before = this.#told.get(address) ?? UNKNOWN_PRESENCE;
    if (before === presence) return;
    if (presence === UNKNOWN_PRESENCE) this.#told.delete(address);
    else this.#told.set(address, presence);
    if (JSON.stringify(before) !== JSON.stringify(presence)) this.#tell(address, presence);
  }
}
