/**
 * One subscription of ours (RFC 6665). sip.js's own hides why it failed, and leaves a timer of 32 s behind. This one ends with the connection:
 * subscribe again.
 */
import { NotifyUserAgentServer, type IncomingRequestMessage, type OutgoingRequestMessage, type URI } from 'sip.js/lib/core/index.js';
import type { TimerHandle } from '../../environment.js';
import { parseAddress } from '../../domain/party.js';
import { decodeNameAddr } from '../codecs/name-addr.js';
import type { SipResponse, SipSubscription, SubscribeOptions } from '../gateway.js';
import { isSuccess, requestOf, senderOf, type CoreResponse } from './convert.js';
import { uriOf, type SipStack } from './stack.js';

/** Part of the expiry after which the subscription is refreshed. */
const REFRESH_AT = 0.85;

/** Shortest time between two refreshes, seconds, whatever the switch grants. */
const MIN_EXPIRES = 10;

/** Milliseconds within which the first NOTIFY must come (timer N, RFC 6665, 4.1.2.4). */
const NOTIFY_LIMIT = 32_000;

/** What Subscription-State says. */
interface State {
  readonly word: string;
  readonly expires?: number;
  readonly reason?: string;
  readonly retryAfter?: number;
}

function stateOf(value: string): State {
  const number = (name: string): number | undefined => {
    const digits = new RegExp(`;\\s*${name}\\s*=\\s*(\\d{1,9})`, 'i').exec(value)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const reason = /;\s*reason\s*=\s*([\w-]+)/i.exec(value)?.[1];
  const [expires, retryAfter] = [number('expires'), number('retry-after')];
  return {
    word: (/^\s*([\w-]+)/.exec(value)?.[1] ?? '').toLowerCase(),
    ...(expires === undefined ? {} : { expires }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

/** The other end of the subscription's dialog. */
interface Notifier {
  readonly tag: string;
  readonly target: URI;
  readonly routeSet: readonly string[];
}

/** See the head of the file. */
export class CoreSubscription implements SipSubscription {
  readonly accepted: Promise<SipResponse>;
  readonly #stack: SipStack;
  readonly #options: SubscribeOptions;
  readonly #onOver: () => void;
  readonly #callId: string;
  readonly #fromTag: string;
  #cseq = 0;
  #remoteCSeq = -1;
  #notifier: Notifier | undefined;
  #timer: TimerHandle | undefined;
  #isOver = false;

  constructor(stack: SipStack, options: SubscribeOptions, onOver: () => void) {
    this.#stack = stack;
    this.#options = options;
    this.#onOver = onOver;
    this.#callId = stack.freshId();
    this.#fromTag = stack.freshId().slice(0, 16);
    this.accepted = this.#begin();
  }

  refresh(): void {
    if (this.#isOver || !this.#notifier) return;
    this.#stack.environment.clearTimeout(this.#timer);
    void this.#refresh();
  }

  end(): void {
    if (this.#isOver) return;
    this.close();
    if (this.#notifier) void this.#send(0).catch(() => undefined);
  }

  /** Forgets it without a word. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stack.environment.clearTimeout(this.#timer);
    this.#onOver();
  }

  /** Takes a NOTIFY where it belongs here. @returns whether it did */
  receive(message: IncomingRequestMessage): boolean {
    if (message.callId !== this.#callId || message.toTag !== this.#fromTag) return false;
    const request = new NotifyUserAgentServer(this.#stack.core, message);
    const status = this.#judge(message);
    if (status === 200) {
      request.accept();
      this.#notified(message);
    } else request.reject({ statusCode: status });
    return true;
  }

  async #begin(): Promise<SipResponse> {
    this.#plan(NOTIFY_LIMIT, () => this.#lost({ reason: 'noresource' }));
    try {
      const response = await this.#send(this.#options.expires);
      if (!isSuccess(response)) this.close();
      else if (this.#notifier) this.#refreshAfter(Number(response.header('Expires') ?? this.#options.expires));
      return response;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #send(expires: number): Promise<CoreResponse> {
    return this.#stack.requests.run({ build: () => this.#build(expires) });
  }

  #build(expires: number): OutgoingRequestMessage {
    const { target, event, accept, headers = [], body } = this.#options;
    const notifier = this.#notifier;
    return this.#stack.message('SUBSCRIBE', notifier?.target ?? target, {
      to: target,
      callId: this.#callId,
      fromTag: this.#fromTag,
      cseq: (this.#cseq += 1),
      headers: [`Event: ${event}`, `Accept: ${accept.join(', ')}`, `Expires: ${expires}`, ...headers],
      ...(notifier ? { toTag: notifier.tag, routeSet: notifier.routeSet } : {}),
      ...(body ? { body } : {}),
    });
  }

  /** The status for a NOTIFY: it comes from whom we asked, on one dialog, in order. */
  #judge(message: IncomingRequestMessage): number {
    const { event, target } = this.#options;
    if (this.#isOver) return 481;
    const sender = senderOf(message);
    if (sender.address !== (parseAddress(target)?.address ?? target)) return 403;
    if ((message.getHeader('Event') ?? '').split(';')[0]?.trim() !== event) return 489;
    if (this.#notifier && this.#notifier.tag !== message.fromTag) return 481;
    return message.cseq <= this.#remoteCSeq ? 500 : 200;
  }

  #notified(message: IncomingRequestMessage): void {
    this.#remoteCSeq = message.cseq;
    this.#learn(message);
    const state = stateOf(message.getHeader('Subscription-State') ?? '');
    this.#options.onNotify(requestOf(message));
    if (state.word === 'terminated') {
      const { reason, retryAfter } = state;
      this.#lost({ ...(reason === undefined ? {} : { reason }), ...(retryAfter === undefined ? {} : { retryAfter }) });
    } else this.#refreshAfter(state.expires ?? this.#options.expires);
  }

  #learn(message: IncomingRequestMessage): void {
    if (this.#notifier) return;
    const contact = decodeNameAddr(message.getHeader('Contact') ?? '')?.uri;
    this.#notifier = {
      tag: message.fromTag,
      target: uriOf(contact ?? this.#options.target),
      routeSet: message.getHeaders('Record-Route'),
    };
  }

  #refreshAfter(granted: number): void {
    const seconds = Math.max(granted > 0 ? Math.min(granted, this.#options.expires) : this.#options.expires, MIN_EXPIRES);
    this.#plan(seconds * 1000 * REFRESH_AT, () => void this.#refresh());
  }

  async #refresh(): Promise<void> {
    const response = await this.#send(this.#options.expires);
    if (this.#isOver) return;
    if (isSuccess(response)) {
      this.#refreshAfter(Number(response.header('Expires') ?? this.#options.expires));
      return;
    }
    const retryAfter = Number(/^\s*(\d{1,6})/.exec(response.header('Retry-After') ?? '')?.[1] ?? NaN);
    this.#lost(retryAfter > 0 ? { retryAfter } : {});
  }

  #lost(end: Parameters<SubscribeOptions['onEnd']>[0]): void {
    if (this.#isOver) return;
    this.close();
    this.#options.onEnd(end);
  }

  #plan(ms: number, action: () => void): void {
    if (this.#isOver) return;
    this.#stack.environment.clearTimeout(this.#timer);
    this.#timer = this.#stack.environment.setTimeout(action, ms);
  }
}

/** The subscriptions of one gateway. */
export class Subscriptions {
  readonly #all = new Set<CoreSubscription>();

  /** Subscribes. */
  add(stack: SipStack, options: SubscribeOptions): SipSubscription {
    const subscription: CoreSubscription = new CoreSubscription(stack, options, () => this.#all.delete(subscription));
    this.#all.add(subscription);
    return subscription;
  }

  /** Gives a NOTIFY to its subscription. @returns whether there is one */
  receive(message: IncomingRequestMessage): boolean {
    return [...this.#all].some((subscription) => subscription.receive(message));
  }

  /** The connection took them along. */
  closeAll(): void {
    for (const subscription of [...this.#all]) subscription.close();
  }
}
