/** Sessions that the snapshot holds and this page does not: it was loaded again, or took over from another tab. */
import type { ImSession } from '../../domain/im-session.js';
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

/**
 * Picks one up: connected ones by Replaces, with what was unsent; an invitation that was under way went with its page. What goes in single
 * messages has no dialog to lose. The numbers of own texts are their places in the transcript, so nothing else needs to be kept.
 */
export function adopt(context: EngineContext, { id, status, dialog, page, plain = false, heard }: ImSession): Conversation {
  const own = ownMessages(context, id);
  const conversation = new Conversation(context, id, own.length);
  if (!page && (status !== 'connected' || !dialog)) {
    conversation.finish({ code: 'connection-lost' });
    return conversation;
  }
  conversation.exchange.known([...(heard ?? []), ...peerTexts(context, id)]);
  context.tell({ type: 'session-pending', sessionId: id, pending: null });
  if (page) conversation.goPage({ plain });
  else context.tell({ type: 'session-resuming', sessionId: id, resuming: true });
  own.forEach(({ id: messageId, text, at, state }, index) => {
    if (state === 'queued' || state === 'sending') conversation.exchange.write({ id: messageId, text, at, seq: index + 1 });
  });
  if (!page) conversation.resumption.start();
  return conversation;
}
