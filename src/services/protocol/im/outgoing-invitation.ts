/** An invitation of ours that is under way: rings, runs out, is taken back, is answered. Settles once. */
import type { Outcome } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import { encodeReason } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, OutgoingInvite, SipBody, SipDialog, SipGateway, SipResponse } from '../gateway.js';
import { outcomeOf } from './answers.js';

/** Later than Expires by this much, ms: the callee's own 487 shall win. */
const MARGIN = 1000;
const CANCEL_REASON = encodeReason({ protocol: 'SIP', cause: 487, text: 'Invitation withdrawn' });

/** What it needs. */
export interface OutgoingInvitationOptions {
  readonly context: EngineContext;
  readonly gateway: SipGateway;
  readonly target: Party;
  readonly body: SipBody;
  readonly headers?: readonly string[];
  /** Seconds. */
  readonly expires: number;
  readonly events: DialogEvents;
  onRinging(): void;
  /** A person accepted. */
  onAccepted(dialog: SipDialog, response: SipResponse): void;
  /** It came to nothing. `status` of the answer, 0 where none came. */
  onFailed(outcome: Outcome, status: number): void;
}

/** See the head of the file. */
export class OutgoingInvitation {
  readonly #options: OutgoingInvitationOptions;
  readonly #invite: OutgoingInvite;
  readonly #timer: unknown;
  #ringing = false;
  #expired = false;
  #cancelled = false;
  #over = false;

  constructor(options: OutgoingInvitationOptions) {
    this.#options = options;
    const { context, gateway, target, body, headers, expires, events } = options;
    this.#invite = gateway.invite({
      target: target.address,
      body,
      expires,
      events,
      ...(headers ? { headers } : {}),
      onProgress: (response) => this.#progress(response),
    });
    this.#timer = context.host.environment.setTimeout(() => this.#expire(), expires * 1000 + MARGIN);
    void this.#wait();
  }

  /** Takes it back; `onFailed` comes with the switch's confirmation. */
  cancel(): void {
    if (this.#over) return;
    this.#cancelled = true;
    this.#invite.cancel(CANCEL_REASON);
  }

  /** Ends it here and now, because the connection is lost. A late acceptance is ended at once. */
  drop(): void {
    if (this.#over) return;
    this.#invite.cancel(CANCEL_REASON);
    this.#fail({ code: 'connection-lost' }, 0);
  }

  #progress({ status }: SipResponse): void {
    if (this.#over || this.#ringing || status < 180) return;
    this.#ringing = true;
    this.#options.onRinging();
  }

  #expire(): void {
    this.#expired = true;
    this.cancel();
  }

  async #wait(): Promise<void> {
    const { response, dialog } = await this.#invite.final.catch(() => ({ response: undefined, dialog: undefined }));
    if (dialog && (this.#over || this.#cancelled)) await dialog.bye({ reason: CANCEL_REASON });
    if (this.#over) return;
    if (dialog && !this.#cancelled) this.#accept(dialog, response);
    else this.#fail(this.#outcome(response), response?.status ?? 0);
  }

  #accept(dialog: SipDialog, response: SipResponse): void {
    this.#close();
    this.#options.onAccepted(dialog, response);
  }

  #outcome(response: SipResponse | undefined): Outcome {
    const { context, target } = this.#options;
    const facts = { ringing: this.#ringing, expired: this.#expired, cancelled: this.#cancelled };
    if (this.#cancelled && !this.#expired) return { code: 'cancelled', by: context.self(), own: true };
    if (this.#expired) return { code: 'no-answer', by: target, own: false };
    return response ? outcomeOf(response, target, facts) : { code: 'unreachable' };
  }

  #fail(outcome: Outcome, status: number): void {
    this.#close();
    this.#options.onFailed(outcome, status);
  }

  #close(): void {
    this.#over = true;
    this.#options.context.host.environment.clearTimeout(this.#timer);
  }
}
