/** The gateway: the port's methods on the stack. */
import type { Environment } from '../../environment.js';
import type { Credentials } from '../../service-config.js';
import type { GatewayAccount, GatewayEvents, RegisterOptions, SipGateway, SipResponse } from '../gateway.js';
import { Authenticator } from './authenticator.js';
import { Dialogs } from './dialogs.js';
import { receiveInvite } from './incoming-invite.js';
import { incomingRequest, orRefuse } from './incoming-request.js';
import { CoreInvite } from './outgoing-invite.js';
import { Registration } from './registration.js';
import { SipStack, uriOf, type MessageOptions } from './stack.js';
import { Subscriptions } from './subscription.js';

/** What a gateway is made of. */
export interface GatewayOptions {
  readonly environment: Environment;
  readonly account: GatewayAccount;
  readonly credentials: Credentials | undefined;
  readonly events: GatewayEvents;
}

/** See `createSipJsGateway`. */
class SipJsGateway implements SipGateway {
  readonly #stack: SipStack;
  readonly #dialogs: Dialogs;
  readonly #subscriptions = new Subscriptions();
  readonly #registration: Registration;
  readonly #domain: string;

  constructor({ environment, account, credentials, events }: GatewayOptions) {
    this.#dialogs = new Dialogs(() => this.#stack);
    this.#stack = new SipStack({
      environment,
      account,
      authenticator: new Authenticator(credentials, account.authUser, environment),
      delegate: {
        onInvite: (request) => {
          const invite = receiveInvite(this.#stack, this.#dialogs, request);
          if (invite)
            orRefuse(
              () => events.onInvite(invite),
              () => invite.reject(500),
            );
        },
        onMessage: (request) => {
          const message = incomingRequest(request);
          orRefuse(
            () => events.onMessage(message),
            () => message.respond(500),
          );
        },
        onNotify: (request) => void request.reject({ statusCode: 481 }),
        onRefer: (request) => void request.reject({ statusCode: 405 }),
        onSubscribe: (request) => void request.reject({ statusCode: 489 }),
      },
      admit: (message) => (message.method === 'NOTIFY' && this.#subscriptions.receive(message) ? false : this.#dialogs.admit(message)),
      onFault: (fault) => events.onFault?.(fault),
      onClose: (close) => {
        this.#leave();
        events.onDisconnect(close);
      },
    });
    this.#registration = new Registration(this.#stack);
    this.#domain = `sip:${uriOf(account.address).host}`;
  }

  get connected(): boolean {
    return this.#stack.socket.open;
  }

  get heardAt(): number {
    return this.#stack.socket.heardAt;
  }

  get gruu(): string | undefined {
    return this.#stack.gruu;
  }

  async connect(server: string): Promise<void> {
    this.#leave();
    this.#stack.requests.fail();
    await this.#stack.socket.connect(server);
  }

  disconnect(): Promise<void> {
    this.#leave();
    this.#stack.socket.close();
    this.#stack.requests.fail();
    return Promise.resolve();
  }

  register(options: RegisterOptions): Promise<SipResponse> {
    return this.#registration.register(options);
  }

  look(): ReturnType<SipGateway['look']> {
    return this.#registration.look();
  }

  unregister(): Promise<SipResponse> {
    return this.#registration.unregister();
  }

  options(limit: number): Promise<SipResponse> {
    return this.#send('OPTIONS', this.#domain, {}, limit);
  }

  invite(options: Parameters<SipGateway['invite']>[0]): CoreInvite {
    return new CoreInvite(this.#stack, this.#dialogs, options);
  }

  message(target: string, body: Parameters<SipGateway['message']>[1], headers: readonly string[] = []): Promise<SipResponse> {
    return this.#send('MESSAGE', target, { body, headers });
  }

  publish({ event, expires, etag, body }: Parameters<SipGateway['publish']>[0]): Promise<SipResponse> {
    const headers = [`Event: ${event}`, `Expires: ${expires}`, ...(etag ? [`SIP-If-Match: ${etag}`] : [])];
    return this.#send('PUBLISH', this.#stack.account.address, { headers, ...(body ? { body } : {}) });
  }

  subscribe(options: Parameters<SipGateway['subscribe']>[0]): ReturnType<SipGateway['subscribe']> {
    return this.#subscriptions.add(this.#stack, options);
  }

  receive(frame: string): void {
    this.#stack.receiveForeign(frame);
  }

  dispose(): void {
    this.#leave();
    this.#stack.dispose();
  }

  /** What ends with the connection. Dialogs go on over the next one. */
  #leave(): void {
    this.#registration.stop();
    this.#subscriptions.closeAll();
  }

  #send(method: string, target: string, options: MessageOptions, limit?: number): Promise<SipResponse> {
    const series = { callId: this.#stack.freshId(), fromTag: this.#stack.freshId().slice(0, 16) };
    let cseq = 0;
    const build = (): ReturnType<SipStack['message']> => this.#stack.message(method, target, { ...options, ...series, cseq: (cseq += 1) });
    return this.#stack.requests.run({ build, ...(limit === undefined ? {} : { limit }) });
  }
}

/**
 * Makes a SIP stack for one account.
 * @throws ServiceError `configuration` where the address is malformed
 */
export function createSipJsGateway(options: GatewayOptions): SipGateway {
  return new SipJsGateway(options);
}
