/** Transfers of one call, in both roles: this agent sends the other side to somebody, or the other side sends this agent. */
import { isAlive, isUp } from '../../domain/call.js';
import type { OutcomeCode } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import { ServiceError, type ServiceErrorCode } from '../../service-error.js';
import { encodeReason } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { IncomingRequest, SipDialog } from '../gateway.js';
import { IncomingTransfer } from './incoming-transfer.js';
import type { MovedCall } from './moved-call.js';
import { OutgoingTransfer } from './outgoing-transfer.js';
import { readReferTo } from './refer-to.js';

const TRANSFERRED = encodeReason({ protocol: 'SIP', cause: 200, text: 'Transferred' });

/** How a transfer failed → what the command rejects with. */
const ERRORS: Readonly<Partial<Record<OutcomeCode, ServiceErrorCode>>> = {
  busy: 'busy',
  'do-not-disturb': 'busy',
  'no-answer': 'no-answer',
  rejected: 'rejected',
  'not-logged-in': 'not-logged-in',
  'no-such-agent': 'not-found',
  'not-allowed': 'not-allowed',
  unsupported: 'unsupported',
};

/** See the head of the file. */
export class CallTransfers {
  readonly #context: EngineContext;
  readonly #call: MovedCall;
  #sending: OutgoingTransfer | undefined;
  #following: IncomingTransfer | undefined;

  constructor(context: EngineContext, call: MovedCall) {
    this.#context = context;
    this.#call = call;
  }

  /**
   * Sends the other side to somebody and, once the two are connected, ends this call. What fails leaves it as it was.
   * @param uri the URI of Refer-To
   * @throws ServiceError that says why the two are not connected
   */
  async send(to: Party, uri: string): Promise<void> {
    const dialog = this.#call.up();
    this.#call.change({ pending: 'transferring', transfer: { to, status: 'trying' } });
    const onRinging = (): void => this.#call.change({ transfer: { to, status: 'ringing' } });
    this.#sending = new OutgoingTransfer({ context: this.#context, dialog, to, uri, onRinging });
    const outcome = await this.#sending.outcome;
    this.#sending = undefined;
    if (outcome) {
      if (isAlive(this.#call.call())) this.#call.change({ pending: undefined, transfer: { to, status: 'failed', outcome } });
      throw new ServiceError(ERRORS[outcome.code] ?? 'unreachable', 'The transfer failed. The call is as it was.');
    }
    this.#call.change({ pending: undefined, transfer: { to, status: 'done' } });
    await this.#call.end(TRANSFERRED);
  }

  /** A NOTIFY in the call's dialog. */
  notified(request: IncomingRequest): void {
    if (this.#sending) this.#sending.notified(request);
    else request.respond(481);
  }

  /** The other side sends us to somebody of the own contact centre: the call follows by itself, and says so meanwhile. */
  referred(request: IncomingRequest, dialog: SipDialog): void {
    const to = readReferTo(request.header('Refer-To'));
    const status = this.#refusal(to?.address);
    request.respond(status);
    if (!to || status !== 202) return;
    const { leg, events } = this.#call.prepare();
    this.#call.change({ transfer: { to: this.#context.party({ address: to.address, asserted: false }), status: 'trying' } });
    this.#following = new IncomingTransfer({
      context: this.#context,
      dialog,
      to,
      leg,
      events,
      onConnected: (fresh, { heldByPeer }) => {
        this.#following = undefined;
        this.#call.goOn(leg, fresh, true, heldByPeer);
      },
      onFailed: () => {
        this.#following = undefined;
        this.#call.change({ transfer: undefined });
      },
    });
    void this.#following.run();
  }

  /** The call is over. */
  stop(): void {
    this.#sending?.stop();
    this.#following?.stop();
  }

  /** The answer to a REFER: 202, or what stands in the way. */
  #refusal(address: string | undefined): number {
    if (address === undefined) return 400;
    if (!this.#context.internal(address)) return 403;
    return isUp(this.#call.call()) && !this.#following && !this.#sending ? 202 : 491;
  }
}
