/**
 * One session on the wire, from its first message or invitation to its end. The snapshot says what it is; this holds what the snapshot
 * cannot: the invitation under way, the dialog, the queues. Draws the machine of `domain/im-session.ts`.
 */
import type { ImSession } from '../../domain/im-session.js';
import type { CaseData } from '../../domain/interaction.js';
import type { Outcome } from '../../domain/outcome.js';
import { isSentNow } from '../../domain/notices.js';
import { partyOf, type Party } from '../../domain/party.js';
import type { MessageFailure } from '../../domain/transcript.js';
import { ServiceError } from '../../service-error.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, DialogName, IncomingInvite, SipDialog, SipResponse } from '../gateway.js';
import { outcomeOfBye } from './answers.js';
import { CaseChanges } from './case-changes.js';
import { Carriers } from './carriers.js';
import { END_REASON, Exchange } from './exchange.js';
import { descriptionOf, invitationBody, isPlain, isWithoutCase, type InvitationContent } from './invitation-body.js';
import type { OutgoingText } from './line.js';
import { OutgoingInvitation } from './outgoing-invitation.js';
import { pageDialog } from './page-dialog.js';
import { REPLACED_REASON, Resumption } from './resume.js';
import { WaitingHere } from './waiting-here.js';

/** How long a peer that lost its dialog has to pick it up again before we do, ms; up to half is added by chance. */
const GRACE = 2000;

/** See the head of the file. */
export class Conversation {
  readonly id: string;
  readonly exchange: Exchange;
  readonly #context: EngineContext;
  #outgoing: OutgoingInvitation | undefined;
  readonly #incoming: WaitingHere;
  /** Settles with the end of the session. */
  readonly over: Promise<void>;
  #settleOver: () => void = () => undefined;
  readonly #case: CaseChanges;
  #written = 0;
  readonly #carriers = new Carriers({
    onRequest: (request) => this.exchange.receive(request),
    onEnd: (reason, isFirst) => this.#ended(reason, isFirst),
  });
  readonly resumption: Resumption;

  constructor(context: EngineContext, id: string, written = 0) {
    this.#context = context;
    this.id = id;
    this.#written = written;
    this.over = new Promise((resolve) => (this.#settleOver = resolve));
    this.exchange = new Exchange({
      context,
      sessionId: id,
      peer: () => this.session?.peer ?? partyOf(''),
      notBefore: this.session?.openedAt ?? context.host.environment.now(),
      onGone: () => this.#gone(),
      onGiveUp: () => this.finish({ code: 'connection-lost' }),
    });
    this.#case = new CaseChanges({ context, session: () => this.session, send: (caseData) => this.exchange.sendCase(caseData) });
    this.#incoming = new WaitingHere({
      context,
      ends: () => this.exchange.ends(),
      events: this.#carriers.first,
      onOver: (outcome) => this.finish(outcome),
    });
    this.resumption = new Resumption({
      context,
      session: () => this.session,
      newEvents: () => this.#carriers.newEvents(),
      onResumed: (dialog, events, plain) => this.#resumed(dialog, events, plain),
      onLost: (outcome) => this.finish(outcome),
    });
  }

  /** The session as it stands; undefined once it is closed. */
  get session(): ImSession | undefined {
    return this.#context.host.read(`session:${this.id}`);
  }

  /** Gives a text its place and its time. */
  number(id: string, text: string, at: number): OutgoingText {
    this.#written += 1;
    return { id, text, at, seq: this.#written };
  }

  /** Sends the invitation with its first message; one that was sent before goes out again for the seconds that are `left` of it. */
  invite(first: OutgoingText, caseData: CaseData | undefined, left = this.#context.config.invitationTimeout): void {
    const { gateway, host } = this.#context;
    const { session } = this;
    if (!gateway || !session) return;
    const ends = this.exchange.ends();
    const now = host.environment.now();
    const expires = Math.min(3600, Math.max(1, Math.round(left)));
    const { body, withCase } = invitationBody(first, ends, {
      sessionId: now,
      receipts: isSentNow(host.read, 'read'),
      ...(caseData ? { caseData } : {}),
    });
    if (!withCase) this.#case.hold(caseData);
    this.#outgoing = new OutgoingInvitation({
      context: this.#context,
      target: session.peer,
      body,
      expires,
      events: this.#carriers.first,
      onRinging: () => this.#ringing(first.id),
      onAccepted: (dialog, response) => this.#accepted(first.id, dialog, response),
      onFailed: (outcome, status) => this.#refused(first.id, outcome, status),
    });
  }

  /** An invitation of someone's; the session is in the snapshot already. One that came before is answered in its place. */
  invited(invite: IncomingInvite, content: InvitationContent, caller: Party, expires: number): void {
    if (content.first) this.exchange.firstReceived(content.first);
    this.#incoming.take(invite, content, caller, expires);
  }

  /** Goes on (or begins) in single messages outside any dialog. */
  goPage({ plain }: { plain: boolean }): void {
    this.exchange.attach(
      pageDialog(this.#context, () => this.session?.peer ?? partyOf('')),
      { plain, page: true },
    );
  }

  /** Accepts; settles when the caller has acknowledged. @throws ServiceError `invalid-state` */
  async accept(): Promise<void> {
    if (this.session?.page) {
      this.#acceptPage();
      return;
    }
    if (!this.#incoming.isAnswerable || !this.#isWaiting() || this.session?.pending)
      throw new ServiceError('invalid-state', 'The invitation is over, or is being answered.');
    this.#pending('accepting');
    const { dialog, plain } = await this.#incoming.accept();
    if (!this.#isWaiting()) {
      void dialog.bye({ reason: END_REASON });
      throw new ServiceError('invalid-state', 'The session was ended before it began.');
    }
    const { tell, self } = this.#context;
    tell({
      type: 'session-accepted',
      sessionId: this.id,
      by: self(),
      own: true,
      dialog: dialog.ref,
      ...(plain ? { plain } : {}),
    });
    this.#begin(dialog, plain);
  }

  /** Refuses an invitation. The words of a refusal in page mode go as one more message: nothing else would reach the peer. */
  reject(options: { text?: string; busy?: boolean }): void {
    if (this.session?.page && this.#isWaiting()) this.#sayOnce(options.text);
    else if (!this.#incoming.reject(options)) throw new ServiceError('invalid-state', 'The invitation is over.');
    this.finish({
      code: options.busy ? 'busy' : 'rejected',
      by: this.#context.self(),
      own: true,
      ...(options.text ? { text: options.text } : {}),
    });
  }

  /** Ends it, whatever its state; settles when the other side knows or cannot be told. */
  async end(): Promise<void> {
    const { session } = this;
    if (!session || session.status === 'ended') return;
    if (this.#outgoing && session.status === 'establishing') await this.#cancel(this.#outgoing);
    else if (session.status === 'establishing' && session.direction === 'incoming' && !session.pending) this.reject({});
    else if (session.status === 'connected') await this.#bye();
    else this.giveUp();
  }

  /** It is over here by our own wish, whether or not the other side has answered. */
  giveUp(): void {
    this.finish({ code: 'ended', by: this.#context.self(), own: true });
  }

  /** Sends changed case data, now or with the acceptance. @throws ServiceError `unreachable`, `unsupported` */
  sendCase(caseData: CaseData): Promise<void> {
    return this.#case.send(caseData);
  }

  /** An INVITE that asks to replace one of its dialogs. */
  replace(invite: IncomingInvite): void {
    const code = this.session?.outcome?.code;
    if (this.session?.status === 'connected') void this.resumption.accept(invite);
    else invite.reject(603, code === 'ended' ? { headers: [`Reason: ${END_REASON}`] } : {});
  }

  /** Whether that dialog carries it, or did so. */
  wasCarriedBy(name: DialogName): boolean {
    return this.#carriers.include(name, this.session);
  }

  /** The connection is back. */
  online(): void {
    if (this.resumption.isRunning) return this.resumption.online();
    if (this.#isWaiting()) return this.session?.direction === 'incoming' ? this.#incoming.online() : this.#outgoing?.online();
    if (!this.exchange.dialog) return;
    if (this.session?.status === 'connected') this.#context.tell({ type: 'session-resuming', sessionId: this.id, resuming: false });
    this.exchange.resume();
    void this.exchange.announce();
  }

  /** The connection is lost. */
  offline(): void {
    this.#outgoing?.offline();
    if (this.exchange.dialog) this.exchange.hold();
    if (this.session?.status !== 'connected') return;
    this.#context.tell({ type: 'session-resuming', sessionId: this.id, resuming: true });
  }

  /** The agent leaves. With `keep` the peer is told nothing. */
  async leave(keep: boolean): Promise<void> {
    if (keep) {
      this.resumption.close();
      this.exchange.stop('session-ended');
      this.exchange.dialog?.abandon();
      return;
    }
    if (this.#incoming.leave()) this.finish({ code: 'connection-lost' });
    else await this.end();
  }

  /** The session is over, once. */
  finish(outcome: Outcome): void {
    const { session } = this;
    this.resumption.close();
    if (session && session.status !== 'ended') {
      this.#carriers.remember(session);
      this.exchange.stop(session.status === 'connected' ? 'session-ended' : outcome.code);
      this.#context.tell({ type: 'session-ended', sessionId: this.id, outcome });
    }
    this.#settleOver();
  }

  #acceptPage(): void {
    if (!this.#isWaiting() || this.session?.direction !== 'incoming')
      throw new ServiceError('invalid-state', 'The invitation is over, or is being answered.');
    const { tell, self } = this.#context;
    tell({ type: 'session-accepted', sessionId: this.id, by: self(), own: true, ...(this.session.plain ? { plain: true } : {}) });
    tell({ type: 'system-line', sessionId: this.id, code: 'page-mode', by: this.session.peer });
  }

  #sayOnce(text: string | undefined): void {
    const { environment } = this.#context.host;
    if (text) this.exchange.write(this.number(environment.randomId(), text, environment.now()));
  }

  #isWaiting(): boolean {
    return this.session?.status === 'establishing';
  }

  #pending(pending: NonNullable<ImSession['pending']>): void {
    this.#context.tell({ type: 'session-pending', sessionId: this.id, pending });
  }

  #begin(dialog: SipDialog, plain: boolean): void {
    this.#outgoing = undefined;
    if (plain) this.#context.tell({ type: 'system-line', sessionId: this.id, code: 'plain-text-only' });
    this.exchange.attach(dialog, { plain });
    this.#case.release(plain);
  }

  #ringing(messageId: string): void {
    const { tell } = this.#context;
    tell({ type: 'invitation-ringing', sessionId: this.id });
    tell({ type: 'message-state', sessionId: this.id, id: messageId, state: 'sent' });
  }

  #accepted(messageId: string, dialog: SipDialog, response: SipResponse): void {
    const { tell, party } = this.#context;
    const answer = descriptionOf(response.body);
    const plain = isPlain(answer);
    const limits = { ...(plain ? { plain } : {}), ...(isWithoutCase(answer) ? { withoutCase: true } : {}) };
    const by = party(response.identity ?? dialog.remote);
    tell({ type: 'session-accepted', sessionId: this.id, by, own: false, dialog: dialog.ref, ...limits });
    tell({ type: 'message-state', sessionId: this.id, id: messageId, state: 'delivered' });
    this.#begin(dialog, plain);
  }

  #refused(messageId: string, outcome: Outcome, status: number): void {
    this.#outgoing = undefined;
    const failure: MessageFailure = status === 413 || status === 513 ? 'too-long' : outcome.code;
    this.#context.tell({ type: 'message-state', sessionId: this.id, id: messageId, state: 'failed', failure });
    this.finish(outcome);
  }

  async #cancel(invitation: OutgoingInvitation): Promise<void> {
    this.#pending('cancelling');
    invitation.cancel();
    await this.over;
  }

  async #bye(): Promise<void> {
    if (this.session?.pending === 'ending') return this.over;
    this.#pending('ending');
    await this.exchange.hangUp();
    this.giveUp();
    return undefined;
  }

  /** The peer's page knows the dialog no more. It mostly picks the session up again by itself; where it cannot know of the loss, we do. */
  #gone(): void {
    if (this.session?.status !== 'connected') return;
    const { tell, host } = this.#context;
    tell({ type: 'session-resuming', sessionId: this.id, resuming: true });
    this.resumption.start(GRACE * (1 + host.environment.random() / 2));
  }

  /** A new dialog carries the session: the peer picked it up again, or we did. */
  #resumed(dialog: SipDialog, events: DialogEvents, plain: boolean): void {
    const before = this.exchange.dialog;
    this.#carriers.use(events);
    this.#context.tell({ type: 'session-resuming', sessionId: this.id, resuming: false, dialog: dialog.ref });
    this.exchange.attach(dialog, { plain });
    // Where the peer has it still, it ends it as we do; where it has not, this does no harm.
    void before?.bye({ reason: REPLACED_REASON });
  }

  #ended(reason: string | undefined, isFirst: boolean): void {
    const { session } = this;
    if (!session) return;
    const outcome = outcomeOfBye(reason, session.peer);
    // Who picked the session up gave up waiting for our answer, or has another dialog for it: nobody has ended it.
    if (!isFirst && (outcome.code === 'cancelled' || reason === REPLACED_REASON)) this.#gone();
    else this.finish(outcome);
  }
}
