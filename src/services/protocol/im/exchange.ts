/** What goes to and fro in an accepted session: texts, typing, receipts, case data. Knows the dialog, not how it came about. */
import type { CaseData } from '../../domain/interaction.js';
import { isSentNow, type NoticeName } from '../../domain/notices.js';
import type { Party } from '../../domain/party.js';
import { encodeReason } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { IncomingRequest, SipBody, SipDialog, SipResponse } from '../gateway.js';
import { answerBody, descriptionOf } from './invitation-body.js';
import { Inbox, type ReceivedText } from './inbox.js';
import {
  caseBody,
  readBody,
  readLine,
  textBody,
  typingBody,
  type Ends,
  type IncomingLine,
  type IncomingText,
  type OutgoingText,
} from './line.js';
import { Outbox } from './outbox.js';
import { Typing } from './typing.js';

/** The BYE of a person who ends a session (docs/wire.md). */
export const END_REASON = encodeReason({ protocol: 'SIP', cause: 200, text: 'End IM' });
/** How long the end waits for texts under way, and for the answer to BYE, ms. */
const DRAIN_LIMIT = 2000;
const BYE_LIMIT = 5000;
/** A sender's clock may be this far ahead of ours before its time is not believed, ms. */
const CLOCK_AHEAD = 60_000;
/** How long the telling of what was read waits, ms: people wait for the frame that shows the text, nobody for the receipt. */
const RECEIPT_REST = 50;
/** Texts whose reading is still to be told; older ones are let go. */
const MAX_UNTOLD = 1000;
/** What a lost answer looks like: tell again. */
const UNANSWERED: readonly number[] = [0, 408, 480, 500, 503];

/** What it tells its session. */
export interface ExchangeOptions {
  readonly context: EngineContext;
  readonly sessionId: string;
  /** The peer, as asserted. */
  readonly peer: () => Party;
  /** No text can be older than the session, wall-clock ms. */
  readonly notBefore: number;
  /** The peer's dialog is gone. */
  readonly onGone: () => void;
  /** Nothing came back for too long. */
  readonly onGiveUp: () => void;
}

/** See the head of the file. */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #outbox: Outbox;
  readonly #inbox: Inbox;
  readonly #typing: Typing;
  #dialog: SipDialog | undefined;
  #plain = false;
  #page = false;
  /** Ids of texts that ask to be told of their reading and are not read yet. */
  #unread: string[] = [];
  /** Read, but telling failed. */
  #untold: string[] = [];

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { context, sessionId } = options;
    const { environment } = context.host;
    this.#outbox = new Outbox({
      environment,
      send: (text, plain) => this.#sendText(text, plain),
      onState: (id, state, failure) => context.tell({ type: 'message-state', sessionId, id, state, ...(failure ? { failure } : {}) }),
      onGone: options.onGone,
      onGiveUp: options.onGiveUp,
      onPlain: () => this.#goPlain(),
    });
    this.#inbox = new Inbox(environment, (text) => this.#show(text));
    this.#typing = new Typing({
      environment,
      send: (active, refresh) => void this.#request(typingBody(active, refresh)),
      onPeer: (active) => context.tell({ type: 'typing', sessionId, from: options.peer(), active }),
    });
  }

  /** The dialog that carries it now. */
  get dialog(): SipDialog | undefined {
    return this.#dialog;
  }

  /** Both ends, for CPIM. */
  ends(): Ends {
    return { self: this.#options.context.self(), peer: this.#options.peer() };
  }

  /** A dialog stands: for the first time, or in place of the one before. */
  attach(dialog: SipDialog, { plain = false, page = false }: { plain?: boolean; page?: boolean } = {}): void {
    if (this.#dialog) {
      this.#inbox.rebase();
      this.#outbox.renew();
    }
    this.#dialog = dialog;
    this.#page = page;
    if (plain) this.#plain = true;
    this.resume();
  }

  /** The way to the peer is open (again). */
  resume(): void {
    this.#outbox.resume({ plain: this.#plain, page: this.#page });
    const again = this.#untold.splice(0);
    if (this.#tells('read')) for (const id of again) void this.#tellRead(id);
  }

  /**
   * Our connection is back: the peer hears of us, and sends at once what it could not deliver meanwhile. A text that waits here says it by
   * itself; else it is a notice that nobody types.
   */
  async announce(): Promise<void> {
    const dialog = this.#dialog;
    if (this.#plain || this.#page || !this.#outbox.empty) return;
    const { status } = await this.#request(typingBody(false, 0));
    if (status === 481 && dialog === this.#dialog) this.#options.onGone();
  }

  /** The way to the peer is closed for now. */
  hold(): void {
    this.#outbox.hold();
  }

  /** Puts a text at the end of what is to be sent. */
  write(text: OutgoingText): void {
    this.#outbox.add(text);
    this.#typing.sent();
  }

  /** Ends the dialog, after the texts that are under way; settles when the peer knows or cannot be told. */
  async hangUp(): Promise<void> {
    await this.#outbox.drained(DRAIN_LIMIT);
    if (this.#options.context.online) await this.#dialog?.bye({ reason: END_REASON, limit: BYE_LIMIT });
    else this.#dialog?.abandon();
  }

  /** The session is over; what waits has failed. */
  stop(failure: Parameters<Outbox['stop']>[0]): void {
    this.#outbox.stop(failure);
    this.#inbox.close();
    this.#typing.stop();
  }

  /** The agent types, or stopped. */
  typing(active: boolean): void {
    // Switched off while a notice holds, the next key takes it back.
    if (this.#dialog && !this.#plain) this.#typing.own(active && this.#tells('typing'));
  }

  /** Everything that came was seen. */
  read(): void {
    const ids = this.#unread.splice(0);
    if (!ids.length || !this.#tells('read')) return;
    this.#options.context.host.environment.setTimeout(() => ids.forEach((id) => void this.#tellRead(id)), RECEIPT_REST);
  }

  /** Sends changed case data. @returns the SIP status */
  async sendCase(caseData: CaseData): Promise<number> {
    return (await this.#request(caseBody(caseData))).status;
  }

  /** The peer's texts that an earlier page has shown. */
  known(ids: readonly string[]): void {
    this.#inbox.known(ids);
  }

  /** The text that travelled in the invitation; it is shown with the invitation itself. */
  firstReceived({ id, wantsRead }: IncomingText): void {
    if (id && wantsRead) this.#unread.push(id);
  }

  /** An in-dialog request of the peer's. */
  receive(request: IncomingRequest): void {
    if (request.method === 'MESSAGE') this.#receiveLine(request);
    else if (request.method === 'INVITE') this.#answerOffer(request);
    else if (request.method === 'OPTIONS') request.respond(200);
    else request.respond(405, { headers: ['Allow: ACK, BYE, INVITE, MESSAGE, OPTIONS'] });
  }

  #tells(notice: NoticeName): boolean {
    return isSentNow(this.#options.context.host.read, notice);
  }

  #receiveLine(request: IncomingRequest): void {
    const line = request.header('Content-Encoding') ? ({ kind: 'refused', status: 415 } as const) : readLine(request.body);
    if (line.kind === 'refused') {
      request.respond(
        line.status,
        line.status === 415 ? { headers: ['Accept: message/cpim, text/plain, application/im-iscomposing+xml, message/imdn+xml'] } : {},
      );
      return;
    }
    this.#take(line);
    // Whoever mirrors this page has it before the peer counts it as delivered.
    const mirrored = line.kind === 'text' ? this.#options.context.host.mirrored?.() : undefined;
    if (mirrored) void mirrored.then(() => request.respond(200));
    else request.respond(200);
    this.#outbox.nudge();
  }

  #take(line: Exclude<IncomingLine, { kind: 'refused' }>): void {
    const { context, sessionId } = this.#options;
    if (line.kind === 'text') this.#inbox.receive(line);
    else if (line.kind === 'typing') this.#typing.peer(line.active, line.refresh);
    else if (line.kind === 'read') context.tell({ type: 'message-state', sessionId, id: line.messageId, state: 'read' });
    // Who was asked has nothing to say about the case.
    else if (line.kind === 'case' && context.host.read(`session:${sessionId}`)?.direction === 'incoming')
      context.tell({ type: 'case-updated', sessionId, caseData: line.caseData });
  }

  /** A re-INVITE: the same answer as before, in the words of this offer. */
  #answerOffer(request: IncomingRequest): void {
    const { context } = this.#options;
    const body = answerBody(descriptionOf(request.body), this.ends(), context.host.environment.now());
    if (body) request.respond(200, { body });
    else request.respond(488);
  }

  #show(text: ReceivedText): void {
    const { context, sessionId } = this.#options;
    this.#typing.received();
    if (text.wantsRead && this.#unread.length < MAX_UNTOLD) this.#unread.push(text.id);
    const from = this.#options.peer();
    context.tell({ type: 'message-received', sessionId, id: text.id, from, text: text.text, sentAt: this.boundedTime(text.sentAt) });
  }

  /** The sender's time, where its clock can be believed. */
  boundedTime(sentAt: number | undefined): number {
    const now = this.#options.context.host.environment.now();
    if (sentAt === undefined || sentAt > now + CLOCK_AHEAD || sentAt < this.#options.notBefore - CLOCK_AHEAD) return now;
    return sentAt;
  }

  #goPlain(): void {
    this.#plain = true;
    this.#options.context.tell({ type: 'system-line', sessionId: this.#options.sessionId, code: 'plain-text-only' });
  }

  #sendText(text: OutgoingText, plain: boolean): Promise<SipResponse> {
    return this.#request(textBody(text, this.ends(), { plain, receipts: this.#tells('read') }));
  }

  async #tellRead(id: string): Promise<void> {
    const { status } = await this.#request(readBody(id, this.#options.context.host.environment.now(), this.ends()));
    if (UNANSWERED.includes(status) && this.#untold.length < MAX_UNTOLD) this.#untold.push(id);
  }

  async #request(body: SipBody): Promise<SipResponse> {
    const nothing: SipResponse = { status: 0, reason: '', header: () => undefined };
    if (!this.#dialog || !this.#options.context.online) return nothing;
    return this.#dialog.request('MESSAGE', { body }).catch(() => nothing);
  }
}
