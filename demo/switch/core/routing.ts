/** Where a request goes: the devices of an agent or of a group's members, one device by its GRUU, or one connection by its flow token. */
import type { Accounts } from './accounts.js';
import type { Binding, Bindings } from './bindings.js';
import type { Target } from './branch.js';
import type { Connection } from './connection.js';
import type { SipRequest } from './message.js';
import type { Refusal } from './sanity.js';
import { parameter, parseUri, withoutUriParameter, type SipUri } from './uri.js';

/** What routing looks things up in. */
export interface RoutingTables {
  readonly accounts: Accounts;
  readonly bindings: Bindings;
  readonly connections: ReadonlyMap<string, Connection>;
}

/** Devices to try at the same time, or why there are none. */
export type Destination = { readonly targets: readonly Target[] } | Refusal;

const refuse = (status: number, reason: string): Refusal => ({ status, reason });
const NOT_LOGGED_IN = refuse(480, 'Not Logged In');

/** Destination of a request that starts something; `sender` is who the switch knows it to be from. */
export function initialDestination(tables: RoutingTables, request: SipRequest, sender: string): Destination {
  const { accounts } = tables;
  const uri = parseUri(request.uri);
  if (uri?.host !== accounts.domain) return refuse(403, 'Internal Sessions Only');
  if (uri.user === undefined || uri.user === '') return refuse(484, 'Address Incomplete');
  if (parameter(uri.params, 'gr') !== undefined) return deviceOf(tables, uri);
  const members = accounts.members(uri.user);
  if (members !== undefined) return groupDestination(tables, request, members, sender);
  if (accounts.agent(uri.user) === undefined) return refuse(404, 'No Such Agent');
  const targets = devices(tables, uri.user, request);
  return targets.length === 0 ? NOT_LOGGED_IN : { targets };
}

/** Destination of a request within a dialog: its Request-URI is what the peer gave as Contact. */
export function dialogDestination(tables: RoutingTables, request: SipRequest): Destination {
  const uri = parseUri(request.uri);
  if (uri === undefined) return refuse(400, 'Malformed Request-URI');
  if (uri.host === tables.accounts.domain && parameter(uri.params, 'gr') !== undefined) return deviceOf(tables, uri);
  const alias = parameter(uri.params, 'alias');
  if (alias === undefined) return refuse(481, 'Dialog Does Not Exist');
  const connection = tables.connections.get(alias);
  if (connection === undefined) return refuse(480, 'Device Not Connected');
  return { targets: [{ connection, uri: withoutUriParameter(request.uri, 'alias'), owner: connection.user ?? '' }] };
}

/** Only an INVITE rings a group: a page-mode MESSAGE would reach every member. The caller's own devices stay silent. */
function groupDestination(tables: RoutingTables, request: SipRequest, members: readonly string[], sender: string): Destination {
  if (request.method !== 'INVITE') return refuse(405, 'Method Not Allowed');
  const targets = members.filter((member) => member !== sender).flatMap((member) => devices(tables, member, request));
  return targets.length === 0 ? NOT_LOGGED_IN : { targets };
}

function deviceOf({ accounts, bindings }: RoutingTables, uri: SipUri): Destination {
  const user = uri.user ?? '';
  if (accounts.agent(user) === undefined) return refuse(404, 'No Such Agent');
  const binding = bindings.instance(user, parameter(uri.params, 'gr') ?? '');
  return binding === undefined ? refuse(480, 'Device Not Connected') : { targets: [targetOf(binding)] };
}

/** An agent's devices; for an INVITE only those that registered for its media, if any did (RFC 3840, RFC 3841). */
function devices({ bindings }: RoutingTables, user: string, request: SipRequest): Target[] {
  const all = bindings.of(user).filter(({ connection }) => connection.isOpen);
  const media = mediaOf(request);
  const able = media === undefined ? [] : all.filter((binding) => binding.media.has(media));
  return (able.length > 0 ? able : all).map(targetOf);
}

function targetOf({ connection, contactUri, user }: Binding): Target {
  return { connection, uri: contactUri, owner: user };
}

/** What an INVITE offers: instant messages before voice; undefined when its body says neither. */
function mediaOf({ method, body }: SipRequest): string | undefined {
  if (method !== 'INVITE') return undefined;
  if (/^m=(?:x-ms-)?message /m.test(body)) return 'message';
  return /^m=audio /m.test(body) ? 'audio' : undefined;
}
