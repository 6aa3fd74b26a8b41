/**
 * One instant-messaging session, from the open window to Done.
 *
 *     outgoing                              incoming
 *     not-connected ── first message ──▶ establishing ◀── invitation arrives
 *          │ Done                        │    │
 *          ▼                   accepted  │    │ rejected, timed out, cancelled, refused, lost
 *       (closed)                         ▼    ▼
 *                                  connected ──▶ ended ── Done ──▶ (closed)
 *
 * - `not-connected`: the window is open, nothing was sent. The peer knows nothing.
 * - `establishing`: caller: the invitation is under way. Callee: it waits for an answer (ringing, or missed once ended).
 * - `connected`: a person accepted. Never shown before that.
 * - `ended`: `outcome` says why.
 */
import type { Outcome } from './outcome.js';
import type { Party } from './party.js';
import type { TargetType } from './target.js';
import type { InteractionRef } from './interaction.js';

/** The four status words of product decision 1. */
export type SessionStatus = 'not-connected' | 'establishing' | 'connected' | 'ended';

/** `internal`: from the main screen. `consultation`: about an interaction. */
export type SessionOrigin = 'internal' | 'consultation';

/** A command that was given and is not confirmed by the wire yet. */
export type SessionPending = 'accepting' | 'rejecting' | 'cancelling' | 'ending';

/** What the protocol needs to go on with the dialog after a reload or a takeover (RFC 3261, 12; RFC 3891). Opaque to elements. */
export interface DialogRef {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** The peer's GRUU or contact. */
  readonly remoteTarget: string;
  /** The switch vouched for the peer: nobody takes its place on their own word. */
  readonly asserted?: boolean;
}

/** Snapshot of a session. */
export interface ImSession {
  readonly id: string;
  readonly direction: 'outgoing' | 'incoming';
  readonly origin: SessionOrigin;
  readonly status: SessionStatus;
  readonly pending?: SessionPending;
  /** The other person; until someone accepted a group's, skill's or queue's invitation, that address. */
  readonly peer: Party;
  /** What was addressed, where that is not the peer (a queue, say). */
  readonly target?: { readonly type: TargetType; readonly address: string; readonly name: string };
  /** Everyone connected besides this agent. */
  readonly parties: readonly Party[];
  /** Set on a consultation. */
  readonly interaction?: InteractionRef;
  /** Wall-clock ms: window opened, or invitation arrived. */
  readonly openedAt: number;
  readonly invitedAt?: number;
  /** When the invitation ends by itself. */
  readonly expiresAt?: number;
  /** The peer's device rings (180 came). */
  readonly ringing?: boolean;
  readonly connectedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: Outcome;
  /** The notification was dismissed (by time or by hand); the invitation itself may be alive. */
  readonly dismissed?: boolean;
  /** Peer messages nobody has seen yet. */
  readonly unread: number;
  /** The session is interrupted and is being picked up again (connection lost, page reloaded). */
  readonly resuming?: boolean;
  /** Refused to be taken for plain text only: the peer's device knows no CPIM, so there are no receipts. */
  readonly plain?: boolean;
  /** The peer's device takes sessions, but no case data: it said so when it accepted. */
  readonly withoutCase?: boolean;
  /** Carried by single messages outside any dialog (RFC 3428), because the peer's device knows no sessions: nobody is told of its end. */
  readonly page?: boolean;
  readonly dialog?: DialogRef;
  /** The dialog that it began with, once another has taken its place: both sides know this one, whatever went wrong between. Opaque to elements. */
  readonly firstDialog?: DialogRef;
  /** Ids of the peer's last texts before the page was loaded again: what is sent again of them is not shown. Opaque to elements. */
  readonly heard?: readonly string[];
}

/** An invitation that still waits for this agent's answer. */
export function isPending(session: ImSession): boolean {
  return session.direction === 'incoming' && session.status === 'establishing';
}

/** An invitation that ended before this agent answered it, and not because they (here or elsewhere) did. */
export function isMissed(session: ImSession): boolean {
  if (session.direction !== 'incoming' || session.status !== 'ended' || session.connectedAt !== undefined) return false;
  const code = session.outcome?.code;
  return session.outcome?.own !== true && code !== 'answered-elsewhere' && code !== 'rejected-elsewhere';
}
