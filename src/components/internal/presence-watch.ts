/** Watches the presence of whom an element shows, and of nobody else. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SipService } from '../../services/index.js';

/** See the head of the file. */
export class PresenceWatch implements ReactiveController {
  #watched: { readonly key: string; readonly service: SipService; readonly end: AbortController } | undefined;

  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#watched?.end.abort();
    this.#watched = undefined;
  }

  /** Watches these from now on. Who was watched and still is stays watched without a gap. */
  watch(service: SipService, addresses: readonly string[]): void {
    const key = [...new Set(addresses)].sort().join(' ');
    const before = this.#watched;
    if (!this.#host.isConnected || (before?.key === key && before.service === service)) return;
    const end = new AbortController();
    this.#watched = { key, service, end };
    if (key) service.presence.watch(key.split(' '), end.signal);
    before?.end.abort();
  }
}
