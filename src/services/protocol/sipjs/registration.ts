/** REGISTER (RFC 3261, 10; RFC 5626, 5627): one binding of this instance, refreshed before it expires. */
import type { TimerHandle } from '../../environment.js';
import type { SipGateway, SipResponse } from '../gateway.js';
import { NO_RESPONSE, onFinal } from './convert.js';
import { uriOf, type SipStack } from './stack.js';

/** Part of the expiry after which the binding is refreshed. */
const REFRESH_AT = 0.8;

/** The binding of one gateway. */
export class Registration {
  readonly #stack: SipStack;
  readonly #registrar: string;
  readonly #callId: string;
  #cseq = 0;
  #timer: TimerHandle | undefined;
  #round = 0;

  constructor(stack: SipStack) {
    this.#stack = stack;
    this.#registrar = `sip:${uriOf(stack.account.address).host}`;
    this.#callId = stack.environment.randomId();
  }

  /** Registers, with a new secret once if the one at hand is refused. */
  async register(options: Parameters<SipGateway['register']>[0]): Promise<SipResponse> {
    const round = ++this.#round;
    this.stop();
    const response = await this.#authorised(() => this.#send(options.expires, options.features));
    if (round !== this.#round || response.status < 200 || response.status >= 300) return response;
    this.#learn(response);
    this.#refreshLater(round, options, this.#grantedSeconds(response, options.expires));
    return response;
  }

  /** Removes the binding. */
  async unregister(): Promise<SipResponse> {
    this.#round += 1;
    this.stop();
    return this.#authorised(() => this.#send(0, []));
  }

  /** Refreshes no more. */
  stop(): void {
    this.#stack.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #authorised(send: () => Promise<SipResponse>): Promise<SipResponse> {
    const { credentials } = this.#stack;
    await credentials.prepare();
    let response = await send();
    if (response.status === 401 || response.status === 407 || response.status === 403) {
      credentials.refused();
      if (!credentials.renewable) return response;
      await credentials.prepare();
      response = await send();
    }
    if (response.status >= 200 && response.status < 300) credentials.accepted();
    return response;
  }

  #send(expires: number, features: readonly string[]): Promise<SipResponse> {
    const { account } = this.#stack;
    const parameters = [`+sip.instance="<urn:uuid:${account.instanceId}>"`, 'reg-id=1', ...features];
    const message = this.#stack.message('REGISTER', this.#registrar, {
      to: account.address,
      callId: this.#callId,
      cseq: (this.#cseq += 2),
      headers: [`Contact: ${this.#stack.registerContact};${parameters.join(';')};expires=${expires}`, `Expires: ${expires}`, 'Supported: path, gruu, outbound'],
    });
    return this.#stack.final((settle) => void this.#stack.core.register(message, onFinal(settle)));
  }

  /** Our public GRUU from the Contact that is ours (RFC 5627, 4.2). */
  #learn(response: SipResponse): void {
    const gruu = /pub-gruu="([^"]+)"/i.exec(response.header('Contact') ?? '')?.[1];
    this.#stack.gruu = gruu;
  }

  #grantedSeconds(response: SipResponse, asked: number): number {
    const granted = /;expires=(\d{1,9})/i.exec(response.header('Contact') ?? '')?.[1] ?? response.header('Expires');
    const seconds = Number(granted);
    return seconds > 0 ? Math.min(seconds, asked) : asked;
  }

  #refreshLater(round: number, options: Parameters<SipGateway['register']>[0], seconds: number): void {
    this.#timer = this.#stack.environment.setTimeout(() => {
      void this.register(options).then((response) => {
        if (round + 1 === this.#round && (response.status < 200 || response.status >= 300)) options.onLost(response ?? NO_RESPONSE);
      });
    }, seconds * 1000 * REFRESH_AT);
  }
}
