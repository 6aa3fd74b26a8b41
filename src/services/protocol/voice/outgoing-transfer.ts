/** Sends the other side of a call to somebody else (RFC 3515; RFC 5589): one REFER, and what the NOTIFYs tell of it. Settles once. */
import { inviteOutcome, type Outcome } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import type { TimerHandle } from '../../environment.js';
import type { EngineContext } from '../engine-part.js';
import type { IncomingRequest, SipDialog } from '../gateway.js';

/** Milliseconds beyond the invitation's own life in which the last word must come. */
const MARGIN = 15_000;

/** First line of a response within a NOTIFY (RFC 3420). */
const STATUS_LINE = /^SIP\/2\.0 (\d{3})/;

/** What it needs. */
export interface OutgoingTransferOptions {
  readonly context: EngineContext;
  readonly dialog: SipDialog;
  readonly to: Party;
  /** The URI of Refer-To, with its Replaces where it is attended. */
  readonly uri: string;
  onRinging(): void;
}

/** See the head of the file. */
export class OutgoingTransfer {
  /** Why it failed; undefined where the two are connected. */
  readonly outcome: Promise<Outcome | undefined>;
  readonly #options: OutgoingTransferOptions;
  readonly #timer: TimerHandle;
  #settle: (outcome: Outcome | undefined) => void = () => undefined;
  #ringing = false;

  constructor(options: OutgoingTransferOptions) {
    this.#options = options;
    const { environment } = options.context.host;
    this.outcome = new Promise((resolve) => (this.#settle = resolve));
    const limit = options.context.config.invitationTimeout * 1000 + MARGIN;
    this.#timer = environment.setTimeout(() => this.#end({ code: 'no-answer', by: options.to }), limit);
    void this.#refer();
  }

  /** A NOTIFY in the same dialog. */
  notified(request: IncomingRequest): void {
    request.respond(200);
    const status = Number(STATUS_LINE.exec(request.body?.content ?? '')?.[1] ?? NaN);
    if (status >= 180 && status < 200 && !this.#ringing) {
      this.#ringing = true;
      this.#options.onRinging();
    } else if (status >= 200) this.#end(status < 300 ? undefined : this.#outcomeOf(status));
    else if (/^\s*terminated/i.test(request.header('Subscription-State') ?? '')) this.#end({ code: 'failed', by: this.#options.to });
  }

  /** The dialog is gone. */
  stop(): void {
    this.#end({ code: 'connection-lost' });
  }

  async #refer(): Promise<void> {
    const { dialog, uri, context } = this.#options;
    const headers = [`Refer-To: <${uri}>`, `Referred-By: <${context.self().address}>`];
    const { status } = await dialog.request('REFER', { headers });
    if (status >= 300 || status === 0) this.#end(this.#outcomeOf(status));
  }

  /** A REFER that is refused is refused by the device that should have gone: 405, 501 and 420 mean that it cannot (RFC 3515, 2.4.2). */
  #outcomeOf(status: number): Outcome {
    const cannot = status === 405 || status === 420 || status === 501;
    const code = cannot ? 'unsupported' : inviteOutcome(status, { ringing: this.#ringing });
    return { code, by: this.#options.to, ...(status ? { status } : {}) };
  }

  #end(outcome: Outcome | undefined): void {
    this.#options.context.host.environment.clearTimeout(this.#timer);
    this.#settle(outcome);
  }
}
