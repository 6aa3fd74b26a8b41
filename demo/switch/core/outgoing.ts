/** What the switch changes in a request or response on its way through. */
import type { Accounts } from './accounts.js';
import type { Connection } from './connection.js';
import type { Headers } from './headers.js';
import { parameter, parseNameAddress, parseUri, withUriParameter } from './uri.js';
import type { SipRequest } from './message.js';
import { quoted } from './text.js';

/** Requests that make or refresh a dialog's route (RFC 3261 section 16.6 step 4, RFC 6665). */
const DIALOG_FORMING = new Set(['INVITE', 'REFER', 'SUBSCRIBE', 'UPDATE']);

/** Headers by which a client could claim who it is, or that were meant for us alone. */
const NOT_THEIRS = ['P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID', 'Proxy-Authorization', 'Route'];

/** The identity that the switch vouches for (RFC 3325): the agent who registered on the connection. */
function assertedIdentity(accounts: Accounts, user: string): string {
  const agent = accounts.agent(user);
  const address = `<${accounts.addressOf(user)}>`;
  return agent === undefined ? address : `${quoted(agent.name)} ${address}`;
}

/** The headers of a request as they go to every device; Via is still that of the client. */
export function outgoingHeaders(request: SipRequest, from: Connection, user: string | undefined, accounts: Accounts): Headers {
  const headers = request.headers.clone();
  headers.remove(...NOT_THEIRS);
  headers.set('Max-Forwards', String(Number(headers.get('max-forwards') ?? 71) - 1));
  if (user !== undefined) headers.append('P-Asserted-Identity', assertedIdentity(accounts, user));
  if (DIALOG_FORMING.has(request.method)) headers.prepend('Record-Route', `<sip:${accounts.domain};lr>`);
  markContact(headers, from, accounts.domain);
  return headers;
}

/** Prepares a device's response for the caller; an INVITE's also says who answered. */
export function stampResponse(headers: Headers, status: number, from: Connection, isInvite: boolean, accounts: Accounts): void {
  headers.remove('P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID');
  if (isInvite && status > 100 && status < 300 && from.user !== undefined) {
    headers.append('P-Asserted-Identity', assertedIdentity(accounts, from.user));
  }
  if (status < 300) markContact(headers, from, accounts.domain);
}

/**
 * Browsers put `*.invalid` hosts into their Contact. A GRUU is found through the registrar; anything else gets a flow
 * token, so that later requests of the dialog find the connection.
 */
function markContact(headers: Headers, from: Connection, domain: string): void {
  const value = headers.get('contact');
  const contact = value === undefined ? undefined : parseNameAddress(value);
  const uri = contact === undefined ? undefined : parseUri(contact.uri);
  if (contact === undefined || uri === undefined || headers.list('contact').length > 1) return;
  if (parameter(uri.params, 'alias') !== undefined) return;
  if (uri.host === domain && parameter(uri.params, 'gr') !== undefined) return;
  const name = contact.name === '' ? '' : `${quoted(contact.name)} `;
  headers.set('Contact', `${name}<${withUriParameter(contact.uri, 'alias', from.id)}>${contact.params}`);
}
