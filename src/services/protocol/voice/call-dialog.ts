/** One established dialog of a call with the sound under it: changed offers both ways, tones, and the way kept open. */
import type { MediaReply } from '../../domain/call-media.js';
import type { CallTrouble } from '../../domain/call.js';
import { ServiceError } from '../../service-error.js';
import type { EngineContext } from '../engine-part.js';
import type { IncomingRequest, SipDialog, SipResponse } from '../gateway.js';
import { IceKeeper } from './ice-keeper.js';
import { sdpBody, sdpOf, type MediaLeg } from './media-leg.js';

/** Tones of DTMF (RFC 4733, 3.2) and the comma, which pauses; so many at once at most. */
const TONES = /^[0-9A-D*#,]{1,32}$/i;

/** Milliseconds of a tone sent by INFO. */
const TONE = 160;

/** What it needs. */
export interface CallDialogOptions {
  readonly context: EngineContext;
  readonly dialog: SipDialog;
  readonly leg: MediaLeg;
  readonly isCaller: boolean;
  /** Whether the agent has the call on hold. */
  isHeld(): boolean;
  onHeldByPeer(held: boolean): void;
  onTrouble(trouble: CallTrouble | undefined): void;
  /** The dialog turned out to be gone. */
  onLost(): void;
}

/** Why the other side, or the switch, refused to change the call. */
function refusal({ status }: SipResponse): ServiceError {
  const options = { status };
  if (status === 491) return new ServiceError('busy', 'The other side was changing the call at the same moment. Try again.', options);
  if (status === 0 || status === 408 || status === 503)
    return new ServiceError('unreachable', 'The other side cannot be reached right now. Try again in a moment.', options);
  if (status === 403 || status === 603) return new ServiceError('not-allowed', 'The switch does not allow it in this call.', options);
  if (status === 488 || status === 415 || status === 500)
    return new ServiceError('unsupported', 'The device of the other side cannot do this.', options);
  return new ServiceError('invalid-state', 'The other side refused the change. The call is as it was.', options);
}

const isSuccess = ({ status }: SipResponse): boolean => status >= 200 && status < 300;

/** See the head of the file. */
export class CallDialog {
  readonly dialog: SipDialog;
  readonly leg: MediaLeg;
  readonly ice: IceKeeper;
  readonly #options: CallDialogOptions;
  /** An offer of ours in a 200 that waits for its answer in the ACK: none other is made meanwhile. */
  #asked: Promise<void> = Promise.resolve();

  constructor(options: CallDialogOptions) {
    this.#options = options;
    this.dialog = options.dialog;
    this.leg = options.leg;
    const { context, isCaller } = options;
    this.ice = new IceKeeper({
      environment: context.host.environment,
      isCaller,
      online: () => context.online,
      restart: () => this.offer({ restart: true }),
      show: (trouble) => options.onTrouble(trouble),
    });
    // The way may be open before the ACK has come.
    if (this.leg.way) this.ice.heard(this.leg.way);
  }

  /**
   * Offers a change and settles when the other side has agreed. The offer is made anew for each try, because the peer's own may come between.
   * @throws ServiceError what stands in the way; the call is as it was
   */
  async offer({ held, restart = false }: { held?: boolean; restart?: boolean }): Promise<MediaReply> {
    const { leg, dialog } = this;
    const body = async (): Promise<ReturnType<typeof sdpBody>> => {
      await this.#asked;
      // Where both looked for a way at once, who gave way may have one by the next try.
      if (restart && this.ice.isOpen) throw new ServiceError('invalid-state', 'The way for sound is open again.');
      const { sdp } = await leg.ask({ type: 'offer', held: held ?? this.#options.isHeld(), restart });
      if (!sdp) throw new ServiceError('media', 'The microphone is gone. Connect one, then try again.');
      return sdpBody(sdp);
    };
    try {
      const response = await dialog.reinvite({ body });
      const sdp = sdpOf(response.body);
      if (isSuccess(response) && sdp) return await leg.ask({ type: 'settle', sdp });
      // RFC 3261, 12.2.1.2: after these the dialog is over.
      if (response.status === 481 || response.status === 408) this.#options.onLost();
      throw refusal(response);
    } catch (error) {
      await leg.ask({ type: 'rollback' }).catch(() => undefined);
      throw error;
    }
  }

  /** The peer offers a change: answered as the browser answers it; what it cannot do leaves the call as it was (RFC 3261, 14.2). */
  async offered(request: IncomingRequest): Promise<void> {
    const sdp = sdpOf(request.body);
    if (!sdp) {
      await (this.#asked = this.#askedForOffer(request));
      return;
    }
    try {
      const reply = await this.leg.ask({ type: 'answer', sdp });
      if (!reply.sdp) {
        request.respond(488);
        return;
      }
      request.respond(200, { body: sdpBody(reply.sdp) });
      this.#options.onHeldByPeer(reply.heldByPeer === true);
    } catch {
      request.respond(488);
    }
  }

  /** A re-INVITE without an offer asks for ours in the 200, and answers it in the ACK (RFC 3261, 14.2): so do B2BUAs that connect two calls. Never rejects. */
  async #askedForOffer(request: IncomingRequest): Promise<void> {
    const { leg } = this;
    const { sdp } = await leg.ask({ type: 'offer', held: this.#options.isHeld() }).catch(() => ({ sdp: undefined }));
    if (!sdp) {
      request.respond(488);
      return;
    }
    const acknowledged = request.acknowledged?.();
    request.respond(200, { body: sdpBody(sdp) });
    const answer = sdpOf(await acknowledged);
    try {
      if (!answer) throw new ServiceError('invalid-state', 'The other side asked for an offer and did not answer it.');
      const reply = await leg.ask({ type: 'settle', sdp: answer });
      this.#options.onHeldByPeer(reply.heldByPeer === true);
    } catch {
      // What held before holds.
      await leg.ask({ type: 'rollback' }).catch(() => undefined);
    }
  }

  /**
   * Sends tones in the sound (RFC 4733), or by INFO where the peer takes none there. They are never logged.
   * @throws ServiceError `configuration` (none of them is sent), `unsupported`
   */
  async tones(tones: string): Promise<void> {
    if (!TONES.test(tones)) throw new ServiceError('configuration', 'Tones are the digits, *, #, A to D, and a comma for a pause.');
    const { sent } = await this.leg.ask({ type: 'tones', tones });
    if (sent) return;
    for (const tone of tones) {
      const content = `Signal=${tone}\r\nDuration=${TONE}\r\n`;
      const response = await this.dialog.request('INFO', { body: { contentType: 'application/dtmf-relay', content } });
      if (!isSuccess(response)) throw new ServiceError('unsupported', 'The other side takes no tones.', { status: response.status });
    }
  }

  /** The sound ends; the dialog is somebody else's matter. */
  close(): void {
    this.ice.stop();
    this.leg.close();
  }
}
