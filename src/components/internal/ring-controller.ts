/** Rings while calls or invitations wait for an answer: in one of the agent's tabs, and where the element says how. */
import type { ReactiveController } from 'lit';
import { parseRing, sharedRinger, type Ringer } from '../../services/index.js';
import type { DesksideElement } from './base-element.js';
import { warnOnce } from './warn.js';

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

  /** Of several tabs one rings: the one that holds the lock. */
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
    void navigator.locks
      .request(`deskside/ring/${id}`, { ifAvailable: true }, (lock) => {
        if (!lock) return undefined;
        start();
        return held;
      })
      .catch(() => undefined);
  }
}
