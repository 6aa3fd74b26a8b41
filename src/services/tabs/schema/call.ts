/** Check of a call. */
import type { Call, CallPending, CallRole, CallStatus } from '../../domain/call.js';
import { flag, list, maybe, name, number, oneOf, shape } from './check.js';
import { interaction, outcome, party } from './parts.js';

const transfer = shape<NonNullable<Call['transfer']>>({
  to: party,
  status: oneOf<NonNullable<Call['transfer']>['status']>({ trying: true, ringing: true, done: true, failed: true }),
  outcome: maybe(outcome),
});

/** A call. */
export const call = shape<Call>({
  id: name,
  direction: oneOf<Call['direction']>({ outgoing: true, incoming: true }),
  role: oneOf<CallRole>({ plain: true, contact: true, consultation: true }),
  status: oneOf<CallStatus>({ dialling: true, ringing: true, alerting: true, connected: true, held: true, ended: true }),
  pending: maybe(
    oneOf<CallPending>({ answering: true, holding: true, resuming: true, transferring: true, ending: true, conferencing: true }),
  ),
  peer: party,
  parties: list(party),
  interaction: maybe(interaction),
  sessionId: maybe(name),
  tab: maybe(name),
  muted: flag,
  heldByPeer: flag,
  startedAt: number,
  connectedAt: maybe(number),
  endedAt: maybe(number),
  outcome: maybe(outcome),
  trouble: maybe(
    oneOf<NonNullable<Call['trouble']>>({
      'microphone-refused': true,
      'microphone-missing': true,
      'autoplay-blocked': true,
      'ice-failed': true,
      'ice-restarting': true,
    }),
  ),
  transfer: maybe(transfer),
});
