/**
 * Picking a session up again with a new dialog (RFC 3891), after one side lost the old one by a reload or a takeover; or both did.
 *
 *     idle ── start ──▶ waiting ── it is time, and we are online ──▶ asking ── 200 ──▶ idle, with a new dialog
 *                          ▲                                           │
 *                          └──── refused for now, or no answer ────────┤
 *                                                                      └── refused for good, or too late: lost
 *     waiting or asking ── the peer's own INVITE is accepted ──▶ idle, with a new dialog
 *
 * Either side may ask, at any time, and accepts when asked. When both ask at once, the side that was invited to the session yields, as in
 * glare: the inviting side answers 491 while its own INVITE is fresh. Should both be accepted, both sides keep the inviting side's dialog.
 */
import { partyOf } from '../../domain/party.js';
import type { DialogRef, ImSession } from '../../domain/im-session.js';
import type { Outcome } from '../../domain/outcome.js';
import type { TimerHandle } from '../../environment.js';
import { encodeReason } from '../codecs/reason.js';
import { backOff } from '../connection/back-off.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, IncomingInvite, OutgoingInvite, SipDialog, SipIdentity, SipResponse } from '../gateway.js';
import { outcomeOfBye } from './answers.js';
import { END_REASON } from './exchange.js';
import { answerBody, descriptionOf, isPlain, offerBody } from './invitation-body.js';

/** The BYE of a dialog whose place another one took. */
export const REPLACED_REASON = encodeReason({ protocol: 'SIP', cause: 200, text: 'Replaced' });

/** How long it is tried while our connection stands, ms: the peer may have to load its page, or to come back from a cut of its own. */
const RESUME_LIMIT = 60_000;
/** How long a peer may say that it knows nothing of the session, ms: its page may be about to learn it. */
const UNKNOWN_LIMIT = 10_000;
/** How long one INVITE may wait for its answer, ms: it may have gone to a page that is dead. */
const ANSWER_LIMIT = 6000;
/** How long an INVITE of ours is fresh: the peer's is refused meanwhile where ours has the right of way, ms. */
const FRESH = 2000;
/** Longest wait between two tries, ms. */
const LONGEST_WAIT = 4000;
/** Wait where the peer is there, ms; as much again is added by chance. */
const SHORT_WAIT = 300;

/** Refused for now: another try may do better. 491: its own INVITE is under way. */
const isPassing = (status: number): boolean =>
  status === 0 || status === 408 || status === 480 || status === 486 || status === 487 || status === 491 || (status >= 500 && status < 600);

/** The peer, or the switch, knows no such dialog or device. */
const isUnknown = (status: number): boolean => status === 404 || status === 410 || status === 430 || status === 481;

/** `Replaces` as the peer knows the dialog: its own tag is the to-tag. */
function replacesHeader({ callId, localTag, remoteTag }: DialogRef): string {
  return `Replaces: ${callId};to-tag=${remoteTag};from-tag=${localTag}`;
}

/** What it needs. */
export interface ResumptionOptions {
  readonly context: EngineContext;
  readonly session: () => ImSession | undefined;
  /** A new dialog's events. */
  readonly newEvents: () => DialogEvents;
  /** A new dialog carries the session; the one before is over. */
  onResumed(dialog: SipDialog, events: DialogEvents, plain: boolean): void;
  /** It cannot be picked up. */
  onLost(outcome: Outcome): void;
}

/** See the head of the file. */
export class Resumption {
  readonly #options: ResumptionOptions;
  #isRunning = false;
  #isClosed = false;
  /** When this connection's first try was, and the first answer that nothing is known; wall-clock ms. */
  #since = 0;
  #unknownSince: number | undefined;
  #tries = 0;
  #asking: { readonly invite: OutgoingInvite; readonly at: number } | undefined;
  #timer: TimerHandle | undefined;

  constructor(options: ResumptionOptions) {
    this.#options = options;
  }

  /** Whether the session is being picked up. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Begins after `grace` ms, in which the peer may be faster. */
  start(grace = 0): void {
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    this.#tries = 0;
    this.#unknownSince = undefined;
    this.#since = this.#now();
    this.#plan(grace);
  }

  /** Our connection is back: what is not picked up yet is tried at once, with all the time there is. */
  online(): void {
    if (!this.#isRunning) return;
    this.#since = this.#now();
    this.#unknownSince = undefined;
    if (!this.#asking) this.#plan(0);
  }

  /** The session is over here, or left to another tab. */
  close(): void {
    this.#isClosed = true;
    this.#stop();
  }

  /** The peer asks us to go on with a new dialog. The gateway, or who found the session, knows that it was the session's. */
  async accept(invite: IncomingInvite): Promise<void> {
    const { context, newEvents } = this.#options;
    const session = this.#session();
    const offer = descriptionOf(invite.body);
    const body = answerBody(offer, { self: context.self(), peer: session?.peer ?? partyOf('') }, this.#now());
    const isPeer = session && this.#isPeer(invite.identity, session);
    const isGlare = session && this.#asking && this.#hasRightOfWay(session) && this.#now() - this.#asking.at < FRESH;
    if (!isPeer || !body || isGlare) {
      invite.reject(!isPeer ? 403 : isGlare ? 491 : 488);
      return;
    }
    const events = newEvents();
    try {
      this.#take(await invite.accept({ body, events }), events, isPlain(offer));
    } catch {
      // The new page went as fast as it came; what was under way here goes on.
    }
  }

  #session(): ImSession | undefined {
    const session = this.#options.session();
    return session?.status === 'connected' ? session : undefined;
  }

  #now(): number {
    return this.#options.context.host.environment.now();
  }

  /** Where the switch vouched before, a mere claim counts for nothing. */
  #isPeer(identity: SipIdentity, { peer, dialog }: ImSession): boolean {
    return this.#options.context.party(identity).address === peer.address && (identity.asserted || !dialog?.asserted);
  }

  #hasRightOfWay({ direction }: ImSession): boolean {
    return direction === 'outgoing';
  }

  #plan(wait: number): void {
    const { environment } = this.#options.context.host;
    environment.clearTimeout(this.#timer);
    if (wait > 0) this.#timer = environment.setTimeout(() => this.#ask(), wait);
    else this.#ask();
  }

  #stop(): void {
    this.#isRunning = false;
    this.#options.context.host.environment.clearTimeout(this.#timer);
  }

  #lose(outcome: Outcome): void {
    this.#stop();
    this.#options.onLost(outcome);
  }

  /** Offline it waits for `online`. */
  #ask(): void {
    const { context, newEvents } = this.#options;
    const { gateway, host } = context;
    const session = this.#session();
    // What a lost tab's dialog was replaced by may be known to one side only: in turn with the first one.
    const ref = this.#tries % 2 ? (session?.firstDialog ?? session?.dialog) : session?.dialog;
    if (!session || !ref) return this.#lose({ code: 'connection-lost' });
    if (!gateway || !context.online) return;
    this.#tries += 1;
    const events = newEvents();
    const invite = gateway.invite({
      target: ref.remoteTarget,
      to: session.peer.address,
      body: offerBody({ self: context.self(), peer: session.peer }, this.#now()),
      headers: ['Require: replaces', replacesHeader(ref)],
      events,
    });
    const asking = { invite, at: this.#now() };
    this.#asking = asking;
    const late = host.environment.setTimeout(() => invite.cancel(), ANSWER_LIMIT);
    void invite.final.then(({ response, dialog }) => {
      host.environment.clearTimeout(late);
      this.#asking = undefined;
      if (dialog) this.#answered(dialog, events, isPlain(descriptionOf(response.body)));
      else if (this.#isRunning) this.#refused(response);
    });
  }

  /** Whoever answers must be the old peer, as the switch asserts. */
  #answered(dialog: SipDialog, events: DialogEvents, plain: boolean): void {
    const session = this.#session();
    const isPeer = session && this.#isPeer(dialog.remote, session);
    if (isPeer && (this.#isRunning || this.#hasRightOfWay(session))) return this.#take(dialog, events, plain);
    void dialog.bye({ reason: session ? REPLACED_REASON : END_REASON });
    if (session && !isPeer) this.#lose({ code: 'connection-lost' });
  }

  #take(dialog: SipDialog, events: DialogEvents, plain: boolean): void {
    if (this.#isClosed || !this.#session()) return void dialog.bye({ reason: END_REASON });
    this.#stop();
    this.#options.onResumed(dialog, events, plain);
  }

  #refused(response: SipResponse): void {
    const { context } = this.#options;
    const { status } = response;
    const now = this.#now();
    // With the connection the answers are gone, too: `online` begins anew.
    if (!context.online) return;
    if (isUnknown(status)) this.#unknownSince ??= now;
    else this.#unknownSince = undefined;
    const isLate = now - this.#since > RESUME_LIMIT || (this.#unknownSince !== undefined && now - this.#unknownSince > UNKNOWN_LIMIT);
    if (!isLate && (isPassing(status) || isUnknown(status))) return this.#plan(this.#wait(status));
    this.#lose(this.#outcomeOf(response));
  }

  #wait(status: number): number {
    const random = this.#options.context.host.environment.random();
    if (status === 491 || isUnknown(status)) return SHORT_WAIT * (1 + random);
    return Math.min(LONGEST_WAIT, backOff(this.#tries - 1, random));
  }

  /** 603: the session is over for the peer, who may say why (RFC 3891, 3). */
  #outcomeOf(response: SipResponse): Outcome {
    const reason = response.header('Reason');
    const peer = this.#session()?.peer;
    return response.status === 603 && reason && peer ? outcomeOfBye(reason, peer) : { code: 'connection-lost' };
  }
}
