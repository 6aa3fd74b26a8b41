/**
 * Presence of those who are found for the first time is known only after the list is drawn, for only what is shown is watched. So that who is
 * Ready stands first then too, the list is put in order once more: when the presence of all that are shown is known, a quarter of a second
 * after it was made at the latest (sooner than anyone can react to what they see), and not at all once a hand or a key is at its rows.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SipService } from '../../services/index.js';
import type { ResultRow } from './results.js';

/** Milliseconds after which the order stays as it is. */
export const SETTLED_AFTER = 250;

/** See the head of the file. */
export class Settling implements ReactiveController {
  readonly #onSettle: () => void;
  #pending:
    { readonly addresses: readonly string[]; readonly timer: ReturnType<typeof setTimeout>; readonly end: AbortController } | undefined;

  /** @param onSettle called when the list is to be put in order once more */
  constructor(host: ReactiveControllerHost, onSettle: () => void) {
    this.#onSettle = onSettle;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stay();
  }

  /** A list was made. */
  begin(rows: readonly ResultRow[], { snapshot }: SipService): void {
    this.stay();
    const agents = rows
      .filter(({ group, hit }) => group === 'internal' && hit.target.type === 'agent')
      .map(({ hit }) => hit.target.address);
    const isKnown = (address: string): boolean => snapshot.get(`presence:${address}`) !== undefined;
    const addresses = agents.filter((address) => !isKnown(address));
    if (!addresses.length || agents.length < 2) return;
    const end = new AbortController();
    const keys = addresses.map((address) => `presence:${address}` as const);
    snapshot.subscribe(keys, () => addresses.every(isKnown) && this.#settle(), { signal: end.signal });
    this.#pending = { addresses, end, timer: setTimeout(() => this.#settle(), SETTLED_AFTER) };
  }

  /** A hand or a key is at the rows: none may move any more. */
  stay(): void {
    clearTimeout(this.#pending?.timer);
    this.#pending?.end.abort();
    this.#pending = undefined;
  }

  #settle(): void {
    this.stay();
    this.#onSettle();
  }
}
