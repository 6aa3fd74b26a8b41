/**
 * One voice call of this agent, ours by SIP or the host's through its adapter, and what the other side sees meanwhile.
 *
 *     who calls                       on the wire                        who is called
 *     dialling ──────────────────── INVITE ─────────────────────────▶
 *     ringing  ◀──────────────────── 180 ──────────────────────────── alerting
 *     connected ◀─── 200, ACK ────────────────────────────── answer ─ connected
 *     held      ──── re-INVITE sendonly, 200 ─────────────────────▶   connected, heldByPeer
 *     connected ──── re-INVITE sendrecv, 200 ─────────────────────▶   connected
 *     ended     ──── BYE, either way ─────────────────────────────▶   ended
 *
 *     dialling ─▶ ringing ─▶ connected ⇄ held ─▶ ended
 *     alerting ───────────▶ connected ⇄ held ─▶ ended        and from every state: ─▶ ended
 *
 * - `dialling`: the microphone is being opened, then the INVITE is out; the other side knows nothing yet. `ringing`: it rings there.
 * - `alerting`: it rings here, and the caller hears that it rings.
 * - `connected`: a person answered, and the switch has confirmed it; both can speak unless `muted` or `heldByPeer`.
 * - `held`: this agent put it on hold and the other side confirmed it: neither hears the other.
 * - `ended`: `outcome` says why, the same reason on both sides.
 *
 * `pending` is a command that the wire has not confirmed: the state stays what it was until it has.
 */
import type { Outcome } from './outcome.js';
import type { Party } from './party.js';
import type { DialogRef } from './im-session.js';
import type { InteractionRef } from './interaction.js';

/** State of a call. */
export type CallStatus = 'dialling' | 'ringing' | 'alerting' | 'connected' | 'held' | 'ended';

/** A command under way. */
export type CallPending = 'answering' | 'holding' | 'resuming' | 'transferring' | 'ending' | 'conferencing';

/** What a call is for. */
export type CallRole = 'plain' | 'contact' | 'consultation';

/** Something with sound or microphone that the agent can mend. */
export type CallTrouble =
  'microphone-refused' | 'microphone-missing' | 'microphone-busy' | 'autoplay-blocked' | 'ice-failed' | 'ice-restarting' | 'insecure';

/** Progress of a transfer, as its target's side reports it (RFC 3515, 2.4.4). */
export interface CallTransfer {
  readonly to: Party;
  readonly status: 'trying' | 'ringing' | 'done' | 'failed';
  readonly outcome?: Outcome;
}

/** Snapshot of a call. */
export interface Call {
  readonly id: string;
  /** Whose telephone it is: absent for ours, by SIP. */
  readonly line?: 'host';
  readonly direction: 'outgoing' | 'incoming';
  readonly role: CallRole;
  readonly status: CallStatus;
  readonly pending?: CallPending;
  readonly peer: Party;
  /** Every other party while in a conference. */
  readonly parties: readonly Party[];
  /** The other calls of the conference that this one is in. */
  readonly conference?: readonly string[];
  readonly interaction?: InteractionRef;
  /** The IM session that it grew out of. */
  readonly sessionId?: string;
  /** The contact's call, on hold meanwhile, that this consultation is about. */
  readonly contactId?: string;
  /** Tab that holds the media; only there it can be answered and muted. */
  readonly tab?: string;
  readonly muted: boolean;
  /** The other side put this agent on hold. */
  readonly heldByPeer: boolean;
  readonly startedAt: number;
  readonly connectedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: Outcome;
  /** Words are in the strings table under `media.<code>`. */
  readonly trouble?: CallTrouble;
  readonly transfer?: CallTransfer;
  /** What the host allows with its call; everything where absent. */
  readonly can?: Readonly<Partial<Record<CallAbility, boolean>>>;
  /** For another tab that takes over the connection. Opaque to elements. */
  readonly dialog?: DialogRef;
}

/** What a telephone may or may not be able to do with a call. */
export type CallAbility =
  'hold' | 'mute' | 'dtmf' | 'consult' | 'transfer' | 'complete-transfer' | 'conference' | 'complete-conference' | 'end';

/** What ids of calls on the host's telephone begin with. They belong to one page: other tabs have hosts of their own. */
export const HOST_CALL = 'host:';

/** Whether a call is up: somebody speaks, or waits on hold. */
export function isUp(call: Call | undefined): call is Call {
  return call?.status === 'connected' || call?.status === 'held';
}

/** Whether a call is not over. */
export function isAlive(call: Call | undefined): call is Call {
  return call !== undefined && call.status !== 'ended';
}

/** Whether the call's telephone can do something; ours can do everything. */
export function isAble(call: Call, ability: CallAbility): boolean {
  return call.can === undefined || call.can[ability] === true;
}

/** Changes of a call; `undefined` takes a field away. */
export type CallChanges = { readonly [K in keyof Call]?: Call[K] | undefined };

/** The call with changes. */
export function changedCall(call: Call, changes: CallChanges): Call {
  const merged = { ...call, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as unknown as Call;
}
