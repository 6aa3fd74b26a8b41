/** The other side sends us to somebody else (RFC 3515): the same call goes on with another person, and the sender hears how it went. */
import type { MediaReply } from '../../domain/call-media.js';
import { encodeReason } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, OutgoingInvite, SipDialog, SipResponse } from '../gateway.js';
import { sdpBody, sdpOf, type MediaLeg } from './media-leg.js';
import type { ReferTo } from './refer-to.js';

/** Milliseconds that the sender has to end the old dialog, once told that it worked. */
const GRACE = 5000;

const TRANSFERRED = encodeReason({ protocol: 'SIP', cause: 200, text: 'Transferred' });

/** What it needs. */
export interface IncomingTransferOptions {
  readonly context: EngineContext;
  /** The dialog over which we were sent. */
  readonly dialog: SipDialog;
  readonly to: ReferTo;
  readonly leg: MediaLeg;
  readonly events: DialogEvents;
  /** Somebody answered: the call goes over this dialog from now on. */
  onConnected(dialog: SipDialog, reply: MediaReply): void;
  onFailed(): void;
}

/** See the head of the file. */
export class IncomingTransfer {
  readonly #options: IncomingTransferOptions;
  #invite: OutgoingInvite | undefined;
  #isOver = false;

  constructor(options: IncomingTransferOptions) {
    this.#options = options;
  }

  /** Calls whom we were sent to. Never rejects. */
  async run(): Promise<void> {
    void this.#notify(100, 'Trying');
    const status = await this.#call().catch(() => 500);
    if (status < 300) return;
    this.#options.leg.close();
    if (!this.#isOver) this.#options.onFailed();
    await this.#notify(status, 'Failed', true);
  }

  /** The call is over before it worked. */
  stop(): void {
    this.#isOver = true;
    this.#invite?.cancel();
  }

  /** @returns the status that the sender is told */
  async #call(): Promise<number> {
    const { context, leg, to, dialog, events } = this.#options;
    const { sdp } = await leg.ask({ type: 'offer', held: false });
    const { gateway } = context;
    if (!sdp || !gateway || this.#isOver) return 503;
    const replaces = to.replaces ? ['Require: replaces', `Replaces: ${to.replaces}`] : [];
    this.#invite = gateway.invite({
      target: to.uri,
      to: to.address,
      body: sdpBody(sdp),
      headers: [...replaces, `Referred-By: <${dialog.remote.address}>`],
      expires: context.config.invitationTimeout,
      events,
      onProgress: ({ status }) => void (status >= 180 && this.#notify(180, 'Ringing')),
    });
    const { response, dialog: fresh } = await this.#invite.final;
    if (!fresh) return response.status || 503;
    return this.#connect(fresh, response);
  }

  async #connect(fresh: SipDialog, response: SipResponse): Promise<number> {
    const { leg, context, dialog, onConnected } = this.#options;
    const answer = sdpOf(response.body);
    const reply = answer === undefined ? undefined : await leg.ask({ type: 'settle', sdp: answer }).catch(() => undefined);
    if (!reply || this.#isOver) {
      await fresh.bye();
      return 488;
    }
    onConnected(fresh, reply);
    await this.#notify(200, 'OK', true);
    context.host.environment.setTimeout(() => void dialog.bye({ reason: TRANSFERRED }), GRACE);
    return 200;
  }

  async #notify(status: number, words: string, isLast = false): Promise<void> {
    const state = isLast ? 'terminated;reason=noresource' : 'active;expires=180';
    await this.#options.dialog
      .request('NOTIFY', {
        headers: ['Event: refer', `Subscription-State: ${state}`],
        body: { contentType: 'message/sipfrag;version=2.0', content: `SIP/2.0 ${status} ${words}\r\n` },
      })
      .catch(() => undefined);
  }
}
