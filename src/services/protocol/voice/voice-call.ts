/** One call of ours: from the first INVITE to the last BYE. Its states are drawn in `domain/call.ts`, for both sides. */
import { changedCall, isAlive, isUp, type Call, type CallChanges, type CallTrouble } from '../../domain/call.js';
import type { MediaNews } from '../../domain/call-media.js';
import type { Outcome } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import { ServiceError } from '../../service-error.js';
import { encodeReason } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, IncomingInvite, IncomingRequest, SipDialog } from '../gateway.js';
import { outcomeOfBye } from '../im/answers.js';
import { CallDialog } from './call-dialog.js';
import { CallLegs } from './call-legs.js';
import { CallSetup } from './call-setup.js';
import { CallTransfers } from './call-transfers.js';
import type { MediaLeg } from './media-leg.js';
import { acceptReplacement, adopt, type MovedCall } from './moved-call.js';

const END = encodeReason({ protocol: 'SIP', cause: 200, text: 'Call ended' });

/** See the head of the file. */
export class VoiceCall {
  readonly id: string;
  readonly transfers: CallTransfers;
  readonly #moved: MovedCall;
  readonly #context: EngineContext;
  readonly #over: Promise<void>;
  #settleOver: () => void = () => undefined;
  readonly #setup: CallSetup;
  readonly #legs: CallLegs;
  #current: CallDialog | undefined;

  readonly #onStatus: () => void;

  constructor(context: EngineContext, id: string, onStatus: () => void = () => undefined) {
    this.#context = context;
    this.#onStatus = onStatus;
    this.id = id;
    this.#legs = new CallLegs(context, id);
    this.#over = new Promise((resolve) => (this.#settleOver = resolve));
    this.#moved = {
      call: () => this.call,
      change: (changes) => this.change(changes),
      up: () => this.up().dialog,
      end: (reason) => this.end(reason),
      prepare: () => {
        const leg = this.#legs.make(this.call);
        return { leg, events: this.#events(leg) };
      },
      goOn: (leg, dialog, isCaller, heldByPeer) => this.#established(leg, dialog, isCaller, heldByPeer),
    };
    this.transfers = new CallTransfers(context, this.#moved);
    this.#setup = new CallSetup(context, { ...this.#moved, finish: (outcome, trouble) => this.finish(outcome, trouble) });
  }

  /** The snapshot. */
  get call(): Call | undefined {
    return this.#context.host.read(`call:${this.id}`);
  }

  /** The dialog that the call goes over now. */
  get current(): CallDialog | undefined {
    return this.#current;
  }

  /** Changes the snapshot. */
  change(changes: CallChanges): void {
    const { call } = this;
    if (!call) return;
    this.#context.tell({ type: 'call', call: changedCall(call, changes) });
    if (changes.status) this.#onStatus();
  }

  /** Calls; settles once the INVITE is out, or came to nothing. */
  dial(target: Party, headers: readonly string[]): Promise<void> {
    return this.#setup.dial(target, headers);
  }

  /** Rings. */
  invited(invite: IncomingInvite, caller: Party): void {
    this.#setup.invited(invite, caller);
  }

  /** Answers, with the sound in a tab. @throws ServiceError `media` (it goes on ringing), `invalid-state` (the caller is gone) */
  answer(tab: string | undefined): Promise<void> {
    return this.#setup.answer(tab);
  }

  /** Refuses a call that rings. */
  reject(): void {
    if (!this.#setup.reject()) throw new ServiceError('invalid-state', 'This call does not ring any more.');
    this.finish({ code: 'rejected', by: this.#context.self(), own: true });
  }

  /** Puts on hold, or takes back. The state changes when the other side has confirmed it. */
  async hold(held: boolean): Promise<void> {
    const { call } = this;
    if (call?.status === (held ? 'held' : 'connected')) return;
    const current = this.up();
    this.change({ pending: held ? 'holding' : 'resuming' });
    try {
      const { heldByPeer = false } = await current.offer({ held });
      this.change({ status: held ? 'held' : 'connected', heldByPeer });
    } finally {
      if (isAlive(this.call)) this.change({ pending: undefined });
    }
  }

  /** Silences the microphone for this call. */
  async mute(muted: boolean): Promise<void> {
    await this.upLeg().ask({ type: 'mute', muted });
    this.change({ muted });
  }

  /** Sends tones. */
  async tones(tones: string): Promise<void> {
    await this.up().tones(tones);
  }

  /** Another dialog takes the place of this one: the other side was sent to somebody, or goes on in another page. The gateway has checked whose it is. */
  async replacedBy(invite: IncomingInvite): Promise<void> {
    await acceptReplacement(this.#moved, invite);
  }

  /** Ends the call, takes it back, or refuses it; settles when that is confirmed. */
  async end(reason = END): Promise<void> {
    const { call } = this;
    if (!isAlive(call)) return;
    if (call.status === 'alerting') {
      this.reject();
      return;
    }
    this.change({ pending: 'ending' });
    if (this.#current) {
      await this.#current.dialog.bye({ reason });
      this.finish({ code: 'ended', by: this.#context.self(), own: true });
    } else if (this.#setup.cancel()) await this.#over;
    else this.finish({ code: 'cancelled', by: this.#context.self(), own: true });
  }

  /** The connection to the switch is lost: sound goes on, what only rings does not. */
  offline(): void {
    this.#setup.drop();
  }

  /** It is back. */
  online(): void {
    this.#current?.ice.online();
  }

  /** What the tab with the sound tells. */
  heard(news: MediaNews): void {
    const { way, trouble } = news;
    const leg = this.#legs.meant(news, this.#leg);
    if (!leg) return;
    if (way && this.#current?.leg === leg) this.#current.ice.heard(way);
    if (trouble !== undefined) this.change({ trouble: trouble ?? undefined });
  }

  /** Another tab takes the connection over: what is up goes on without a word. */
  async release(): Promise<void> {
    if (!this.#current) return this.leave();
    this.#current.ice.stop();
    this.#current.dialog.abandon();
  }

  /** Goes on with a call whose connection another tab had; one that was not up is over. */
  async adopt(): Promise<void> {
    if (!(await adopt(this.#context, this.#moved))) this.finish({ code: 'connection-lost' });
  }

  /** The agent leaves. */
  async leave(): Promise<void> {
    if (this.#setup.leave()) this.finish({ code: 'connection-lost' });
    else await this.end();
  }

  /** The call is over, once. */
  finish(outcome: Outcome, trouble?: CallTrouble): void {
    if (isAlive(this.call)) {
      const endedAt = this.#context.host.environment.now();
      this.change({
        status: 'ended',
        pending: undefined,
        heldByPeer: false,
        muted: false,
        dialog: undefined,
        conference: undefined,
        endedAt,
        outcome,
        trouble,
      });
    }
    this.transfers.stop();
    this.#current?.close();
    this.#current = undefined;
    this.#setup.done()?.close();
    this.#settleOver();
  }

  /** The dialog of a call that is up. @throws ServiceError `invalid-state` */
  up(): CallDialog {
    const current = this.#current;
    if (!current || !isUp(this.call)) throw new ServiceError('invalid-state', 'This call is not connected.');
    if (this.call.pending) throw new ServiceError('invalid-state', 'Something else is under way in this call. Wait a moment.');
    return current;
  }

  /** The sound of a call that is up, whatever is under way. @throws ServiceError `invalid-state` */
  upLeg(): MediaLeg {
    if (!this.#current || !isUp(this.call)) throw new ServiceError('invalid-state', 'This call is not connected.');
    return this.#current.leg;
  }

  /** The sound that the call has now, or is about to have. */
  get #leg(): MediaLeg | undefined {
    return this.#current?.leg ?? this.#setup.leg;
  }

  /** What a dialog tells, as long as the call goes over it. */
  #events(leg: MediaLeg): DialogEvents {
    return {
      onRequest: (request) => this.#requested(request),
      onEnd: ({ reason, replaced }) => {
        if (!replaced && this.#leg === leg) this.finish(outcomeOfBye(reason, this.call?.peer ?? this.#context.self()));
      },
    };
  }

  /** The call goes over this dialog from now on. */
  #established(leg: MediaLeg, dialog: SipDialog, isCaller: boolean, heldByPeer = false): void {
    this.#current?.close();
    this.#setup.done();
    this.#current = new CallDialog({
      context: this.#context,
      dialog,
      leg,
      isCaller,
      isHeld: () => this.call?.status === 'held',
      onHeldByPeer: (held) => this.change({ heldByPeer: held }),
      onTrouble: (trouble) => this.#onWay(trouble),
      onLost: () => void this.#lost(dialog),
    });
    const peer = this.#context.party(dialog.remote);
    this.change({
      status: 'connected',
      pending: undefined,
      // The sound may be there already, and blocked by the browser.
      trouble: this.call?.trouble === 'autoplay-blocked' ? 'autoplay-blocked' : undefined,
      peer,
      ...(this.#isHandedOver(peer) ? { role: 'plain', sessionId: undefined } : {}),
      connectedAt: this.call?.connectedAt ?? this.#context.host.environment.now(),
      transfer: undefined,
      dialog: dialog.ref,
      heldByPeer,
    });
    if (this.call?.muted) void leg.ask({ type: 'mute', muted: true }).catch(() => undefined);
  }

  /** What the way for sound is like; what else is the matter with the sound stays. */
  #onWay(trouble: CallTrouble | undefined): void {
    const known = this.call?.trouble;
    if (trouble || known === 'ice-failed' || known === 'ice-restarting') this.change({ trouble });
  }

  /** Whom we advised has sent the contact to us: what was a consultation is a call now. */
  #isHandedOver({ address }: Party): boolean {
    const { call } = this;
    return call?.direction === 'incoming' && call.connectedAt !== undefined && call.peer.address !== address;
  }

  #requested(request: IncomingRequest): void {
    const current = this.#current;
    if (request.method === 'INVITE' && current) void current.offered(request);
    else if (request.method === 'NOTIFY') this.transfers.notified(request);
    else if (request.method === 'REFER' && current) this.transfers.referred(request, current.dialog);
    else if (request.method === 'INFO') request.respond(200);
    else request.respond(405, { headers: ['Allow: INVITE, ACK, CANCEL, BYE, INFO, REFER, NOTIFY, OPTIONS'] });
  }

  async #lost(dialog: SipDialog): Promise<void> {
    await dialog.bye({ reason: encodeReason({ protocol: 'SIP', cause: 408, text: 'Connection lost' }) });
    this.finish({ code: 'connection-lost' });
  }
}
