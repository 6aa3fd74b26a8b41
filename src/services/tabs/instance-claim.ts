/**
 * Keeps two pages from using one `+sip.instance`. A tab that the browser duplicated (or that `window.open` made) begins with a copy of the other
 * tab's sessionStorage, and with it of the device's name: the switch would take the second registration for the first one's and send all to one
 * of them. So whoever registers holds a lock that is named after the instance; where another page has it, the copy takes a name of its own.
 */
import type { Environment } from '../environment.js';
import { instanceId, keepInstanceId } from '../instance-id.js';
import { holdLock } from './hold-lock.js';

/** How long a page that is about to end (a reload) may take to let go of its lock, ms. */
const PATIENCE = 700;

/** What is claimed. */
export interface Claimed {
  readonly id: string;
  /** What this tab's storage holds belongs to another page, which lives. */
  readonly isCopy: boolean;
}

/** See the head of the file. Where there are no locks, or they are blocked, the kept name is used as it is. */
export class InstanceClaim {
  readonly #environment: Environment;
  readonly #address: string;
  readonly #released = new AbortController();

  constructor(environment: Environment, address: string) {
    this.#environment = environment;
    this.#address = address;
  }

  /** Claims the name that this tab has kept; another one where that is taken. */
  async take(): Promise<Claimed> {
    const kept = instanceId(this.#environment, this.#address);
    if (await this.#hold(kept)) return { id: kept, isCopy: false };
    const id = this.#environment.randomId();
    keepInstanceId(this.#environment, this.#address, id);
    await this.#hold(id);
    return { id, isCopy: true };
  }

  /** Takes the name over from the leader before, who is gone or does not answer. */
  inherit(id: string): void {
    const { locks } = this.#environment;
    if (locks) void holdLock(locks, nameOf(id), this.#released.signal, { steal: true });
  }

  /** Lets go of it. */
  release(): void {
    this.#released.abort();
  }

  /** @returns false where another page holds it, and goes on to */
  async #hold(id: string): Promise<boolean> {
    const { locks } = this.#environment;
    if (!locks) return true;
    const waiting = new AbortController();
    const timer = this.#environment.setTimeout(() => waiting.abort(), PATIENCE);
    await holdLock(locks, nameOf(id), this.#released.signal, { signal: waiting.signal });
    this.#environment.clearTimeout(timer);
    return !waiting.signal.aborted;
  }
}

function nameOf(id: string): string {
  return `deskside/instance/${id}`;
}
