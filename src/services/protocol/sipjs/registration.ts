/** REGISTER (RFC 3261, 10; RFC 5626, 5627): one binding of this instance, refreshed before it expires. */
import type { TimerHandle } from '../../environment.js';
import { decodeNameAddrList, type NameAddr } from '../codecs/name-addr.js';
import type { RegisterOptions, SipGateway, SipResponse } from '../gateway.js';
import { isSuccess, safeHeaders, type CoreResponse } from './convert.js';
import { uriOf, type SipStack } from './stack.js';

/** Part of the expiry after which the binding is refreshed. */
const REFRESH_AT = 0.8;

/** Longest expiry that is believed, seconds: timers hold no more than 24 days. */
const MAX_EXPIRES = 86_400;

/** The binding of one gateway. Nothing of an attempt outlives it: one that the connection took along locks nothing. */
export class Registration {
  readonly #stack: SipStack;
  readonly #registrar: string;
  readonly #callId: string;
  readonly #fromTag: string;
  #cseq = 0;
  #timer: TimerHandle | undefined;
  #round = 0;
  /** Our contact as the registrar writes it: some put another address into it. */
  #bound: string | undefined;

  constructor(stack: SipStack) {
    this.#stack = stack;
    this.#registrar = `sip:${uriOf(stack.account.address).host}`;
    this.#callId = stack.freshId();
    this.#fromTag = stack.freshId().slice(0, 16);
  }

  /** Registers; settles on the final answer. A later call, or `unregister`, takes the place of this one. */
  async register(options: RegisterOptions): Promise<SipResponse> {
    this.stop();
    const round = ++this.#round;
    let response = await this.#bind(options.expires, options.features);
    const least = Number(response.status === 423 ? response.header('Min-Expires') : NaN);
    if (least > options.expires && least <= MAX_EXPIRES) response = await this.#bind(least, options.features);
    // Many switches refuse a wrong password with 403, without another nonce.
    if (response.status === 403) this.#stack.authenticator.refused();
    if (round === this.#round && isSuccess(response)) this.#keep(round, options, response);
    return response;
  }

  /** Removes the binding. */
  async unregister(): Promise<SipResponse> {
    this.stop();
    this.#round += 1;
    return this.#bind(0, []);
  }

  /** Who is registered as this device? See `SipGateway.look`. */
  async look(): ReturnType<SipGateway['look']> {
    const response = await this.#send([]);
    const taken = isSuccess(response) ? this.#ownContact(response) : undefined;
    return { status: response.status, isTaken: taken !== undefined && this.#bound !== undefined && taken.uri !== this.#bound };
  }

  /** Refreshes no more. */
  stop(): void {
    this.#stack.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #bind(expires: number, features: readonly string[]): Promise<CoreResponse> {
    const { account, registerContact } = this.#stack;
    const parameters = ['reg-id=1', `+sip.instance="<urn:uuid:${account.instanceId}>"`, ...features, `expires=${expires}`];
    return this.#send([`Contact: ${registerContact};${parameters.join(';')}`, `Expires: ${expires}`]);
  }

  #send(headers: readonly string[]): Promise<CoreResponse> {
    return this.#stack.requests.run({
      build: () =>
        this.#stack.message('REGISTER', this.#registrar, {
          to: this.#stack.account.address,
          callId: this.#callId,
          fromTag: this.#fromTag,
          cseq: (this.#cseq += 1),
          headers: safeHeaders(headers),
        }),
    });
  }

  /** Learns our GRUU (RFC 5627, 4.2), and plans the refresh. */
  #keep(round: number, options: RegisterOptions, response: CoreResponse): void {
    const own = this.#ownContact(response);
    this.#bound = own?.uri;
    this.#stack.gruu = own?.parameters.get('pub-gruu');
    const granted = Number(own?.parameters.get('expires') ?? response.header('Expires') ?? options.expires);
    const seconds = granted > 0 ? Math.min(granted, MAX_EXPIRES) : options.expires;
    this.#timer = this.#stack.environment.setTimeout(() => void this.#refresh(round, options), seconds * 1000 * REFRESH_AT);
  }

  async #refresh(round: number, options: RegisterOptions): Promise<void> {
    const { isTaken } = await this.look();
    if (round !== this.#round) return;
    if (isTaken) return options.onTaken?.();
    const response = await this.register(options);
    if (this.#round === round + 1 && !isSuccess(response)) options.onLost(response);
  }

  /** The answer lists the contacts of all our devices: ours is the one with our instance id. */
  #ownContact(response: CoreResponse): NameAddr | undefined {
    const contacts = response.all('Contact').flatMap((value) => decodeNameAddrList(value) ?? []);
    const instance = this.#stack.account.instanceId.toLowerCase();
    return (
      contacts.find(({ parameters }) => parameters.get('+sip.instance')?.toLowerCase().includes(instance)) ??
      contacts.find(({ uri }) => this.#stack.registerContact.includes(uri))
    );
  }
}
