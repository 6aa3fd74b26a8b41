/** The leader's snapshot and events, as a follower has them: first the whole, then each event in its turn. What is missing asks for the whole. */
import type { DomainEvent } from '../domain/events.js';
import type { Slice } from './schema/slices.js';
import { join } from './snapshot-parts.js';
import type { LeaderMessage } from './tab-message.js';

type MessageOf<T extends LeaderMessage['type']> = Extract<LeaderMessage, { type: T }>;

/** What it needs. */
export interface MirrorOptions {
  /** Shows a whole snapshot in place of what is shown. */
  replace(slices: ReadonlyMap<string, unknown>): void;
  apply(event: DomainEvent): void;
  /** Something is missing: ask for the whole. */
  onGap(): void;
}

/** See the head of the file. */
export class Mirror {
  readonly #options: MirrorOptions;
  #parts: { readonly whole: Map<Slice[0], unknown>; next: number } | undefined;
  #seq: number | undefined;

  constructor(options: MirrorOptions) {
    this.#options = options;
  }

  /** Whether it shows what the leader has. */
  get isCurrent(): boolean {
    return this.#seq !== undefined;
  }

  /** Another leader, with a count of its own: what is shown stays until its snapshot came. */
  reset(): void {
    this.#parts = undefined;
    this.#seq = undefined;
  }

  /** A part of the whole. @returns whether it is all there now */
  take({ part, last, seq, slices }: MessageOf<'state'>): boolean {
    if (part === 0) this.#parts = { whole: new Map(), next: 0 };
    const parts = this.#parts;
    if (parts?.next !== part) return false;
    join(parts.whole, slices);
    parts.next += 1;
    if (!last) return false;
    this.#parts = undefined;
    this.#seq = seq;
    this.#options.replace(parts.whole);
    return true;
  }

  /** An event; one that is in the snapshot already changes nothing. */
  follow({ seq, event }: MessageOf<'event'>): void {
    if (this.#seq === undefined || seq <= this.#seq) return;
    if (seq !== this.#seq + 1) {
      this.#gap();
      return;
    }
    this.#seq = seq;
    this.#options.apply(event);
  }

  /** The leader's count, told besides. */
  compare(seq: number): void {
    if (this.#seq !== undefined && seq > this.#seq) this.#gap();
  }

  #gap(): void {
    this.reset();
    this.#options.onGap();
  }
}
