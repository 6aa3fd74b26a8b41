/** Check of a call. */
import type { Call, CallAbility, CallPending, CallRole, CallStatus, CallTransfer } from '../../domain/call.js';
import { flag, list, maybe, name, number, oneOf, shape } from './check.js';
import { dialog, interaction, outcome, party } from './parts.js';
import { trouble } from './sound.js';

const transfer = shape<CallTransfer>({
  to: party,
  status: oneOf<CallTransfer['status']>({ trying: true, ringing: true, done: true, failed: true }),
  outcome: maybe(outcome),
});

const abilities = shape<Partial<Record<CallAbility, boolean>>>({
  hold: maybe(flag),
  mute: maybe(flag),
  dtmf: maybe(flag),
  consult: maybe(flag),
  transfer: maybe(flag),
  'complete-transfer': maybe(flag),
  conference: maybe(flag),
  'complete-conference': maybe(flag),
  end: maybe(flag),
});

/** A call. */
export const call = shape<Call>({
  id: name,
  line: maybe((value) => value === 'host'),
  direction: oneOf<Call['direction']>({ outgoing: true, incoming: true }),
  role: oneOf<CallRole>({ plain: true, contact: true, consultation: true }),
  status: oneOf<CallStatus>({ dialling: true, ringing: true, alerting: true, connected: true, held: true, ended: true }),
  pending: maybe(
    oneOf<CallPending>({ answering: true, holding: true, resuming: true, transferring: true, ending: true, conferencing: true }),
  ),
  peer: party,
  parties: list(party),
  conference: maybe(list(name)),
  interaction: maybe(interaction),
  sessionId: maybe(name),
  contactId: maybe(name),
  tab: maybe(name),
  muted: flag,
  heldByPeer: flag,
  startedAt: number,
  connectedAt: maybe(number),
  endedAt: maybe(number),
  outcome: maybe(outcome),
  trouble: maybe(trouble),
  transfer: maybe(transfer),
  can: maybe(abilities),
  dialog: maybe(dialog),
});
