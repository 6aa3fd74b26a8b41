/** What happens with an invitation that arrives: refused unseen, or made a session that waits for the agent. */
import { LOGGED_OFF_CHANNELS } from '../../domain/channel.js';
import { isPending, type ImSession } from '../../domain/im-session.js';
import type { CaseData } from '../../domain/interaction.js';
import type { Party } from '../../domain/party.js';
import { hasRight } from '../../domain/rights.js';
import type { EngineContext } from '../engine-part.js';
import type { IncomingInvite } from '../gateway.js';
import { DISTURBS, NOT_ALLOWED, type WireRefusal } from './answers.js';
import { EMPTY_TRANSCRIPT, find } from '../../domain/transcript.js';
import { Conversation } from './conversation.js';
import type { InvitationContent } from './invitation-body.js';

/** Lifetime of an invitation that names none, seconds. */
const DEFAULT_EXPIRES = 60;

/**
 * Why the agent shall not see what arrives; undefined where they shall.
 * @param options `open`: it belongs to a session that is open already, which only the right to instant messaging can close
 */
export function refusalOf({ config, host }: EngineContext, { open = false }: { open?: boolean } = {}): WireRefusal | undefined {
  const { read } = host;
  const channel = (read('channels') ?? LOGGED_OFF_CHANNELS).im;
  if (!hasRight(read('account')?.rights ?? [], 'im-use')) return NOT_ALLOWED;
  if (open) return undefined;
  if (channel.state === 'logged-off' && channel.pending === undefined) return [480, { headers: [] }];
  if (channel.state === 'do-not-disturb') return DISTURBS;
  const isWaiting = (session: ImSession | undefined): boolean => session !== undefined && isPending(session);
  const pending = (read('sessions') ?? []).filter((id) => isWaiting(read(`session:${id}`))).length;
  return pending >= config.maxPending ? [486, { headers: [] }] : undefined;
}

/** Answers an invitation that the agent shall not see. @returns whether it was answered */
export function refuseUnseen(context: EngineContext, invite: IncomingInvite): boolean {
  const refusal = refusalOf(context);
  if (refusal) invite.reject(...refusal);
  return refusal !== undefined;
}

function newSession({ host }: EngineContext, peer: Party, expires: number, caseData: CaseData | undefined): ImSession {
  const now = host.environment.now();
  return {
    id: host.environment.randomId(),
    direction: 'incoming',
    origin: caseData ? 'consultation' : 'internal',
    status: 'establishing',
    peer,
    parties: [],
    openedAt: now,
    invitedAt: now,
    expiresAt: now + expires * 1000,
    unread: 0,
    ...(caseData ? { interaction: caseData.interaction } : {}),
  };
}

/** Makes a session of an invitation; it rings. */
export function receiveInvitation(context: EngineContext, invite: IncomingInvite, content: InvitationContent): Conversation {
  const { first, caseData } = content;
  const peer = context.party(invite.identity);
  const expires = invite.expires ?? DEFAULT_EXPIRES;
  const session = newSession(context, peer, expires, caseData);
  const conversation = new Conversation(context, session.id);
  const id = first?.id && !first.id.startsWith('system-') ? first.id : context.host.environment.randomId();
  const message = first && { id, text: first.text, at: conversation.exchange.boundedTime(first.sentAt) };
  context.tell({
    type: 'invitation-received',
    session: message ? { ...session, unread: 1 } : session,
    ...(message ? { message } : {}),
    ...(caseData ? { caseData } : {}),
    frame: invite.frame,
  });
  conversation.invited(invite, content, peer, expires);
  return conversation;
}

/**
 * The session that an invitation belongs to already: a caller whose page or connection went sends it again, and the first message has the same
 * id. Nobody but the same agent is believed, as the switch asserts.
 */
export function waitingFor({ host, party }: EngineContext, invite: IncomingInvite, { first }: InvitationContent): ImSession | undefined {
  const id = first?.id;
  if (!id || !invite.identity.asserted) return undefined;
  const sessions = (host.read('sessions') ?? []).flatMap((one) => host.read(`session:${one}`) ?? []);
  return sessions.find(
    (session) =>
      session.direction === 'incoming' &&
      session.status === 'establishing' &&
      session.peer.address === party(invite.identity).address &&
      find(host.read(`transcript:${session.id}`) ?? EMPTY_TRANSCRIPT, id) !== undefined,
  );
}

/** An invitation came again, from the caller's next page or from our last one: it goes on in the conversation where it waits. */
export function receiveAgain(context: EngineContext, invite: IncomingInvite, content: InvitationContent, conversation: Conversation): void {
  const left = ((conversation.session?.expiresAt ?? 0) - context.host.environment.now()) / 1000;
  conversation.invited(invite, content, context.party(invite.identity), Math.max(1, left));
}
