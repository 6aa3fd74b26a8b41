/** What a NOTIFY of the presence package tells: of one agent (RFC 3856), or of those of a list (RFC 4662). */
import { parseAddress } from '../../domain/party.js';
import { UNKNOWN_PRESENCE, type Presence } from '../../domain/presence.js';
import { decodePidf } from '../codecs/pidf-read.js';
import { decodeListNotification, type ListedResource } from '../codecs/rlmi.js';
import type { SipRequest } from '../gateway.js';

/** What is accepted in a NOTIFY. */
export const ACCEPTED_TYPES: readonly string[] = ['application/pidf+xml', 'application/rlmi+xml', 'multipart/related'];

/** Presence of an agent whom nobody publishes: no device is logged in. */
const LOGGED_OFF: Presence = Object.freeze({ state: 'logged-off', channels: Object.freeze({}) });

/** One agent's news. */
export interface PresenceNews {
  readonly address: string;
  readonly presence: Presence;
}

/** What a NOTIFY told. */
export interface Notified {
  /** It is about a list: its version (RFC 4662, 5.1), and whether it tells of everyone in it. */
  readonly list?: { readonly version: number; readonly isFull: boolean };
  /** Whom it names. */
  readonly addresses: readonly string[];
  /** Whom the switch has lost: it does not tell of them any more, though it does not refuse to (RFC 4662, 5.4). */
  readonly lost?: readonly string[];
  /** What it tells of them; each document is read as it is asked for, which takes time. */
  readonly news: Iterable<PresenceNews>;
}

/** Whether a document is about this agent; `pres:` (RFC 3859) names the same people as `sip:`. */
function isAbout(entity: string, address: string): boolean {
  const [parts, own] = [parseAddress(entity.replace(/^pres:/i, 'sip:')), parseAddress(address)];
  return parts !== undefined && parts.user === own?.user && parts.host === own.host;
}

/** A document without a tuple says that there is no device any more; undefined: unreadable, or about somebody else. */
function readDocument(body: string, address: string): Presence | undefined {
  const document = decodePidf(body);
  if (!document || !isAbout(document.entity, address)) return undefined;
  const { presence } = document;
  if (Object.keys(presence.channels).length === 0) return LOGGED_OFF;
  return presence;
}

interface Listed {
  readonly address: string;
  readonly resource: ListedResource;
}

/** Reasons for which asking again, in whatever way, is of no use. */
const FINAL: ReadonlySet<string> = new Set(['rejected', 'noresource', 'invariant']);

function isLost({ resource: { state, reason = '' } }: Listed): boolean {
  return state === 'terminated' && !FINAL.has(reason.toLowerCase());
}

function addressesOf(listed: readonly Listed[]): string[] {
  return listed.map(({ address }) => address);
}

function* readListed(listed: readonly Listed[]): Generator<PresenceNews, void> {
  for (const { address, resource } of listed) {
    const { state, document } = resource;
    const active = document ? readDocument(document.body, address) : LOGGED_OFF;
    const presence = state === 'active' ? active : UNKNOWN_PRESENCE;
    if (presence) yield { address, presence };
  }
}

function readList(contentType: string, content: string): Notified | undefined {
  const list = decodeListNotification(contentType, content);
  if (!list) return undefined;
  const listed = list.resources.flatMap((resource): Listed[] => {
    const address = parseAddress(resource.uri)?.address;
    return address === undefined ? [] : [{ address, resource }];
  });
  return {
    list: { version: list.version, isFull: list.fullState },
    addresses: addressesOf(listed.filter((one) => !isLost(one))),
    lost: addressesOf(listed.filter(isLost)),
    news: readListed(listed),
  };
}

/**
 * Reads a NOTIFY.
 * @param address the agent whom the subscription is about, where it is about one
 * @returns undefined where it does not parse or tells nothing: nothing changes then
 */
export function readNotify(request: SipRequest, address: string): Notified | undefined {
  const { contentType = '', content = '' } = request.body ?? {};
  if (/^\s*multipart\/related\b/i.test(contentType)) return readList(contentType, content);
  const state = (request.header('Subscription-State') ?? '').trim().toLowerCase();
  // Without a body an active subscription tells that nobody publishes; a pending or ended one tells nothing.
  const told = (presence: Presence | undefined): Notified | undefined =>
    presence && { addresses: [address], news: [{ address, presence }] };
  if (content.trim() === '') return told(state.startsWith('active') ? LOGGED_OFF : undefined);
  return told(/^\s*application\/pidf\+xml\b/i.test(contentType) ? readDocument(content, address) : undefined);
}
