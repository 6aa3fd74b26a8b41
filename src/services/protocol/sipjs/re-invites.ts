/**
 * Re-INVITEs of one dialog, one after the other. A re-INVITE that meets the peer's, or arrives in the tick of the last ACK, is answered 491
 * or 500 and tried again later (RFC 3261, 14.1; RFC 5407, 3.1.5).
 */
import type { OutgoingInviteRequestDelegate, SessionDialog } from 'sip.js/lib/core/index.js';
import type { SipDialog, SipResponse } from '../gateway.js';
import { headersWith, madeUp, responseOf, toBody, type CoreResponse } from './convert.js';
import { REQUEST_LIMIT, type Settle } from './requests.js';
import { ALLOW, type SipStack } from './stack.js';

/** Tries of one re-INVITE, the first included. */
const MAX_TRIES = 4;

/** Longest wait that a Retry-After may ask for, seconds. */
const MAX_RETRY_AFTER = 10;

type Options = Parameters<SipDialog['reinvite']>[0];

/** See the head of the file. */
export class ReInvites {
  readonly #stack: SipStack;
  readonly #session: SessionDialog;
  readonly #isCaller: boolean;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(stack: SipStack, session: SessionDialog, isCaller: boolean) {
    this.#stack = stack;
    this.#session = session;
    this.#isCaller = isCaller;
  }

  /** Settles on the final response of the last try. */
  send(options: Options): Promise<SipResponse> {
    const result = this.#queue.then(() => this.#tries(options));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #tries(options: Options): Promise<SipResponse> {
    for (let count = 1; ; count++) {
      const response = await this.#once(options);
      const wait = count < MAX_TRIES ? this.#waitAfter(response) : undefined;
      if (wait === undefined) return response;
      await new Promise<void>((resolve) => this.#stack.environment.setTimeout(resolve, wait));
    }
  }

  /** Milliseconds until the next try; undefined where there is none. */
  #waitAfter(response: CoreResponse): number | undefined {
    const { environment } = this.#stack;
    // Who owns the Call-ID waits longer, so that the two do not meet again (14.1).
    if (response.status === 491) return this.#isCaller ? 2100 + environment.random() * 1900 : environment.random() * 2000;
    const asked = response.status === 500 ? Number(/^\s*(\d{1,3})/.exec(response.header('Retry-After') ?? '')?.[1] ?? NaN) : NaN;
    return asked <= MAX_RETRY_AFTER ? asked * 1000 : undefined;
  }

  async #once({ body: given, headers }: Options): Promise<CoreResponse> {
    const stack = this.#stack;
    const body = typeof given === 'function' ? await given() : given;
    const extraHeaders = [`Contact: ${stack.contact}`, ALLOW, ...headersWith('INVITE', headers, body)];
    return stack.requests.wait(REQUEST_LIMIT, (settle) => {
      try {
        this.#session.invite(delegate(settle), { extraHeaders, body: toBody('INVITE', body) });
      } catch {
        // Another re-INVITE, ours or the peer's, is under way: as if the peer had said so.
        settle(madeUp(491, 'Request Pending'));
      }
    });
  }
}

function delegate(settle: Settle): OutgoingInviteRequestDelegate {
  return {
    onAccept: (response) => {
      response.ack();
      settle(responseOf(response.message));
    },
    onReject: ({ message }) => settle(responseOf(message)),
    onRedirect: ({ message }) => settle(responseOf(message)),
  };
}
