/** A subscription that does as it is told. */
import type { SipResponse, SipSubscription, SubscribeOptions } from '../../../src/services/protocol/gateway.js';
import { settled } from './fake-clock.js';

const header = (headers: Readonly<Record<string, string>>) => (name: string) => headers[name];

/** One SUBSCRIBE of ours, answered by the test. */
export class FakeSubscription implements SipSubscription {
  readonly options: SubscribeOptions;
  readonly accepted: Promise<SipResponse>;
  isEnded = false;
  refreshed = 0;
  #settle: (response: SipResponse) => void = () => undefined;

  constructor(options: SubscribeOptions) {
    this.options = options;
    this.accepted = new Promise((resolve) => (this.#settle = resolve));
  }

  /** Whom it is about. */
  get target(): string {
    return this.options.target;
  }

  /** Addresses of the list that was sent along. */
  get listed(): readonly string[] {
    return [...(this.options.body?.content ?? '').matchAll(/uri="([^"]*)"/g)].map(([, uri = '']) => uri);
  }

  refresh(): void {
    this.refreshed += 1;
  }

  end(): void {
    this.isEnded = true;
  }

  /** The first final response. */
  async answer(status: number, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#settle({ status, reason: '', header: header(headers) });
    await settled();
  }

  /** A notification, as the gateway passes it on once it is known to be ours. */
  notify(contentType: string, content: string, state = 'active;expires=600'): void {
    const { target } = this.options;
    this.options.onNotify({
      method: 'NOTIFY',
      identity: { address: target, asserted: false },
      from: target,
      to: 'sip:kate@deskside.test',
      callId: 'watch',
      header: header({ 'Subscription-State': state, Event: 'presence' }),
      ...(content === '' ? {} : { body: { contentType, content } }),
    });
  }

  /** The switch ends it. */
  over(reason?: string, retryAfter?: number): void {
    this.options.onEnd({ ...(reason === undefined ? {} : { reason }), ...(retryAfter === undefined ? {} : { retryAfter }) });
  }
}
