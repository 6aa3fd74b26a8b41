/**
 * Presence of those who are found for the first time is known only after the list is drawn, for only what is shown is watched. So that who is
 * Ready stands first then too, the list is put in order once more: as soon as the presence of all that are shown is known, a second after it
 * was made at the latest (Kamailio collects news for as long), and not at all once a hand or a key is at its rows.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SipService } from '../../services/index.js';
import type { ResultRow } from './results.js';

/** Milliseconds after which the order stays as it is. */
const SETTLED_AFTER = 1000;

/** What says that somebody is at the rows; of keys, these. */
const TOUCHES = ['keydown', 'pointermove', 'pointerdown'] as const;
const AT_ROWS: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'Enter', 'F10', 'ContextMenu']);

/** See the head of the file. */
export class Settling implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #onSettle: () => void;
  #pending:
    { readonly addresses: readonly string[]; readonly timer: ReturnType<typeof setTimeout>; readonly end: AbortController } | undefined;

  /** @param onSettle called when the list is to be put in order once more */
  constructor(host: ReactiveControllerHost & Element, onSettle: () => void) {
    this.#host = host;
    this.#onSettle = onSettle;
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of TOUCHES) this.#host.addEventListener(type, this.#handleTouch);
  }

  hostDisconnected(): void {
    for (const type of TOUCHES) this.#host.removeEventListener(type, this.#handleTouch);
    this.#stay();
  }

  /** A hand or a key is at the rows: none may move any more. */
  readonly #handleTouch = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || AT_ROWS.has(event.key)) this.#stay();
  };

  /** A list was made. */
  begin(rows: readonly ResultRow[], { snapshot }: SipService): void {
    this.#stay();
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

  #stay(): void {
    clearTimeout(this.#pending?.timer);
    this.#pending?.end.abort();
    this.#pending = undefined;
  }

  #settle(): void {
    this.#stay();
    this.#onSettle();
  }
}
