/** The gateway: the port's methods on the stack. */
import type { Environment } from '../../environment.js';
import type { Credentials } from '../../service-config.js';
import type { GatewayAccount, GatewayEvents, SipGateway, SipResponse } from '../gateway.js';
import { NO_RESPONSE, onFinal } from './convert.js';
import { incomingRequest } from './dialog.js';
import { DigestCredentials } from './digest-credentials.js';
import { Dialogs, receiveInvite, sendInvite } from './invites.js';
import { Registration } from './registration.js';
import { SipStack, uriOf } from './stack.js';
import { subscribe } from './subscription.js';

/** What a gateway is made of. */
export interface GatewayOptions {
  readonly environment: Environment;
  readonly account: GatewayAccount;
  readonly credentials: Credentials | undefined;
  readonly events: GatewayEvents;
}

/**
 * Makes a SIP stack for one account.
 * @throws ServiceError `configuration` where the address is malformed
 */
export function createSipJsGateway({ environment, account, credentials, events }: GatewayOptions): SipGateway {
  const dialogs = new Dialogs();
  const stack: SipStack = new SipStack(
    environment,
    account,
    new DigestCredentials(credentials, account.authUser, environment),
    {
      onInvite: (request) => {
        const invite = receiveInvite(stack, dialogs, request);
        if (invite) events.onInvite(invite);
      },
      onMessage: (request) => events.onMessage(incomingRequest(request)),
      onNotify: (request) => void request.reject({ statusCode: 481 }),
      onRefer: (request) => void request.reject({ statusCode: 405 }),
      onSubscribe: (request) => void request.reject({ statusCode: 489 }),
    },
    (close) => {
      registration.stop();
      events.onDisconnect(close);
    },
  );
  const registration = new Registration(stack);
  const domain = `sip:${uriOf(account.address).host}`;
  const send = (method: 'MESSAGE' | 'PUBLISH' | 'OPTIONS', target: string, options: Parameters<SipStack['message']>[2] = {}): Promise<SipResponse> =>
    stack.final((settle) => void stack.core.request(stack.message(method, target, options), onFinal(settle)));

  return {
    connect: (server) => stack.socket.connect(server),
    get connected() {
      return stack.socket.open;
    },
    disconnect: async () => {
      registration.stop();
      stack.socket.close();
      stack.failWaiting();
    },
    get gruu() {
      return stack.gruu;
    },
    register: (options) => registration.register(options),
    unregister: () => registration.unregister(),
    options: (limit) => withLimit(environment, limit, send('OPTIONS', domain)),
    invite: (options) => sendInvite(stack, dialogs, options),
    message: (target, body, headers = []) => send('MESSAGE', target, { body, headers }),
    publish: ({ event, expires, etag, body }) =>
      send('PUBLISH', account.address, {
        headers: [`Event: ${event}`, `Expires: ${expires}`, ...(etag ? [`SIP-If-Match: ${etag}`] : [])],
        ...(body ? { body } : {}),
      }),
    subscribe: (options) => subscribe(stack, options),
    dispose: () => {
      registration.stop();
      stack.dispose();
    },
  };
}

/** The response, or 408 after `limit` ms. */
function withLimit(environment: Environment, limit: number, response: Promise<SipResponse>): Promise<SipResponse> {
  return new Promise((resolve, reject) => {
    const timer = environment.setTimeout(() => resolve({ ...NO_RESPONSE, status: 408, reason: 'No answer' }), limit);
    response.then(resolve, reject).finally(() => environment.clearTimeout(timer));
  });
}
