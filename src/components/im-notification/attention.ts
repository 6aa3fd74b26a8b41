/** What calls for attention beside the card itself: the ring, the page's title, the browser's or the host's notification while the page is hidden. */
import type { ReactiveController } from 'lit';
import { callHost, parseRing, sharedRinger, type Ringer } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { warnOnce } from '../internal/warn.js';

/** An invitation that wants to be noticed. */
export interface Notice {
  readonly id: string;
  /** Who wants what. */
  readonly title: string;
  /** The first words. */
  readonly body: string;
}

/** Characters of a message in a notification outside the page. */
const MAX_BODY = 140;

/** Whether the browser can show notifications of its own, and what the person said about it. */
function permission(): NotificationPermission | 'unsupported' {
  return typeof Notification === 'undefined' || !globalThis.isSecureContext ? 'unsupported' : Notification.permission;
}

/** Rings and shows outside the page for as long as notices stand. */
export class Attention implements ReactiveController {
  readonly #host: DesksideElement & { readonly ring: string | undefined };
  readonly #ringer: Ringer;
  #notices: readonly Notice[] = [];
  readonly #rings = new Map<string, () => void>();
  readonly #shown = new Map<string, Notification | undefined>();
  #prefix = '';
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

  /** The person has not been asked about notifications of the browser; asking is only allowed from a click. */
  get canAsk(): boolean {
    return permission() === 'default' && this.#host.activeService?.host?.capabilities.notify !== true;
  }

  /** Makes sound, from a click. */
  readonly unblock = (): void => void this.#ringer.unblock();

  /** Asks for notifications of the browser, from a click. */
  readonly ask = (): void => {
    void Notification.requestPermission().then(() => this.#host.requestUpdate());
  };

  hostConnected(): void {
    this.#host.ownerDocument.addEventListener('visibilitychange', this.#refresh);
    this.#unlisten = this.#ringer.onChange(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener('visibilitychange', this.#refresh);
    this.#unlisten?.();
    this.follow([]);
  }

  /** These stand now: new ones ring, those that are gone are silent. */
  follow(notices: readonly Notice[]): void {
    const gone = [...this.#rings.keys(), ...this.#shown.keys()].filter((id) => !notices.some((notice) => notice.id === id));
    for (const id of gone) this.#forget(id);
    this.#notices = notices;
    for (const notice of notices) this.#begin(notice);
    this.#refresh();
  }

  #begin({ id }: Notice): void {
    if (this.#rings.has(id)) return;
    const { ring } = this.#host;
    const spec = ring ? parseRing(ring) : undefined;
    if (ring && !spec)
      warnOnce(this.#host, 'ring', 'ring must be name|priority|duration, with bell, ring, chord or warning as name: "bell|7|0".');
    this.#rings.set(id, spec ? this.#inOneTab(id, () => this.#ringer.ring(spec)) : () => undefined);
  }

  /** Of several tabs one rings: the one that holds the lock. */
  #inOneTab(id: string, ring: () => () => void): () => void {
    if (!('locks' in navigator)) return ring();
    const end = new AbortController();
    const held = new Promise<void>((release) => end.signal.addEventListener('abort', () => release(), { once: true }));
    const task = (lock: Lock | null): Promise<void> | undefined => {
      if (!lock || end.signal.aborted) return undefined;
      const stop = ring();
      end.signal.addEventListener('abort', stop, { once: true });
      this.#host.requestUpdate();
      return held;
    };
    void navigator.locks.request(`deskside/ring/${id}`, { ifAvailable: true }, task).catch(() => undefined);
    return () => end.abort();
  }

  #forget(id: string): void {
    this.#rings.get(id)?.();
    this.#rings.delete(id);
    this.#shown.get(id)?.close();
    this.#shown.delete(id);
  }

  readonly #refresh = (): void => {
    const hidden = this.#host.ownerDocument.visibilityState === 'hidden';
    this.#setBadge(this.#notices.length, hidden);
    if (hidden) for (const notice of this.#notices) this.#showOutside(notice);
  };

  /** The title is the page's: only our own prefix is taken away again. */
  #setBadge(count: number, hidden: boolean): void {
    const page = this.#host.ownerDocument;
    const bare = this.#prefix && page.title.startsWith(this.#prefix) ? page.title.slice(this.#prefix.length) : page.title;
    this.#prefix = hidden && count > 0 ? this.#host.text('notification.page-title', { count, title: '' }) : '';
    if (page.title !== this.#prefix + bare) page.title = this.#prefix + bare;
    this.#host.activeService?.host?.setBadge?.(count);
  }

  #showOutside({ id, title, body }: Notice): void {
    if (this.#shown.has(id)) return;
    const text = body.slice(0, MAX_BODY);
    const { host } = this.#host.activeService ?? {};
    if (host?.capabilities.notify === true) {
      this.#shown.set(id, undefined);
      void callHost({ what: 'notify', call: (options) => host.notify?.({ title, body: text }, options) ?? Promise.resolve() }).catch(
        () => undefined,
      );
    } else if (permission() === 'granted') {
      this.#shown.set(id, this.#notification(id, title, text));
    }
  }

  #notification(id: string, title: string, body: string): Notification | undefined {
    try {
      const shown = new Notification(title, { body, tag: `deskside-${id}` });
      shown.addEventListener('click', () => {
        globalThis.focus();
        shown.close();
      });
      return shown;
    } catch {
      // Some platforms show notifications of service workers only, and say so by throwing.
      return undefined;
    }
  }
}
