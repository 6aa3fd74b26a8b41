/** The part of the engine that does instant messaging: a table of commands, and what arrives. */
import type { ImCommand } from '../../domain/commands.js';
import { isPending, type ImSession } from '../../domain/im-session.js';
import { refuseEnd, refuseOpen, refusePage, refuseSend, refuseText, type Refusal } from '../../domain/im-rules.js';
import { partyOf } from '../../domain/party.js';
import { EMPTY_TRANSCRIPT, find, type MessageEntry } from '../../domain/transcript.js';
import type { TimerHandle } from '../../environment.js';
import { ServiceError } from '../../service-error.js';
import type { EngineContext, EnginePart } from '../engine-part.js';
import type { IncomingInvite, IncomingRequest } from '../gateway.js';
import { adopt } from './adopt.js';
import { wasCarriedBy } from './carriers.js';
import { CaseUpdates, checkedCase } from './case-updates.js';
import { Conversation } from './conversation.js';
import { readInvitation } from './invitation-body.js';
import { goOnPaged, receivePage } from './page-mode.js';
import { receiveAgain, receiveInvitation, refuseUnseen, waitingFor } from './receive-invitation.js';

type CommandOf<T extends ImCommand['type']> = Extract<ImCommand, { type: T }>;
type Commands = { readonly [T in ImCommand['type']]: (command: CommandOf<T>) => Promise<void> | void };

function throwIf(refusal: Refusal | undefined): void {
  if (refusal) throw new ServiceError(refusal.code, refusal.message);
}

/** Makes it. */
export function createImPart(context: EngineContext): EnginePart {
  return new ImPart(context);
}

class ImPart implements EnginePart {
  readonly prefixes = ['im'];
  readonly media = { im: (invite: IncomingInvite): void => this.#invited(invite) };
  readonly #context: EngineContext;
  readonly #conversations = new Map<string, Conversation>();
  readonly #caseUpdates: CaseUpdates;
  /** The session whose invitation is read again. */
  #returning: ImSession | undefined;
  /** Commands that wait for the connection. */
  readonly #patient: (() => void)[] = [];
  readonly #endings: TimerHandle[] = [];
  readonly #commands: Commands = {
    'im.open': (command) => this.#open(command),
    'im.send': (command) => this.#send(command),
    'im.retry': (command) => this.#retry(command),
    'im.accept': ({ sessionId }) => this.#existing(sessionId).accept(),
    'im.reject': ({ sessionId, text, busy }) => this.#existing(sessionId).reject({ ...(text ? { text } : {}), ...(busy ? { busy } : {}) }),
    'im.dismiss': ({ sessionId }) => this.#dismiss(sessionId),
    'im.end': ({ sessionId }) => this.#end(sessionId),
    'im.close': ({ sessionId }) => this.#close(sessionId),
    'im.page': ({ sessionId }) => this.#page(sessionId),
    'im.typing': ({ sessionId, active }) => this.#conversations.get(sessionId)?.exchange.typing(active),
    'im.read': ({ sessionId }) => this.#read(sessionId),
    'im.case': (command) => this.#caseUpdates.send(this.#existing(command.sessionId), command),
  };

  constructor(context: EngineContext) {
    this.#context = context;
    this.#caseUpdates = new CaseUpdates(context);
    for (const id of context.host.read('sessions') ?? []) this.#endInTime(id);
  }

  async execute(command: ImCommand): Promise<void> {
    if (this.#isLeftBehind(command.sessionId)) await new Promise<void>((resolve) => this.#patient.push(resolve));
    const run = this.#commands[command.type] as (command: ImCommand) => Promise<void> | void;
    await run(command);
  }

  onMessage(message: IncomingRequest): boolean {
    const begun = receivePage(this.#context, message, ({ id }) => this.#existing(id));
    if (begun) this.#conversations.set(begun.id, begun);
    return true;
  }

  onOnline(): void {
    for (const conversation of this.#conversations.values()) conversation.online();
    this.#adopt();
    for (const go of this.#patient.splice(0)) go();
  }

  onOffline(): void {
    for (const conversation of this.#conversations.values()) conversation.offline();
  }

  async stop({ keep }: { keep: boolean }): Promise<void> {
    await Promise.all([...this.#conversations.values()].map((conversation) => conversation.leave(keep)));
    this.#conversations.clear();
    for (const timer of this.#endings.splice(0)) this.#context.host.environment.clearTimeout(timer);
    for (const go of this.#patient.splice(0)) go();
  }

  /** An invitation of the page before ends with its time, where no connection comes by which it could go on. */
  #endInTime(id: string): void {
    const session = this.#session(id);
    const { environment } = this.#context.host;
    if (session?.status !== 'establishing' || session.page) return;
    const wait = Math.max(0, (session.expiresAt ?? 0) - environment.now());
    const end = (): void => void (this.#session(id)?.status === 'establishing' && this.#existing(id));
    this.#endings.push(environment.setTimeout(end, wait));
  }

  /** An invitation of the page before can be answered or ended once there is a connection. */
  #isLeftBehind(id: string): boolean {
    const session = this.#session(id);
    return session?.status === 'establishing' && !session.page && !this.#conversations.has(id) && !this.#context.online;
  }

  #session(id: string): ImSession | undefined {
    return this.#context.host.read(`session:${id}`);
  }

  #existing(id: string): Conversation {
    const session = this.#session(id);
    if (!session) throw new ServiceError('not-found', 'There is no such session here.');
    const known = this.#conversations.get(id);
    if (known) return known;
    const alive = session.status === 'establishing' || session.status === 'connected';
    const made = alive ? adopt(this.#context, session) : new Conversation(this.#context, id);
    this.#conversations.set(id, made);
    return made;
  }

  #open({ sessionId, target, interaction, caseData }: CommandOf<'im.open'>): void {
    const context = this.#context;
    throwIf(refuseOpen(context.host.read('account'), target, context.config.internalDomains));
    if (this.#session(sessionId)) return;
    const peer = partyOf(target.address, target.name);
    const openedAt = context.host.environment.now();
    const shared = checkedCase(caseData);
    const session: ImSession = {
      id: sessionId,
      direction: 'outgoing',
      origin: interaction ? 'consultation' : 'internal',
      status: 'not-connected',
      peer,
      parties: [],
      openedAt,
      unread: 0,
      ...(target.type === 'agent' ? {} : { target: { type: target.type, address: peer.address, name: peer.name } }),
      ...(interaction ? { interaction } : {}),
    };
    context.tell({ type: 'session-opened', session, ...(shared ? { caseData: shared } : {}) });
  }

  #send({ sessionId, messageId, text }: CommandOf<'im.send'>): void {
    const session = this.#session(sessionId);
    throwIf(refuseText(text) ?? refuseSend(this.#context.host.read, session));
    const transcript = this.#context.host.read(`transcript:${sessionId}`) ?? EMPTY_TRANSCRIPT;
    if (find(transcript, messageId)) return;
    this.#dispatch(this.#existing(sessionId), { id: messageId, text, at: this.#context.host.environment.now() }, false);
  }

  #retry({ sessionId, messageId }: CommandOf<'im.retry'>): void {
    throwIf(refuseSend(this.#context.host.read, this.#session(sessionId)));
    const entry = find(this.#context.host.read(`transcript:${sessionId}`) ?? EMPTY_TRANSCRIPT, messageId);
    if (entry?.kind !== 'message' || entry.state !== 'failed')
      throw new ServiceError('invalid-state', 'Only a failed message can be sent again.');
    if (entry.failure === 'too-long') throw new ServiceError('too-long', 'The message is too long. Send it in parts.');
    this.#dispatch(this.#existing(sessionId), entry, true);
  }

  /** Sends a text the way that the session's state asks for. `again`: it is in the transcript already. */
  #dispatch(conversation: Conversation, { id, text, at }: Pick<MessageEntry, 'id' | 'text' | 'at'>, again: boolean): void {
    const { tell, online, config, host } = this.#context;
    const sessionId = conversation.id;
    const isFirst = conversation.session?.status === 'not-connected';
    const write = (state: 'sending' | 'queued'): void => {
      if (again) tell({ type: 'message-state', sessionId, id, state: 'sending' });
      else tell({ type: 'message-written', at, sessionId, id, text, state });
    };
    if (isFirst && !online) {
      write('sending');
      tell({ type: 'message-state', sessionId, id, state: 'failed', failure: 'unreachable' });
      return;
    }
    const line = conversation.number(id, text, at);
    if (!isFirst) {
      write('queued');
      conversation.exchange.write(line);
      return;
    }
    tell({ type: 'invitation-sent', sessionId, expiresAt: host.environment.now() + config.invitationTimeout * 1000 });
    write('sending');
    conversation.invite(line, host.read(`case:${sessionId}`));
  }

  #dismiss(sessionId: string): void {
    const session = this.#session(sessionId);
    if (session && isPending(session) && !session.dismissed) this.#context.tell({ type: 'invitation-dismissed', sessionId });
  }

  async #end(sessionId: string): Promise<void> {
    const conversation = this.#existing(sessionId);
    const { session } = conversation;
    if (!session || session.status === 'not-connected' || session.status === 'ended') {
      throw new ServiceError('invalid-state', 'There is nothing to end. Press Done to close the session.');
    }
    throwIf(refuseEnd(this.#context.host.read('account'), session));
    await conversation.end();
  }

  /** Done. Whoever may not end a session may not close one that lives, either. */
  async #close(sessionId: string): Promise<void> {
    const session = this.#session(sessionId);
    if (!session) return;
    throwIf(refuseEnd(this.#context.host.read('account'), session));
    // Whose end is under way is closed without the answer.
    if (session.pending === 'ending') this.#existing(sessionId).giveUp();
    else if (session.status === 'establishing' || session.status === 'connected') await this.#existing(sessionId).end();
    this.#conversations.delete(sessionId);
    this.#context.tell({ type: 'session-closed', sessionId });
  }

  /** The agent wants to go on in single messages, after the peer's device refused a session. */
  #page(sessionId: string): void {
    const session = this.#session(sessionId);
    const { read } = this.#context.host;
    throwIf(session ? refusePage(read('account'), session) : { code: 'not-found', message: 'There is no such session here.' });
    if (session) this.#conversations.set(sessionId, goOnPaged(this.#context, session));
  }

  #read(sessionId: string): void {
    if (!this.#session(sessionId)?.unread && !this.#conversations.has(sessionId)) return;
    this.#context.tell({ type: 'session-read', sessionId });
    if (this.#session(sessionId)?.status === 'connected') this.#conversations.get(sessionId)?.exchange.read();
  }

  #invited(invite: IncomingInvite): void {
    if (invite.replaces ?? invite.replacing) {
      const conversation = this.#replaced(invite);
      if (conversation) conversation.replace(invite);
      else invite.reject(481);
      return;
    }
    const content = readInvitation(invite.body);
    const known = this.#returning ?? waitingFor(this.#context, invite, content);
    if (known) receiveAgain(this.#context, invite, content, this.#waiting(known.id));
    else if (!refuseUnseen(this.#context, invite)) {
      const conversation = receiveInvitation(this.#context, invite, content);
      this.#conversations.set(conversation.id, conversation);
    }
  }

  /** Whose dialog is to be replaced: one of this page, or of an earlier one that it has taken over from. */
  #replaced({ replaces, replacing }: IncomingInvite): Conversation | undefined {
    const mine = [...this.#conversations.values()].find(
      (one) => (replaces && one.exchange.dialog === replaces) || (replacing && one.wasCarriedBy(replacing)),
    );
    if (mine || !replacing) return mine;
    const id = (this.#context.host.read('sessions') ?? []).find((one) => wasCarriedBy(this.#session(one) ?? {}, replacing));
    return id === undefined ? undefined : this.#existing(id);
  }

  /** Picks up what an earlier page has left. */
  #adopt(): void {
    for (const id of this.#context.host.read('sessions') ?? []) {
      const session = this.#session(id);
      const alive = session?.status === 'establishing' || session?.status === 'connected';
      if (session && alive && !this.#conversations.has(id)) this.#pickUp(session);
    }
  }

  #pickUp(session: ImSession): void {
    const { gateway, host } = this.#context;
    const frame = host.read(`invitation:${session.id}`);
    if (frame && session.status === 'establishing') {
      this.#context.tell({ type: 'session-pending', sessionId: session.id, pending: null });
      this.#returning = session;
      gateway?.receive(frame);
      this.#returning = undefined;
    }
    if (!this.#conversations.has(session.id)) this.#conversations.set(session.id, adopt(this.#context, session));
  }

  /** The conversation of an invitation that waits, in this page or in one before it. */
  #waiting(id: string): Conversation {
    const conversation = this.#conversations.get(id) ?? new Conversation(this.#context, id);
    this.#conversations.set(id, conversation);
    return conversation;
  }
}
