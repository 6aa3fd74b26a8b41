/** What happens with a call that arrives: refused unseen, or it rings. */
import { isAlive, type Call } from '../../domain/call.js';
import { LOGGED_OFF_CHANNELS } from '../../domain/channel.js';
import { hasRight } from '../../domain/rights.js';
import { encodeWarning } from '../codecs/reason.js';
import type { EngineContext } from '../engine-part.js';
import type { IncomingInvite } from '../gateway.js';
import { DISTURBS, type WireRefusal } from '../im/answers.js';

/** Calls that an agent can have at a time, those that ring included; more are answered busy. */
const MAX_CALLS = 6;

/** The agent has no right to calls: the Warning tells it from a person's refusal. */
const NOT_ALLOWED: WireRefusal = [
  603,
  { headers: [`Warning: ${encodeWarning({ code: 399, agent: 'deskside', text: 'calls are not allowed for this agent' })}`] },
];

const only = (status: number): WireRefusal => [status, { headers: [] }];

/** How a call is refused that the agent shall not see; undefined where it rings. */
function refusalOf({ host }: EngineContext): WireRefusal | undefined {
  const { read } = host;
  const channel = (read('channels') ?? LOGGED_OFF_CHANNELS).voice;
  const alive = (read('calls') ?? []).filter((id) => isAlive(read(`call:${id}`)));
  if (!hasRight(read('account')?.rights ?? [], 'voice')) return NOT_ALLOWED;
  if (channel.state === 'logged-off' && channel.pending === undefined) return only(480);
  if (channel.state === 'do-not-disturb') return DISTURBS;
  if (alive.length >= MAX_CALLS) return only(486);
  return host.media ? undefined : only(488);
}

/** What tells the partner that a call is about an interaction (RFC 3261, 20.9); devices that do not know it ignore it (docs/wire.md). */
export const CONSULTATION = 'Call-Info: <urn:deskside:consultation>;purpose=deskside-consultation';

const IS_CONSULTATION = /<urn:deskside:consultation>/i;

/** Answers a call that the agent shall not see. @returns whether it was answered */
export function refuseUnseenCall(context: EngineContext, invite: IncomingInvite): boolean {
  const refusal = refusalOf(context);
  if (refusal) invite.reject(...refusal);
  return refusal !== undefined;
}

/** The call that an invitation is. */
export function newCall(context: EngineContext, invite: IncomingInvite): Call {
  const { environment } = context.host;
  const replyTo = invite.header('In-Reply-To');
  const session = replyTo === undefined ? undefined : sessionOf(context, replyTo);
  const isConsultation = session !== undefined || IS_CONSULTATION.test(invite.header('Call-Info') ?? '');
  return {
    id: environment.randomId(),
    direction: 'incoming',
    role: isConsultation ? 'consultation' : 'plain',
    status: 'alerting',
    peer: context.party(invite.identity),
    parties: [],
    muted: false,
    heldByPeer: false,
    startedAt: environment.now(),
    ...(session ? { sessionId: session } : {}),
  };
}

/** The IM session that a call grew out of: In-Reply-To names its Call-ID (docs/wire.md). */
function sessionOf({ host: { read } }: EngineContext, callId: string): string | undefined {
  return (read('sessions') ?? []).find((id) => read(`session:${id}`)?.dialog?.callId === callId.trim());
}
