/** What refusals look like on the wire, written by the callee and read by the caller (docs/wire.md, "Invitation"). */
import { inviteOutcome, type Outcome } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import { decodeMediaType } from '../codecs/media-type.js';
import { decodeReason, decodeWarning, encodeReason, encodeWarning } from '../codecs/reason.js';
import { cutUtf8, messageText } from '../codecs/text.js';
import type { IncomingInvite, SipResponse } from '../gateway.js';

/** Text by which Do Not Disturb is told from other kinds of busy. */
const DO_NOT_DISTURB = 'do-not-disturb';
/** Bytes of UTF-8 that the words of a refusal may have. */
const MAX_REJECT_TEXT = 2048;

const warning = (text: string): string => `Warning: ${encodeWarning({ code: 399, agent: 'deskside', text })}`;

/** A refusal as it goes on the wire: the status and the headers that tell it from others. */
export type WireRefusal = readonly [status: number, options: { readonly headers: readonly string[] }];

/** The agent does not want to be disturbed. */
export const DISTURBS: WireRefusal = [
  486,
  { headers: [`Reason: ${encodeReason({ protocol: 'SIP', cause: 486, text: DO_NOT_DISTURB })}`, warning(DO_NOT_DISTURB)] },
];

/** The agent has no right to instant messaging: the Warning tells it from a person's refusal. */
export const NOT_ALLOWED: WireRefusal = [603, { headers: [warning('instant messaging is not allowed for this agent')] }];

/** Refuses for a person: 603, or 486 for "busy"; their words go as text/plain, and shortened in the Reason (RFC 3326). */
export function refuseByPerson(invite: IncomingInvite, { text = '', busy = false }: { text?: string; busy?: boolean }): void {
  const status = busy ? 486 : 603;
  const words = cutUtf8(messageText(text).trim(), MAX_REJECT_TEXT);
  if (!words) invite.reject(status);
  else {
    invite.reject(status, {
      headers: [`Reason: ${encodeReason({ protocol: 'SIP', cause: status, text: words })}`],
      body: { contentType: 'text/plain;charset=UTF-8', content: words },
    });
  }
}

function says(response: SipResponse, word: string): boolean {
  const reasons = decodeReason(response.header('Reason') ?? '');
  const warnings = decodeWarning(response.header('Warning') ?? '');
  return [...reasons, ...warnings].some(({ text }) => text?.toLowerCase().includes(word));
}

/** Words that a person sent along with a refusal. */
function wordsIn(response: SipResponse): string | undefined {
  const { body } = response;
  if (body && decodeMediaType(body.contentType)?.value === 'text/plain')
    return cutUtf8(messageText(body.content).trim(), MAX_REJECT_TEXT) || undefined;
  return decodeReason(response.header('Reason') ?? '').find(
    ({ protocol, cause, text }) => protocol === 'SIP' && cause === response.status && text,
  )?.text;
}

/** What the caller is told. `by` is who was called. */
export function outcomeOf(response: SipResponse, by: Party, facts: { ringing: boolean; expired: boolean; cancelled: boolean }): Outcome {
  const code = inviteOutcome(response.status, {
    ...facts,
    warning: response.header('Warning') !== undefined,
    doNotDisturb: says(response, DO_NOT_DISTURB),
  });
  const words = code === 'rejected' || code === 'busy' ? wordsIn(response) : undefined;
  const status = response.status ? { status: response.status } : {};
  return { code, by, own: false, ...status, ...(words ? { text: words } : {}) };
}

/** What the callee is told when the invitation was taken back (RFC 3326; RFC 3261, 9). */
export function outcomeOfCancel(reason: string | undefined, caller: Party): Outcome {
  const { cause } = decodeReason(reason ?? '').find(({ protocol }) => protocol === 'SIP') ?? {};
  if (cause === 200) return { code: 'answered-elsewhere' };
  if (cause !== undefined && cause >= 600 && cause < 700) return { code: 'rejected-elsewhere' };
  if (cause === 408 || cause === 480) return { code: 'no-answer' };
  return { code: 'cancelled', by: caller, own: false };
}

/** What a BYE says: mostly that the peer ended the session. */
export function outcomeOfBye(reason: string | undefined, peer: Party): Outcome {
  const { cause, text = '' } = decodeReason(reason ?? '').find(({ protocol }) => protocol === 'SIP') ?? {};
  if (cause === 408) return { code: 'connection-lost' };
  if (/elsewhere/i.test(text)) return { code: 'answered-elsewhere' };
  if (cause === 487) return { code: 'cancelled', by: peer, own: false };
  return { code: 'ended', by: peer, own: false };
}
