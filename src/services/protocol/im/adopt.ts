/** Sessions that the snapshot holds and this page does not: it was loaded again, or took over from another tab. */
import type { ImSession } from '../../domain/im-session.js';
import type { Outcome } from '../../domain/outcome.js';
import { EMPTY_TRANSCRIPT, entries, type MessageEntry } from '../../domain/transcript.js';
import type { EngineContext } from '../engine-part.js';
import { Conversation } from './conversation.js';

/** The own texts of a session, oldest first. Their places are their numbers on the wire. */
export function ownMessages({ host }: EngineContext, sessionId: string): MessageEntry[] {
  const lines = [...entries(host.read(`transcript:${sessionId}`) ?? EMPTY_TRANSCRIPT)];
  return lines.filter((line): line is MessageEntry => line.kind === 'message' && line.own);
}

/** Ids of the peer's texts that are shown already: an earlier page may have taken them without the peer having learned of it. */
function peerTexts({ host }: EngineContext, sessionId: string): string[] {
  const lines = [...entries(host.read(`transcript:${sessionId}`) ?? EMPTY_TRANSCRIPT)];
  return lines.filter((line) => line.kind === 'message' && !line.own).map(({ id }) => id);
}

/** Sends what was not confirmed, from that place on. */
function writeRest({ exchange }: Conversation, own: readonly MessageEntry[], from: number): void {
  own.forEach(({ id, text, at, state }, index) => {
    if (index >= from && (state === 'queued' || state === 'sending')) exchange.write({ id, text, at, seq: index + 1 });
  });
}

/** What becomes of an invitation whose page went, and that cannot go on. */
function outcomeOf({ direction }: ImSession, left: number): Outcome {
  return direction === 'incoming' && left <= 0 ? { code: 'no-answer' } : { code: 'connection-lost' };
}

/**
 * Goes on with an invitation of ours: the answer would have gone to the page before, so it goes out again, for the time that is left. A callee
 * who has it already knows it by the id of its first message. One that was being taken back is taken back.
 */
function inviteAgain(context: EngineContext, conversation: Conversation, session: ImSession, first: MessageEntry, left: number): void {
  context.tell({ type: 'session-pending', sessionId: session.id, pending: null });
  conversation.invite({ ...first, seq: 1 }, context.host.read(`case:${session.id}`), left);
  if (session.pending) void conversation.end();
}

/**
 * Picks one up: connected ones by Replaces, with what was unsent; an invitation of ours that nobody has answered goes out again. What goes in
 * single messages has no dialog to lose. The numbers of own texts are their places in the transcript, so nothing else needs to be kept.
 */
export function adopt(context: EngineContext, session: ImSession): Conversation {
  const { id, status, direction, dialog, page, plain = false, heard, expiresAt = 0 } = session;
  const own = ownMessages(context, id);
  const first = own[0];
  const conversation = new Conversation(context, id, own.length);
  const left = (expiresAt - context.host.environment.now()) / 1000;
  if (!page && status === 'establishing' && direction === 'outgoing' && first && left >= 1) {
    inviteAgain(context, conversation, session, first, left);
    writeRest(conversation, own, 1);
    return conversation;
  }
  if (!page && (status !== 'connected' || !dialog)) {
    if (first?.state === 'sending' || first?.state === 'sent')
      context.tell({ type: 'message-state', sessionId: id, id: first.id, state: 'failed', failure: 'connection-lost' });
    conversation.finish(outcomeOf(session, left));
    return conversation;
  }
  conversation.exchange.known([...(heard ?? []), ...peerTexts(context, id)]);
  context.tell({ type: 'session-pending', sessionId: id, pending: null });
  if (page) conversation.goPage({ plain });
  else context.tell({ type: 'session-resuming', sessionId: id, resuming: true });
  writeRest(conversation, own, 0);
  if (!page) conversation.resumption.start();
  return conversation;
}
