/**
 * A call before it is up: dialled, or ringing here, until a person answers or it comes to nothing. Over once a dialog is handed to the call.
 *
 *     dial ─▶ microphone ─▶ INVITE ─▶ 180 ─▶ 200 ─▶ settled ─▶ goOn          invited ─▶ 180 ─▶ answer ─▶ microphone ─▶ 200, ACK ─▶ goOn
 */
import { isAlive, type CallTrouble } from '../../domain/call.js';
import type { MediaReply } from '../../domain/call-media.js';
import type { Outcome } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import { isServiceError, ServiceError } from '../../service-error.js';
import { encodeReason } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, IncomingInvite, SipDialog, SipResponse } from '../gateway.js';
import { IncomingInvitation } from '../im/incoming-invitation.js';
import { OutgoingInvitation } from '../im/outgoing-invitation.js';
import { sdpBody, sdpOf, type MediaLeg } from './media-leg.js';
import type { MovedCall } from './moved-call.js';

/** Seconds that a call rings which names no time. */
const DEFAULT_EXPIRES = 60;

const END = encodeReason({ protocol: 'SIP', cause: 200, text: 'Call ended' });
const NO_MEDIA = encodeReason({ protocol: 'SIP', cause: 488, text: 'No sound possible' });

/** What is needed of the call. */
export interface CallBeingSetUp extends Pick<MovedCall, 'call' | 'change' | 'prepare' | 'goOn'> {
  /** It came to nothing. */
  finish(outcome: Outcome, trouble?: CallTrouble): void;
}

/** See the head of the file. */
export class CallSetup {
  readonly #context: EngineContext;
  readonly #call: CallBeingSetUp;
  #outgoing: OutgoingInvitation | undefined;
  #incoming: { readonly invitation: IncomingInvitation; readonly offer: string | undefined } | undefined;
  #leg: MediaLeg | undefined;

  constructor(context: EngineContext, call: CallBeingSetUp) {
    this.#context = context;
    this.#call = call;
  }

  /** The sound that is being set up. */
  get leg(): MediaLeg | undefined {
    return this.#leg;
  }

  /** Calls: opens the microphone, then sends the INVITE. Settles once it is out, or came to nothing. */
  async dial(target: Party, headers: readonly string[]): Promise<void> {
    const { leg, events } = this.#call.prepare();
    this.#leg = leg;
    const { sdp, trouble } = await this.#tryMedia(() => leg.ask({ type: 'offer', held: false }));
    const { gateway, online, config } = this.#context;
    if (!isAlive(this.#call.call())) {
      leg.close();
      return;
    }
    if (trouble || !sdp) {
      this.#call.finish({ code: 'failed' }, trouble);
      return;
    }
    if (!gateway || !online) {
      this.#call.finish({ code: 'unreachable' });
      return;
    }
    this.#outgoing = new OutgoingInvitation({
      context: this.#context,
      target,
      body: sdpBody(sdp),
      headers,
      expires: config.invitationTimeout,
      events,
      onRinging: () => this.#call.change({ status: 'ringing' }),
      onAccepted: (dialog, response) => void this.#accepted(leg, dialog, response),
      onFailed: (outcome) => this.#call.finish(outcome),
    });
  }

  /** Rings. */
  invited(invite: IncomingInvite, caller: Party): void {
    const invitation = new IncomingInvitation({
      context: this.#context,
      invite,
      caller,
      expires: invite.expires ?? DEFAULT_EXPIRES,
      onOver: (outcome) => this.#call.finish(outcome),
    });
    this.#incoming = { invitation, offer: sdpOf(invite.body) };
    invitation.ring();
  }

  /**
   * Answers, with the sound in a tab.
   * @throws ServiceError `media` (it goes on ringing), `invalid-state` (the caller is gone)
   */
  async answer(tab: string | undefined): Promise<void> {
    const [call, incoming] = [this.#call.call(), this.#incoming];
    if (call?.status !== 'alerting' || !incoming) throw new ServiceError('invalid-state', 'This call does not ring any more.');
    if (call.pending) return;
    this.#call.change({ pending: 'answering', trouble: undefined, ...(tab ? { tab } : {}) });
    const { leg, events } = this.#call.prepare();
    this.#leg = leg;
    const { sdp, trouble } = await this.#tryMedia(() => leg.ask({ type: 'answer', sdp: incoming.offer ?? '' }));
    if (!sdp) {
      leg.close();
      this.#call.change({ pending: undefined, tab: undefined, ...(trouble ? { trouble } : {}) });
      throw new ServiceError('media', 'There is no sound yet: allow the microphone, then answer again.');
    }
    await this.#accept(incoming.invitation, leg, sdp, events);
  }

  /** Refuses a call that rings. @returns whether there was still something to refuse */
  reject(): boolean {
    return this.#incoming?.invitation.reject({}) ?? false;
  }

  /** Refuses because nobody is here any more. @returns whether there was still something to refuse */
  leave(): boolean {
    return this.#incoming?.invitation.leave() ?? false;
  }

  /** Takes the own invitation back; the call finishes with the confirmation. @returns whether there was one */
  cancel(): boolean {
    this.#outgoing?.cancel();
    return this.#outgoing !== undefined;
  }

  /** The connection is lost: what only rings does not any more. */
  drop(): void {
    this.#outgoing?.drop();
  }

  /** The call is up, or over: nothing is being set up any more. @returns its sound */
  done(): MediaLeg | undefined {
    const leg = this.#leg;
    this.#outgoing = undefined;
    this.#incoming = undefined;
    this.#leg = undefined;
    return leg;
  }

  async #accept(invitation: IncomingInvitation, leg: MediaLeg, sdp: string, events: DialogEvents): Promise<void> {
    const dialog = await invitation.accept(sdpBody(sdp), events);
    if (isAlive(this.#call.call())) this.#call.goOn(leg, dialog, false, undefined);
    else await dialog.bye({ reason: END });
  }

  async #accepted(leg: MediaLeg, dialog: SipDialog, response: SipResponse): Promise<void> {
    const sdp = sdpOf(response.body);
    const reply = sdp === undefined ? undefined : await this.#tryMedia(() => leg.ask({ type: 'settle', sdp }));
    if (reply && !reply.trouble && isAlive(this.#call.call())) {
      this.#call.goOn(leg, dialog, true, reply.heldByPeer);
      return;
    }
    await dialog.bye({ reason: reply ? END : NO_MEDIA });
    this.#call.finish({ code: 'unsupported', by: this.#context.party(dialog.remote) });
  }

  async #tryMedia(work: () => Promise<MediaReply>): Promise<MediaReply> {
    try {
      return await work();
    } catch (error) {
      // What is wrong in the page's settings, the page can mend.
      if (isServiceError(error) && error.code === 'configuration') this.#context.host.report(error.toJSON());
      if (isServiceError(error)) return this.#context.host.media ? { trouble: 'ice-failed' } : { trouble: 'insecure' };
      throw error;
    }
  }
}
