/** Picking a session up again with a new dialog (RFC 3891): this page lost the old one by a reload, or took over from another tab. */
import type { DialogRef, ImSession } from '../../domain/im-session.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, IncomingInvite, SipDialog } from '../gateway.js';
import { backOff } from '../connection/back-off.js';
import type { Conversation } from './conversation.js';
import { answerBody, descriptionOf, isPlain, offerBody } from './invitation-body.js';

/** How often it is tried while the way to the peer is closed; with the back-off's waits that makes about a minute. */
const ATTEMPTS = 6;

/** Answers that another attempt may better. */
const isPassing = (status: number): boolean =>
  status === 0 || status === 408 || status === 480 || status === 491 || (status >= 500 && status < 600);

/** `Replaces` as the peer knows the dialog: its own tag is the to-tag. */
function replacesHeader({ callId, localTag, remoteTag }: DialogRef): string {
  return `Replaces: ${callId};to-tag=${remoteTag};from-tag=${localTag}`;
}

async function attempt(
  context: EngineContext,
  session: ImSession,
  ref: DialogRef,
  events: DialogEvents,
): Promise<{ status: number; dialog?: SipDialog; plain: boolean }> {
  const { gateway, host } = context;
  if (!gateway || !context.online) return { status: 0, plain: false };
  const { response, dialog } = await gateway.invite({
    target: ref.remoteTarget,
    to: session.peer.address,
    body: offerBody({ self: context.self(), peer: session.peer }, host.environment.now()),
    headers: ['Require: replaces', replacesHeader(ref)],
    events,
  }).final;
  return { status: response.status, plain: isPlain(descriptionOf(response.body)), ...(dialog ? { dialog } : {}) };
}

/**
 * Asks the peer to go on with a new dialog. Whoever answers must be the old peer, as the switch asserts; else the session ends.
 * Settles when it is picked up again or over.
 */
export async function resume(context: EngineContext, conversation: Conversation): Promise<void> {
  const ref = conversation.session?.dialog;
  for (let count = 0; count < ATTEMPTS && ref; count += context.online ? 1 : 0) {
    const { session } = conversation;
    if (session?.status !== 'connected') return;
    const { status, dialog, plain } = await attempt(context, session, ref, conversation.events);
    if (dialog && context.party(dialog.remote).address === session.peer.address) {
      conversation.resumed(dialog, plain);
      return;
    }
    if (dialog) await dialog.bye();
    if (dialog || !isPassing(status)) break;
    await new Promise<void>((resolve) => context.host.environment.setTimeout(resolve, backOff(count, context.host.environment.random())));
  }
  conversation.finish({ code: 'connection-lost' });
}

/** The peer asks us to go on with a new dialog. The gateway has found the old one and compared the identities. */
export async function acceptReplacement(context: EngineContext, conversation: Conversation, invite: IncomingInvite): Promise<void> {
  const { session } = conversation;
  const offer = descriptionOf(invite.body);
  const body = answerBody(offer, conversation.exchange.ends(), context.host.environment.now());
  if (!body || session?.status !== 'connected' || context.party(invite.identity).address !== session.peer.address) {
    invite.reject(body ? 403 : 488);
    return;
  }
  try {
    conversation.resumed(await invite.accept({ body, events: conversation.events }), isPlain(offer));
  } catch {
    // The new page went as fast as it came; the old dialog stays, and its own failures decide.
  }
}
