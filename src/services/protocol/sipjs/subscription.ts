/** One SUBSCRIBE dialog (RFC 6665). */
import type { IncomingRequestMessage, Subscription } from 'sip.js/lib/core/index.js';
import type { SipResponse, SipSubscription, SubscribeOptions } from '../gateway.js';
import { NO_RESPONSE, requestOf, responseOf } from './convert.js';
import type { SipStack } from './stack.js';

/** Seconds asked to wait before subscribing again (RFC 6665, 4.1.3). */
function retryAfter(message: IncomingRequestMessage): number | undefined {
  const seconds = Number(/retry-after=(\d{1,6})/i.exec(message.getHeader('Subscription-State') ?? '')?.[1]);
  return seconds > 0 ? seconds : undefined;
}

/** Subscribes; the subscription is refreshed by sip.js's dialog until it ends. */
export function subscribe(stack: SipStack, options: SubscribeOptions): SipSubscription {
  const { target, event, accept, expires, headers = [], body } = options;
  let subscription: Subscription | undefined;
  let ended = false;

  const notify = (message: IncomingRequestMessage, respond: () => void): void => {
    respond();
    if (ended) return;
    options.onNotify(requestOf(message));
    const state = message.getHeader('Subscription-State') ?? '';
    if (!/^\s*terminated/i.test(state)) return;
    ended = true;
    const reason = /reason=([\w-]+)/i.exec(state)?.[1];
    const seconds = retryAfter(message);
    options.onEnd({ ...(reason ? { reason } : {}), ...(seconds ? { retryAfter: seconds } : {}) });
  };

  const accepted = stack.final((settle) => {
    const message = stack.message('SUBSCRIBE', target, {
      headers: [`Event: ${event}`, `Accept: ${accept.join(', ')}`, `Expires: ${expires}`, ...headers],
      ...(body ? { body } : {}),
    });
    stack.core.subscribe(message, {
      onAccept: (response) => settle(responseOf(response.message)),
      onReject: (response) => settle(responseOf(response.message)),
      onNotify: (established) => {
        const dialog = established.subscription;
        subscription = dialog;
        if (!dialog) return;
        dialog.autoRefresh = true;
        dialog.delegate = {
          onNotify: (received) => notify(received.message, () => received.accept()),
          onTerminated: () => {
            if (!ended) options.onEnd({});
            ended = true;
          },
        };
        notify(established.request.message, () => established.request.accept());
      },
      onNotifyTimeout: () => settle({ ...NO_RESPONSE, status: 408, reason: 'No NOTIFY' } satisfies SipResponse),
    });
  });

  return {
    accepted,
    end() {
      if (ended) return;
      ended = true;
      try {
        subscription?.unsubscribe();
      } catch {
        // The dialog ended by itself meanwhile.
      }
    },
  };
}
