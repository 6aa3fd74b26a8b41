/**
 * An invitation of ours that is under way: rings, runs out, is taken back, is answered. Settles once. Its answer would come over the connection
 * that it went out on: when that is lost, it ends (`drop`), or goes out again over the next one for the time that is left (`offline`, `online`).
 */
import type { Outcome } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import { encodeReason } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, OutgoingInvite, SipBody, SipDialog, SipResponse } from '../gateway.js';
import { outcomeOf } from './answers.js';

/** Later than Expires by this much, ms: the callee's own 487 shall win. */
const MARGIN = 1000;
const CANCEL_REASON = encodeReason({ protocol: 'SIP', cause: 487, text: 'Invitation withdrawn' });

/** What it needs. */
export interface OutgoingInvitationOptions {
  readonly context: EngineContext;
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
  readonly #timer: unknown;
  /** Wall-clock ms. */
  readonly #endsAt: number;
  /** The request that is under way; none while there is no connection. */
  #invite: OutgoingInvite | undefined;
  #ringing = false;
  #expired = false;
  #cancelled = false;
  #over = false;

  constructor(options: OutgoingInvitationOptions) {
    this.#options = options;
    const { context, expires } = options;
    const { environment } = context.host;
    this.#endsAt = environment.now() + expires * 1000;
    this.#timer = environment.setTimeout(() => this.#expire(), expires * 1000 + MARGIN);
    this.#send(expires);
  }

  /** Takes it back; `onFailed` comes with the switch's confirmation, or at once where there is no connection. */
  cancel(): void {
    if (this.#over) return;
    this.#cancelled = true;
    if (this.#invite) this.#invite.cancel(CANCEL_REASON);
    else this.#fail(this.#outcome(undefined), 0);
  }

  /** Ends it here and now, because the connection is lost. A late acceptance is ended at once. */
  drop(): void {
    if (this.#over) return;
    this.#invite?.cancel(CANCEL_REASON);
    this.#fail({ code: 'connection-lost' }, 0);
  }

  /** The connection is lost, and with it the way of the answer. A late acceptance is ended at once. */
  offline(): void {
    const lost = this.#invite;
    if (this.#over || !lost) return;
    this.#invite = undefined;
    lost.cancel(CANCEL_REASON);
    if (this.#cancelled) this.#fail(this.#outcome(undefined), 0);
  }

  /** The connection is back. */
  online(): void {
    const left = Math.round((this.#endsAt - this.#options.context.host.environment.now()) / 1000);
    if (!this.#over && !this.#invite && left > 0) this.#send(left);
  }

  #send(expires: number): void {
    const { context, target, body, headers, events } = this.#options;
    const invite = context.gateway?.invite({
      target: target.address,
      body,
      expires,
      events,
      ...(headers ? { headers } : {}),
      onProgress: (response) => this.#progress(response),
    });
    this.#invite = invite;
    if (invite) void this.#wait(invite);
  }

  #progress({ status }: SipResponse): void {
    if (this.#over || this.#ringing || status < 180) return;
    this.#ringing = true;
    this.#options.onRinging();
  }

  #expire(): void {
    if (!this.#invite) return this.#fail({ code: 'connection-lost' }, 0);
    this.#expired = true;
    this.cancel();
  }

  async #wait(invite: OutgoingInvite): Promise<void> {
    const { response, dialog } = await invite.final.catch(() => ({ response: undefined, dialog: undefined }));
    const isLeft = this.#over || invite !== this.#invite;
    if (dialog && (isLeft || this.#cancelled)) await dialog.bye({ reason: CANCEL_REASON });
    if (isLeft) return;
    // No answer at all, for the socket is gone: the same as `offline`, which may come later.
    if (response?.status === 0 && !this.#options.context.online) {
      this.offline();
      return;
    }
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
