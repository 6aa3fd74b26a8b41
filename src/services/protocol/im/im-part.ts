/** The part of the engine that does instant messaging: a table of commands, and what arrives. */
import type { ImCommand } from '../../domain/commands.js';
import { LOGGED_OFF_CHANNELS } from '../../domain/channel.js';
import { isPending, type ImSession } from '../../domain/im-session.js';
import { refuseEnd, refuseOpen, refuseSend, refuseText, type Refusal } from '../../domain/im-rules.js';
import type { CaseData, CaseEntry } from '../../domain/interaction.js';
import { partyOf } from '../../domain/party.js';
import { hasRight } from '../../domain/rights.js';
import { EMPTY_TRANSCRIPT, entries, find, type MessageEntry } from '../../domain/transcript.js';
import { ServiceError } from '../../service-error.js';
import { decodeCaseData, encodeCaseData } from '../codecs/case-data.js';
import type { EngineContext, EnginePart } from '../engine-part.js';
import type { IncomingInvite } from '../gateway.js';
import { refuseDoNotDisturb, refuseNotAllowed } from './answers.js';
import { Conversation } from './conversation.js';
import { readInvitation } from './invitation-body.js';
import { acceptReplacement, resume } from './resume.js';

type CommandOf<T extends ImCommand['type']> = Extract<ImCommand, { type: T }>;
type Commands = { readonly [T in ImCommand['type']]: (command: CommandOf<T>) => Promise<void> | void };

/** Lifetime of an invitation that names none, seconds. */
const DEFAULT_EXPIRES = 60;

function throwIf(refusal: Refusal | undefined): void {
  if (refusal) throw new ServiceError(refusal.code, refusal.message);
}

/** Case data of a command, held to what the wire carries; undefined where it makes no sense. */
function checkedCase(caseData: CaseData | undefined): CaseData | undefined {
  if (!caseData) return undefined;
  try {
    const decoded = decodeCaseData(encodeCaseData(caseData).json);
    return decoded.ok ? { ...decoded.value, ...(caseData.notify ? { notify: caseData.notify } : {}) } : undefined;
  } catch {
    // Not even the shape of case data: it came from a script or another tab.
    return undefined;
  }
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
  readonly #commands: Commands = {
    'im.open': (command) => this.#open(command),
    'im.send': (command) => this.#send(command),
    'im.retry': (command) => this.#retry(command),
    'im.accept': ({ sessionId }) => this.#existing(sessionId).accept(),
    'im.reject': ({ sessionId, text, busy }) => this.#existing(sessionId).reject({ ...(text ? { text } : {}), ...(busy ? { busy } : {}) }),
    'im.dismiss': ({ sessionId }) => this.#dismiss(sessionId),
    'im.end': ({ sessionId }) => this.#end(sessionId),
    'im.close': ({ sessionId }) => this.#close(sessionId),
    'im.typing': ({ sessionId, active }) => this.#conversations.get(sessionId)?.exchange.typing(active),
    'im.read': ({ sessionId }) => this.#read(sessionId),
    'im.case': ({ sessionId, data }) => this.#case(sessionId, data),
  };

  constructor(context: EngineContext) {
    this.#context = context;
  }

  async execute(command: ImCommand): Promise<void> {
    const run = this.#commands[command.type] as (command: ImCommand) => Promise<void> | void;
    await run(command);
  }

  onOnline(): void {
    for (const conversation of this.#conversations.values()) conversation.online();
    this.#adopt();
  }

  onOffline(): void {
    for (const conversation of this.#conversations.values()) conversation.offline();
  }

  async stop({ keep }: { keep: boolean }): Promise<void> {
    await Promise.all([...this.#conversations.values()].map((conversation) => conversation.leave(keep)));
    this.#conversations.clear();
  }

  #session(id: string): ImSession | undefined {
    return this.#context.host.read(`session:${id}`);
  }

  #existing(id: string): Conversation {
    const session = this.#session(id);
    if (!session) throw new ServiceError('not-found', 'There is no such session here.');
    const known = this.#conversations.get(id);
    if (known) return known;
    const made = new Conversation(this.#context, id);
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
    if (entry?.kind !== 'message' || entry.state !== 'failed') throw new ServiceError('invalid-state', 'Only a failed message can be sent again.');
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
    if (session.status === 'establishing' || session.status === 'connected') await this.#existing(sessionId).end();
    this.#conversations.delete(sessionId);
    this.#context.tell({ type: 'session-closed', sessionId });
  }

  #read(sessionId: string): void {
    if (!this.#session(sessionId)?.unread && !this.#conversations.has(sessionId)) return;
    this.#context.tell({ type: 'session-read', sessionId });
    if (this.#session(sessionId)?.status === 'connected') this.#conversations.get(sessionId)?.exchange.read();
  }

  async #case(sessionId: string, data: readonly CaseEntry[]): Promise<void> {
    const conversation = this.#existing(sessionId);
    const before = this.#context.host.read(`case:${sessionId}`);
    const interaction = before?.interaction ?? conversation.session?.interaction;
    if (!interaction) throw new ServiceError('invalid-state', 'This session is about no interaction: it has no case information.');
    const { changed: _changed, ...rest } = before ?? { changed: [] };
    const caseData = checkedCase({ ...rest, interaction, seq: (before?.seq ?? 0) + 1, data });
    if (!caseData) throw new ServiceError('configuration', 'Case data must be a list of {key, label, value} that are text.');
    await conversation.sendCase(caseData);
    this.#context.tell({ type: 'case-updated', sessionId, caseData });
  }

  #invited(invite: IncomingInvite): void {
    const { host, party } = this.#context;
    if (invite.replaces) {
      const conversation = [...this.#conversations.values()].find(({ exchange }) => exchange.dialog === invite.replaces);
      if (conversation) void acceptReplacement(this.#context, conversation, invite);
      else invite.reject(481);
      return;
    }
    if (this.#refuses(invite)) return;
    const content = readInvitation(invite.body);
    const peer = party(invite.identity);
    const now = host.environment.now();
    const expires = invite.expires ?? DEFAULT_EXPIRES;
    const session = this.#incomingSession(peer, now, now + expires * 1000, content.caseData);
    const conversation = new Conversation(this.#context, session.id);
    this.#conversations.set(session.id, conversation);
    const { first } = content;
    const message = first && { id: this.#firstId(first.id), text: first.text, at: conversation.exchange.boundedTime(first.sentAt) };
    this.#context.tell({
      type: 'invitation-received',
      session: message ? { ...session, unread: 1 } : session,
      ...(message ? { message } : {}),
      ...(content.caseData ? { caseData: content.caseData } : {}),
    });
    conversation.invited(invite, content, peer, expires);
  }

  #firstId(id: string | undefined): string {
    return id && !id.startsWith('system-') ? id : this.#context.host.environment.randomId();
  }

  #incomingSession(peer: ImSession['peer'], now: number, expiresAt: number, caseData: CaseData | undefined): ImSession {
    return {
      id: this.#context.host.environment.randomId(),
      direction: 'incoming',
      origin: caseData ? 'consultation' : 'internal',
      status: 'establishing',
      peer,
      parties: [],
      openedAt: now,
      invitedAt: now,
      expiresAt,
      unread: 0,
      ...(caseData ? { interaction: caseData.interaction } : {}),
    };
  }

  /** Answers an invitation that the agent shall not see. @returns whether it was answered */
  #refuses(invite: IncomingInvite): boolean {
    const { read } = this.#context.host;
    const channel = (read('channels') ?? LOGGED_OFF_CHANNELS).im;
    const pending = (read('sessions') ?? []).filter((id) => {
      const session = read(`session:${id}`);
      return session && isPending(session);
    }).length;
    if (!hasRight(read('account')?.rights ?? [], 'im-use')) refuseNotAllowed(invite);
    else if (channel.state === 'logged-off' && channel.pending === undefined) invite.reject(480);
    else if (channel.state === 'do-not-disturb') refuseDoNotDisturb(invite);
    else if (pending >= this.#context.config.maxPending) invite.reject(486);
    else return false;
    return true;
  }

  /** Sessions that the snapshot holds and this page does not: it was reloaded, or took over from another tab. */
  #adopt(): void {
    for (const id of this.#context.host.read('sessions') ?? []) {
      const session = this.#session(id);
      if (!session || this.#conversations.has(id) || session.status === 'not-connected' || session.status === 'ended') continue;
      this.#adoptOne(session);
    }
  }

  #adoptOne({ id, status, dialog }: ImSession): void {
    const own = [...entries(this.#context.host.read(`transcript:${id}`) ?? EMPTY_TRANSCRIPT)].filter((entry) => entry.kind === 'message' && entry.own) as MessageEntry[];
    const conversation = new Conversation(this.#context, id, own.length);
    this.#conversations.set(id, conversation);
    if (status !== 'connected' || !dialog) {
      conversation.finish({ code: 'connection-lost' });
      return;
    }
    this.#context.tell({ type: 'session-pending', sessionId: id, pending: null });
    this.#context.tell({ type: 'session-resuming', sessionId: id, resuming: true });
    own.forEach(({ id: messageId, text, at, state }, index) => {
      if (state === 'queued' || state === 'sending') conversation.exchange.write({ id: messageId, text, at, seq: index + 1 });
    });
    void resume(this.#context, conversation);
  }
}
