/** A call that goes on over another dialog (RFC 3891): the other side was sent to somebody, or one of the two goes on in another page. */
import { isAlive, isUp, type Call, type CallChanges } from '../../domain/call.js';
import { encodeReason } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, IncomingInvite, SipDialog } from '../gateway.js';
import { sdpBody, sdpOf, type MediaLeg } from './media-leg.js';
import { replacesOf } from './refer-to.js';

const END = encodeReason({ protocol: 'SIP', cause: 200, text: 'Call ended' });

/** What is needed of the call. */
export interface MovedCall {
  call(): Call | undefined;
  change(changes: CallChanges): void;
  /** The dialog of a call that is up, with nothing under way. @throws ServiceError `invalid-state` */
  up(): SipDialog;
  end(reason: string): Promise<void>;
  /** Sound and events for another dialog of the call. */
  prepare(): { leg: MediaLeg; events: DialogEvents };
  /** The call goes over another dialog from now on. */
  goOn(leg: MediaLeg, dialog: SipDialog, isCaller: boolean, heldByPeer: boolean | undefined): void;
}

/** Takes a dialog in the place of the present one; what cannot be taken is refused, and the call is as it was. */
export async function acceptReplacement(moved: MovedCall, invite: IncomingInvite): Promise<void> {
  const offer = sdpOf(invite.body);
  if (!isUp(moved.call()) || !offer) {
    invite.reject(offer ? 481 : 488);
    return;
  }
  const { leg, events } = moved.prepare();
  const reply = await leg.ask({ type: 'answer', sdp: offer }).catch(() => undefined);
  if (!reply?.sdp) {
    leg.close();
    invite.reject(488);
    return;
  }
  try {
    const dialog = await invite.accept({ body: sdpBody(reply.sdp), events });
    if (isAlive(moved.call())) moved.goOn(leg, dialog, false, reply.heldByPeer);
    else await dialog.bye({ reason: END });
  } catch {
    // Whoever asked is gone again; the old dialog stays, and its own failures decide.
    leg.close();
  }
}

/**
 * Goes on with a call whose connection another tab had: a new dialog in the place of the old one, with the sound where it was.
 * @returns whether it goes on
 */
export async function adopt(context: EngineContext, moved: MovedCall): Promise<boolean> {
  const call = moved.call();
  const { gateway } = context;
  if (!isUp(call) || !call.dialog || !gateway) return false;
  const held = call.status === 'held';
  const { leg, events } = moved.prepare();
  const offer = await leg.ask({ type: 'offer', held }).catch(() => undefined);
  if (!offer?.sdp) return false;
  const { dialog, response } = await gateway.invite({
    target: call.dialog.remoteTarget,
    to: call.peer.address,
    body: sdpBody(offer.sdp),
    headers: ['Require: replaces', `Replaces: ${replacesOf(call.dialog)}`],
    events,
  }).final;
  const answer = sdpOf(response.body);
  const reply = dialog && answer ? await leg.ask({ type: 'settle', sdp: answer }).catch(() => undefined) : undefined;
  if (!dialog || !reply || reply.trouble) {
    leg.close();
    await dialog?.bye();
    return false;
  }
  moved.goOn(leg, dialog, true, reply.heldByPeer);
  moved.change({ status: call.status, pending: undefined });
  return true;
}
