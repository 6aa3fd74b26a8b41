/**
 * What an agent may do with instant messaging right now. The service asks before it gives a command, so that a person is told at once;
 * the engine asks again, because commands may come from another tab and things may have changed on the way.
 */
import type { Account } from './slices.js';
import type { Channels } from './channel.js';
import type { ImSession } from './im-session.js';
import { parseAddress } from './party.js';
import type { ReadSlice } from './reduce.js';
import { hasRight } from './rights.js';
import { isInternal, type TargetRef } from './target.js';

/** Bytes of UTF-8 that one message may have (docs/wire.md, "Limits"). */
export const MAX_MESSAGE_BYTES = 32 * 1024;

/** Why something is refused; the words say what to do. */
export interface Refusal {
  readonly code: 'not-allowed' | 'invalid-state' | 'configuration' | 'empty' | 'too-long' | 'not-found' | 'unreachable';
  readonly message: string;
}

const encoder = new TextEncoder();

/** Whether an address belongs to one of the internal domains; without a list only the account's own counts. */
export function isInternalAddress(address: string, internalDomains: readonly string[], own: string): boolean {
  const host = parseAddress(address)?.host;
  const domains = internalDomains.length ? internalDomains : [parseAddress(own)?.host ?? ''];
  return host !== undefined && domains.some((domain) => domain.toLowerCase() === host);
}

function mayStart(account: Account | undefined): Refusal | undefined {
  if (account && hasRight(account.rights, 'im-make')) return undefined;
  return { code: 'not-allowed', message: 'Starting instant messages needs the rights im-use and im-make.' };
}

/** Whether a session with `target` may be opened. */
export function refuseOpen(account: Account | undefined, target: TargetRef, internalDomains: readonly string[]): Refusal | undefined {
  const right = mayStart(account);
  if (right) return right;
  const parts = parseAddress(target.address);
  if (!parts)
    return { code: 'configuration', message: 'The address of the target is no SIP address (sip:user@domain). Correct the directory.' };
  if (!isInternal(target)) return { code: 'not-allowed', message: 'Instant messages go to internal targets only, not to contacts.' };
  if (!isInternalAddress(parts.address, internalDomains, account?.address ?? '')) {
    return {
      code: 'not-allowed',
      message: 'Instant messages go to the own domain only. Add the domain to internal-domains if it is one of yours.',
    };
  }
  return undefined;
}

/** Whether a text can be sent at all. */
export function refuseText(text: string): Refusal | undefined {
  if (text.trim() === '') return { code: 'empty', message: 'There is nothing to send. Write a message first.' };
  if (text.length > MAX_MESSAGE_BYTES || encoder.encode(text).length > MAX_MESSAGE_BYTES) {
    return { code: 'too-long', message: 'The message is longer than 32 KiB. Shorten it, or send it in parts.' };
  }
  return undefined;
}

/** Whether the first message of a session may be sent: it is the invitation. */
function refuseInvite(account: Account | undefined, channels: Channels | undefined): Refusal | undefined {
  const right = mayStart(account);
  if (right) return right;
  if (channels?.im.state !== 'logged-off') return undefined;
  return { code: 'not-allowed', message: 'You are not logged in on instant messaging. Log in first.' };
}

/** Whether a message may be sent in a session. */
export function refuseSend(read: ReadSlice, session: ImSession | undefined): Refusal | undefined {
  if (!session) return { code: 'not-found', message: 'There is no such session here. Open one first.' };
  if (session.status === 'ended') return { code: 'invalid-state', message: 'The session has ended. Open a new one.' };
  if (session.status === 'establishing' && session.direction === 'incoming') {
    return { code: 'invalid-state', message: 'Accept the invitation before you answer it.' };
  }
  if (session.pending === 'ending' || session.pending === 'cancelling') {
    return { code: 'invalid-state', message: 'The session is being ended. Open a new one.' };
  }
  return session.status === 'not-connected' ? refuseInvite(read('account'), read('channels')) : undefined;
}

/** Whether a session may be ended by this agent: `im-release` gates that, but anyone may refuse or withdraw an invitation. */
export function refuseEnd(account: Account | undefined, session: ImSession): Refusal | undefined {
  if (session.status !== 'connected' || (account && hasRight(account.rights, 'im-release'))) return undefined;
  return { code: 'not-allowed', message: 'Ending instant messages needs the rights im-use and im-release.' };
}

/** Whether a session may go on in single messages: its invitation was refused by a device that knows no sessions (docs/decisions/009). */
export function refusePage(account: Account | undefined, { direction, outcome, status }: ImSession): Refusal | undefined {
  const right = mayStart(account);
  if (right) return right;
  if (direction === 'outgoing' && status === 'ended' && outcome?.code === 'unsupported') return undefined;
  return { code: 'invalid-state', message: 'Single messages are for sessions that the device at the other end could not take.' };
}
