/**
 * Runs requests to their final response: challenges answered, within a time limit of ours (sip.js waits 32 s, timer F), ended at once when the
 * socket goes (sip.js waits for its timer).
 */
import type { IncomingResponse, OutgoingRequestDelegate, OutgoingRequestMessage, UserAgentCore } from 'sip.js/lib/core/index.js';
import type { Environment, TimerHandle } from '../../environment.js';
import type { Authenticator, Authorization } from './authenticator.js';
import { isSuccess, madeUp, NO_RESPONSE, responseOf, type CoreResponse } from './convert.js';
import { isTooLong, tooLong, type SipSocket } from './socket.js';

/** Milliseconds that a request other than INVITE may wait: the switch gives up a silent device after 5 s. */
export const REQUEST_LIMIT = 10_000;

/** Settles a request; the first word counts. */
export type Settle = (response: CoreResponse) => void;

/** One request, which may have to be sent again. */
export interface RequestPlan {
  /** Makes the message; anew for each try, with a CSeq of its own. */
  build(): OutgoingRequestMessage;
  /** Hands it to sip.js; by default as a request that is no INVITE. */
  transmit?(message: OutgoingRequestMessage, settle: Settle): void;
  /** Milliseconds; Infinity where the plan has a limit of its own. */
  readonly limit?: number;
}

/** A delegate that settles on whatever final response comes. */
function onFinal(settle: Settle): OutgoingRequestDelegate {
  const final = ({ message }: IncomingResponse): void => settle(responseOf(message));
  return { onAccept: final, onReject: final, onRedirect: final };
}

/** What it works with. */
export interface RequestsOptions {
  readonly environment: Environment;
  readonly socket: SipSocket;
  readonly authenticator: Authenticator;
  core(): UserAgentCore;
}

/** The requests under way. */
export class Requests {
  readonly #options: RequestsOptions;
  readonly #waiting = new Set<Settle>();
  #closed = false;

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  /** Settles on the final response; status 0: no connection, 408: no answer. Rejects with `ServiceError` `too-long`. */
  async run(plan: RequestPlan): Promise<CoreResponse> {
    const challenges = this.#options.authenticator.challenges();
    let authorization: Authorization | undefined;
    for (;;) {
      // The first try is sent before this function first waits: requests of a dialog keep their order.
      const response = await this.#once(plan, authorization);
      if (isSuccess(response)) this.#options.authenticator.accepted();
      if (response.status !== 401 && response.status !== 407) return response;
      authorization = await challenges.answer(response);
      if (!authorization) return response;
    }
  }

  /** The socket is gone: whoever waits is told, and sip.js's transactions, which would wait on, are ended. */
  fail(): void {
    for (const settle of [...this.#waiting]) settle(NO_RESPONSE);
    const { userAgentClients } = this.#options.core();
    for (const client of [...userAgentClients.values()]) client.dispose();
    userAgentClients.clear();
  }

  /** Nothing is sent any more. */
  close(): void {
    this.#closed = true;
    this.fail();
  }

  async #once(plan: RequestPlan, authorization: Authorization | undefined): Promise<CoreResponse> {
    if (!this.#options.socket.open || this.#closed) return NO_RESPONSE;
    const message = plan.build();
    if (authorization) {
      const request = { method: message.method, uri: message.ruri.toRaw(), body: bodyText(message) };
      message.setHeader(authorization.name, authorization.value(request));
    }
    guardLength(message);
    return this.wait(plan.limit ?? REQUEST_LIMIT, (settle) => {
      if (plan.transmit) plan.transmit(message, settle);
      else this.#options.core().request(message, onFinal(settle));
    });
  }

  /** Waits for `send` to settle; 408 after `limit` ms, 0 when the socket goes. What `send` throws rejects. */
  wait(limit: number, send: (settle: Settle) => void): Promise<CoreResponse> {
    const { socket, environment } = this.#options;
    if (!socket.open || this.#closed) return Promise.resolve(NO_RESPONSE);
    return new Promise((resolve, reject) => {
      let timer: TimerHandle;
      const settle: Settle = (response) => {
        environment.clearTimeout(timer);
        this.#waiting.delete(settle);
        resolve(response);
      };
      this.#waiting.add(settle);
      if (Number.isFinite(limit)) timer = environment.setTimeout(() => settle(madeUp(408, 'No answer')), limit);
      try {
        send(settle);
      } catch (error) {
        reject(error instanceof Error ? error : new Error('The request could not be made.', { cause: error }));
        settle(NO_RESPONSE);
      }
    });
  }
}

function bodyText({ body }: OutgoingRequestMessage): string {
  return typeof body === 'string' ? body : (body?.body ?? '');
}

/** @throws ServiceError `too-long`. Written out only where it may be: writing costs. */
function guardLength(message: OutgoingRequestMessage): void {
  if (bodyText(message).length > 8000 && isTooLong(message.toString())) throw tooLong();
}
