/** Rings while calls or invitations wait for an answer: in one of the agent's tabs, and where the element says how. */
import type { ReactiveController } from 'lit';
import { parseRing, sharedRinger, type Ringer } from '../../services/index.js';
import type { DesksideElement } from './base-element.js';
import { warnOnce } from './warn.js';

/** How long a tab that has had no click or key waits for one that has, ms. */
const LET_GO_FIRST = 200;
/** How long a tab waits that the lock was handed on to: by then it is told of an answer given in another, ms. */
const HANDED_ON = 500;

/** See the head of the file. */
export class RingController implements ReactiveController {
  readonly #host: DesksideElement & { readonly ring: string | undefined };
  readonly #ringer: Ringer;
  readonly #rings = new Map<string, AbortController>();
  #unlisten: (() => void) | undefined;

  constructor(host: DesksideElement & { readonly ring: string | undefined }, ringer: Ringer = sharedRinger()) {
    this.#host = host;
    this.#ringer = ringer;
    host.addController(this);
  }

  /** It should ring, and the browser does not let it yet. */
  get blocked(): boolean {
    return this.#ringer.blocked && this.#rings.size > 0;
  }

  /** It should ring, and the browser has nothing to play it on. */
  get unavailable(): boolean {
    return this.#ringer.unavailable && this.#rings.size > 0;
  }

  /** Makes sound, from a click. */
  readonly unblock = (): void => void this.#ringer.unblock();

  hostConnected(): void {
    this.#unlisten = this.#ringer.onChange(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.follow([]);
  }

  /** These ring now, by their ids; those that are gone are silent. */
  follow(ids: readonly string[]): void {
    for (const [id, end] of this.#rings) {
      if (ids.includes(id)) continue;
      end.abort();
      this.#rings.delete(id);
    }
    const { ring } = this.#host;
    const spec = ring ? parseRing(ring) : undefined;
    if (ring && !spec)
      warnOnce(this.#host, 'ring', 'ring must be name|priority|duration, with bell, ring, chord or warning as name: "bell|7|0".');
    if (!spec) return;
    for (const id of ids) if (!this.#rings.has(id)) this.#begin(id, () => this.#ringer.ring(spec));
  }

  /**
   * Of several tabs one rings: the one that holds the lock. A tab that nobody has touched yet may make no sound, so it lets the others go
   * first. When the tab that rings is closed, the next one goes on; not at once, for the lock is also given back by who was answered.
   */
  #begin(id: string, ring: () => () => void): void {
    const end = new AbortController();
    this.#rings.set(id, end);
    const start = (): void => {
      if (end.signal.aborted) return;
      end.signal.addEventListener('abort', ring(), { once: true });
      this.#host.requestUpdate();
    };
    if (!('locks' in navigator)) return start();
    const held = new Promise<void>((release) => end.signal.addEventListener('abort', () => release(), { once: true }));
    const name = `deskside/ring/${id}`;
    const queue = (): Promise<void> =>
      navigator.locks.request(name, { signal: end.signal }, () => {
        setTimeout(start, HANDED_ON);
        return held;
      });
    const claim = (): Promise<void> =>
      navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) return queue();
        start();
        return held;
      });
    const isTouched = !('userActivation' in navigator) || navigator.userActivation.hasBeenActive;
    setTimeout(() => void claim().catch(() => undefined), isTouched ? 0 : LET_GO_FIRST);
  }
}
