/**
 * One voice call of this agent (ours by SIP, or the host's through its adapter).
 *
 *     dialling ─▶ ringing ─▶ connected ⇄ held ─▶ ended        (outgoing)
 *     alerting ───────────▶ connected ⇄ held ─▶ ended        (incoming)
 *
 * - `dialling`: the INVITE is out. `ringing`: the other side rings. `alerting`: it rings here.
 * - `connected`: both can speak. `held`: this agent put it on hold and the wire confirmed it.
 * - `ended`: `outcome` says why.
 */
import type { Outcome } from './outcome.js';
import type { Party } from './party.js';
import type { InteractionRef } from './interaction.js';

/** State of a call. */
export type CallStatus = 'dialling' | 'ringing' | 'alerting' | 'connected' | 'held' | 'ended';

/** A command under way. */
export type CallPending = 'answering' | 'holding' | 'resuming' | 'transferring' | 'ending' | 'conferencing';

/** What a call is for. */
export type CallRole = 'plain' | 'contact' | 'consultation';

/** Snapshot of a call. */
export interface Call {
  readonly id: string;
  readonly direction: 'outgoing' | 'incoming';
  readonly role: CallRole;
  readonly status: CallStatus;
  readonly pending?: CallPending;
  readonly peer: Party;
  /** Every other party while in a conference. */
  readonly parties: readonly Party[];
  readonly interaction?: InteractionRef;
  /** The IM session that it grew out of. */
  readonly sessionId?: string;
  /** Tab that holds the media; only there it can be answered and muted. */
  readonly tab?: string;
  readonly muted: boolean;
  /** The other side put this agent on hold. */
  readonly heldByPeer: boolean;
  readonly startedAt: number;
  readonly connectedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: Outcome;
  /** Something with sound or microphone that the agent can mend; words are in the strings table under `media.<code>`. */
  readonly trouble?: 'microphone-refused' | 'microphone-missing' | 'autoplay-blocked' | 'ice-failed' | 'ice-restarting';
  /** Progress of a transfer. */
  readonly transfer?: { readonly to: Party; readonly status: 'trying' | 'ringing' | 'done' | 'failed'; readonly outcome?: Outcome };
}
