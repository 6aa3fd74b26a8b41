/** What calls for attention beside the card itself: the ring, the page's title, the browser's or the host's notification while the page is hidden. */
import type { ReactiveController } from 'lit';
import { callHost } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { RingController } from '../internal/ring-controller.js';

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
  readonly #ring: RingController;
  #notices: readonly Notice[] = [];
  readonly #shown = new Map<string, Notification | undefined>();
  #prefix = '';

  constructor(host: DesksideElement & { readonly ring: string | undefined }) {
    this.#host = host;
    this.#ring = new RingController(host);
    host.addController(this);
  }

  /** It should ring, and the browser does not let it yet. */
  get blocked(): boolean {
    return this.#ring.blocked;
  }

  /** It should ring, and the browser has nothing to play it on. */
  get silent(): boolean {
    return this.#ring.unavailable;
  }

  /** The person has not been asked about notifications of the browser; asking is only allowed from a click. */
  get canAsk(): boolean {
    return permission() === 'default' && this.#host.activeService?.host?.capabilities.notify !== true;
  }

  /** Makes sound, from a click. */
  readonly unblock = (): void => this.#ring.unblock();

  /** Asks for notifications of the browser, from a click. */
  readonly ask = (): void => {
    void Notification.requestPermission().then(() => this.#host.requestUpdate());
  };

  hostConnected(): void {
    this.#host.ownerDocument.addEventListener('visibilitychange', this.#refresh);
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener('visibilitychange', this.#refresh);
    this.follow([]);
  }

  /** These stand now: new ones ring, those that are gone are silent. */
  follow(notices: readonly Notice[]): void {
    for (const id of this.#shown.keys()) if (!notices.some((notice) => notice.id === id)) this.#forget(id);
    this.#notices = notices;
    this.#ring.follow(notices.map(({ id }) => id));
    this.#refresh();
  }

  #forget(id: string): void {
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
