/**
 * The peer's texts of one session: each shown once, in the sender's order. A text that was sent again after a lost answer is recognised by
 * its id; one that overtook another waits a moment for it.
 */
import type { Environment, TimerHandle } from '../../environment.js';
import type { IncomingText } from './line.js';

/** How long a text waits for the one before it, ms. */
const GAP_LIMIT = 2000;
/** Most texts that wait, and ids that are remembered. */
const MAX_WAITING = 64;
const MAX_REMEMBERED = 4096;

/** A text with its id: the sender's, or one of ours where it has none. */
export type ReceivedText = IncomingText & { readonly id: string };

/** See the head of the file. */
export class Inbox {
  readonly #environment: Environment;
  readonly #show: (text: ReceivedText) => void;
  readonly #seen = new Set<string>();
  readonly #waiting = new Map<number, ReceivedText>();
  /** Sequence number of the next text; undefined until one came. */
  #next: number | undefined;
  #timer: TimerHandle | undefined;

  constructor(environment: Environment, show: (text: ReceivedText) => void) {
    this.#environment = environment;
    this.#show = show;
  }

  /** Takes a text. One that is known already changes nothing. */
  receive(text: IncomingText): void {
    const received = { ...text, id: this.#idOf(text) };
    if (this.#seen.has(received.id)) return;
    this.#remember(received.id);
    const { seq } = received;
    if (seq === undefined || this.#next === undefined || seq <= this.#next) this.#take(received);
    else this.#wait(seq, received);
  }

  /** Texts that an earlier page has shown. */
  known(ids: readonly string[]): void {
    for (const id of ids) this.#remember(id);
  }

  /** The dialog was picked up again: the next number may be any. */
  rebase(): void {
    this.#flush();
    this.#next = undefined;
  }

  /** The session is over: shows what still waits. */
  close(): void {
    this.#flush();
  }

  /** An id of the transcript's own lines is not to be had by a peer. */
  #idOf({ id }: IncomingText): string {
    if (id === undefined) return this.#environment.randomId();
    return id.startsWith('system-') ? `peer-${id}` : id;
  }

  #remember(id: string): void {
    this.#seen.add(id);
    if (this.#seen.size <= MAX_REMEMBERED) return;
    const [oldest] = this.#seen;
    if (oldest !== undefined) this.#seen.delete(oldest);
  }

  #take(text: ReceivedText): void {
    this.#show(text);
    if (text.seq !== undefined) this.#next = Math.max(this.#next ?? 0, text.seq + 1);
    this.#takeWaiting();
  }

  #takeWaiting(): void {
    for (;;) {
      const text = this.#next === undefined ? undefined : this.#waiting.get(this.#next);
      if (text?.seq === undefined) break;
      this.#waiting.delete(text.seq);
      this.#show(text);
      this.#next = text.seq + 1;
    }
    if (this.#waiting.size === 0) this.#environment.clearTimeout(this.#timer);
  }

  #wait(seq: number, text: ReceivedText): void {
    if (this.#waiting.has(seq)) {
      this.#show(text);
      return;
    }
    if (this.#waiting.size === 0) this.#timer = this.#environment.setTimeout(() => this.#flush(), GAP_LIMIT);
    this.#waiting.set(seq, text);
    if (this.#waiting.size > MAX_WAITING) this.#flush();
  }

  /** Shows what waits, in order, without what never came. */
  #flush(): void {
    this.#environment.clearTimeout(this.#timer);
    const waiting = [...this.#waiting].sort(([a], [b]) => a - b);
    this.#waiting.clear();
    for (const [seq, text] of waiting) {
      this.#show(text);
      this.#next = seq + 1;
    }
  }
}
