/** A received request as the port shows it. */
import type { IncomingRequestMessage, ResponseOptions } from 'sip.js/lib/core/index.js';
import type { IncomingRequest } from '../gateway.js';
import { headersWith, requestOf, toBody } from './convert.js';
import { headerText } from '../codecs/header.js';

/** What sip.js gives for any received request. */
export interface CoreRequest {
  readonly message: IncomingRequestMessage;
  accept(options?: object): unknown;
  reject(options?: object): unknown;
}

/** sip.js's options of an answer. */
export function answerOptions(
  method: string,
  status: number,
  options: NonNullable<Parameters<IncomingRequest['respond']>[1]>,
  own: readonly string[] = [],
): ResponseOptions {
  const { reason, headers, body } = options;
  return {
    statusCode: status,
    ...(reason ? { reasonPhrase: headerText(reason, 100) } : {}),
    extraHeaders: [...own, ...headersWith(method, headers, body)],
    ...(body ? { body: toBody(method, body) } : {}),
  };
}

/**
 * The request with its answer; the first answer counts.
 * @param own header lines of ours that the answer needs
 */
export function incomingRequest(request: CoreRequest, own: () => readonly string[] = () => []): IncomingRequest {
  let answered = false;
  const { method } = request.message;
  return {
    ...requestOf(request.message),
    respond(status, options = {}) {
      if (answered || status < 200) return;
      answered = true;
      const answer = answerOptions(method, status, options, status < 300 ? own() : []);
      try {
        if (status < 300) request.accept(answer);
        else request.reject(answer);
      } catch {
        // The transaction is over: nobody waits for this answer any more.
      }
    },
  };
}

/** The sender is told where the owner fails; the failure goes on to whoever received the frame. */
export function orRefuse(action: () => void, refuse: () => void): void {
  try {
    action();
  } catch (error) {
    refuse();
    throw error;
  }
}
