/**
 * Page mode (RFC 3428): single messages outside any dialog, for devices that know no sessions. What arrives becomes a session that waits for
 * the agent like any invitation; answers go back as single messages. Nobody is told that such a session was accepted, refused or ended.
 */
import type { ImSession } from '../../domain/im-session.js';
import type { Party } from '../../domain/party.js';
import type { EngineContext } from '../engine-part.js';
import type { IncomingRequest } from '../gateway.js';
import { decodeMediaType } from '../codecs/media-type.js';
import { ownMessages } from './adopt.js';
import { Conversation } from './conversation.js';
import { CPIM_TYPE, readLine, type IncomingText } from './line.js';
import { refusalOf } from './receive-invitation.js';

/** Messages that wait with one session for the agent's answer; further ones are answered busy. */
const MAX_WAITING = 100;
const TAKEN = 'Accept: message/cpim, text/plain, application/im-iscomposing+xml, message/imdn+xml';

/** Whether the sender's device takes plain text only. */
const isPlainText = (request: IncomingRequest): boolean => decodeMediaType(request.body?.contentType ?? '')?.value !== CPIM_TYPE;

function openSession(context: EngineContext, peer: Party, request: IncomingRequest, first: IncomingText): Conversation {
  const { host } = context;
  const now = host.environment.now();
  const session: ImSession = {
    id: host.environment.randomId(),
    direction: 'incoming',
    origin: 'internal',
    status: 'establishing',
    peer,
    parties: [],
    openedAt: now,
    invitedAt: now,
    unread: 1,
    page: true,
    ...(isPlainText(request) ? { plain: true } : {}),
  };
  const conversation = new Conversation(context, session.id);
  const id = first.id && !first.id.startsWith('system-') ? first.id : host.environment.randomId();
  context.tell({
    type: 'invitation-received',
    session,
    message: { id, text: first.text, at: conversation.exchange.boundedTime(first.sentAt) },
  });
  conversation.exchange.firstReceived(first);
  conversation.goPage({ plain: session.plain ?? false });
  return conversation;
}

/** The session in single messages with this peer that is not over. */
function openWith({ host: { read } }: EngineContext, peer: Party): ImSession | undefined {
  const sessions = (read('sessions') ?? []).flatMap((id) => read(`session:${id}`) ?? []);
  return sessions.findLast(({ page, status, peer: { address } }) => page && status !== 'ended' && address === peer.address);
}

/**
 * Takes a message that came outside any dialog. The first answer of a peer whom this agent wrote to is their acceptance.
 * @param known the conversation of a session that is open
 * @returns a conversation that was begun by it
 */
export function receivePage(
  context: EngineContext,
  request: IncomingRequest,
  known: (session: ImSession) => Conversation,
): Conversation | undefined {
  const line = request.header('Content-Encoding') ? undefined : readLine(request.body);
  if (!line || line.kind === 'case' || (line.kind === 'refused' && line.status === 415)) {
    request.respond(415, { headers: [TAKEN] });
    return undefined;
  }
  const peer = context.party(request.identity);
  const session = openWith(context, peer);
  const refusal = refusalOf(context, { open: session !== undefined });
  if (refusal) request.respond(...refusal);
  else if (session) answerIn(context, request, session, known(session), line.kind === 'text');
  else if (line.kind === 'text') {
    request.respond(200);
    return openSession(context, peer, request, line);
  } else request.respond(line.kind === 'refused' ? line.status : 200);
  return undefined;
}

function answerIn(context: EngineContext, request: IncomingRequest, session: ImSession, to: Conversation, isText: boolean): void {
  const waits = session.status === 'establishing';
  if (waits && session.direction === 'incoming' && session.unread >= MAX_WAITING) {
    request.respond(486);
    return;
  }
  if (isText && waits && session.direction === 'outgoing') {
    context.tell({
      type: 'session-accepted',
      sessionId: session.id,
      by: session.peer,
      own: false,
      ...(session.plain ? { plain: true } : {}),
    });
  }
  to.exchange.receive(request);
}

/** Begins a session anew in single messages, with the texts that its invitation and what waited behind it could not deliver. */
export function goOnPaged(context: EngineContext, { id }: ImSession): Conversation {
  const own = ownMessages(context, id);
  const conversation = new Conversation(context, id, own.length);
  context.tell({ type: 'session-paged', sessionId: id });
  conversation.goPage({ plain: true });
  own.forEach((line, index) => {
    if (line.state !== 'failed' || line.failure === 'too-long') return;
    context.tell({ type: 'message-state', sessionId: id, id: line.id, state: 'sending' });
    conversation.exchange.write({ id: line.id, text: line.text, at: line.at, seq: index + 1 });
  });
  return conversation;
}
