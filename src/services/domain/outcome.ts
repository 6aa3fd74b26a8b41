/** Why a session or call ended, in the field's words. One table maps what the wire answers to it (docs/wire.md, "Invitation"). */
import type { Party } from './party.js';

/**
 * - `ended`: a party ended it; `by` says who.
 * - `rejected`, `busy`, `do-not-disturb`, `no-answer`, `not-logged-in`: what the callee did.
 * - `cancelled`: the caller gave up before an answer.
 * - `answered-elsewhere`, `rejected-elsewhere`: another tab or device of this agent, or another member of the group, answered.
 * - `no-such-agent`: unknown address. `not-allowed`: refused by the switch or for want of a right. `foreign`: other domain.
 * - `unsupported`: the device cannot do it. `unreachable`: the switch or the way to the peer fails.
 * - `connection-lost`: our connection or the dialog was lost.
 * - `failed`: anything else; `status` has the code.
 */
export type OutcomeCode =
  | 'ended'
  | 'rejected'
  | 'busy'
  | 'do-not-disturb'
  | 'no-answer'
  | 'not-logged-in'
  | 'cancelled'
  | 'answered-elsewhere'
  | 'rejected-elsewhere'
  | 'no-such-agent'
  | 'not-allowed'
  | 'foreign'
  | 'unsupported'
  | 'unreachable'
  | 'connection-lost'
  | 'failed';

/** How something ended. */
export interface Outcome {
  readonly code: OutcomeCode;
  /** Who brought it about, where that is known. */
  readonly by?: Party;
  /** Whether this agent did. */
  readonly own?: boolean;
  /** Words that came with it (a rejection with a message). */
  readonly text?: string;
  /** SIP status code, where one led here. */
  readonly status?: number;
}

/** Final status of an INVITE → outcome at the caller (RFC 3261, 21). 480 needs `ringing`: see `inviteOutcome`. */
const BY_STATUS: Readonly<Record<number, OutcomeCode>> = {
  403: 'not-allowed',
  404: 'no-such-agent',
  405: 'unsupported',
  408: 'no-answer',
  410: 'no-such-agent',
  415: 'unsupported',
  480: 'not-logged-in',
  481: 'connection-lost',
  484: 'no-such-agent',
  486: 'busy',
  487: 'cancelled',
  488: 'unsupported',
  500: 'unsupported',
  501: 'unsupported',
  503: 'unreachable',
  600: 'busy',
  603: 'rejected',
  604: 'no-such-agent',
  606: 'unsupported',
};

/**
 * What the caller is told when an INVITE ends with a final failure.
 * @param status SIP status; 0 for none at all (the transport failed)
 * @param facts what else is known: whether a 180 came before (480 then means "no answer"), whether a Warning came with a
 *   603 (then it is no person's refusal), the Reason or reason phrase that tells Do Not Disturb, whether we cancelled, whether time ran out
 */
export function inviteOutcome(
  status: number,
  facts: { ringing?: boolean; warning?: boolean; doNotDisturb?: boolean; cancelled?: boolean; expired?: boolean } = {},
): OutcomeCode {
  if (status === 0) return 'unreachable';
  if (status === 480 && facts.ringing) return 'no-answer';
  if (status === 487) return facts.cancelled && !facts.expired ? 'cancelled' : 'no-answer';
  if (status === 486 && facts.doNotDisturb) return 'do-not-disturb';
  if (status === 603 && facts.warning) return 'not-allowed';
  return BY_STATUS[status] ?? (status >= 500 && status < 600 ? 'unreachable' : 'failed');
}
