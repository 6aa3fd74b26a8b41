/**
 * Header fields as sip.js's core wants them parsed, made by our own codecs. sip.js's grammar is ten kilobytes of every page (gzip) and takes about
 * a millisecond for each message; what is parsed here it is never asked for, so bundles leave it out (demo/tools/leave-out.mjs).
 */
import { NameAddrHeader, URI } from 'sip.js/lib/core/index.js';
import { isToken, parseParameters, quoted, type Parameters } from '../codecs/header.js';
import { decodeDisposition, decodeMediaType } from '../codecs/media-type.js';
import { decodeNameAddr } from '../codecs/name-addr.js';
import { parseSipUri } from '../codecs/sip-uri.js';

/** Parameters as sip.js keeps them: null for one without value, quotes where they are needed, as it writes them as they are. */
type SipJsParameters = Record<string, string | null>;

function sipJsParameters(parameters: Parameters): SipJsParameters {
  const written = (value: string): string => (isToken(value) ? value : quoted(value));
  return Object.fromEntries([...parameters].map(([name, value]) => [name, value === '' ? null : written(value)]));
}

/** `;transport=ws;lr` of a URI. Its values may hold what those of a header may not (RFC 3261, 25.1: paramchar). */
function uriParameters(text: string): SipJsParameters {
  const pairs = text.split(';').slice(1);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = null] = /^([^=]*)=?(.+)?$/.exec(pair) ?? [];
      const key = name.toLowerCase();
      return [key, key === 'transport' || key === 'user' ? (value?.toLowerCase() ?? null) : value];
    }),
  );
}

/** `?Replaces=…&Subject=…` of a URI. */
function uriHeaders(text: string): Record<string, string[]> {
  const headers: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const pair of text.slice(1).split('&').filter(Boolean)) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/.exec(pair) ?? [];
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  return { ...headers };
}

/** A sip or sips URI. @returns undefined where it breaks the grammar, or has another scheme: sip.js cannot send to one */
export function readUri(text: string): URI | undefined {
  const uri = parseSipUri(text);
  if (!uri || uri.scheme === 'tel') return undefined;
  try {
    // sip.js keeps the user part unescaped, and escapes it again as it writes. A broken escape is no user part.
    const user = uri.user === '' ? undefined : decodeURIComponent(uri.user);
    // The declarations of sip.js ask for a user; its code does not.
    return new URI(uri.scheme, user as string, uri.host, uri.port, uriParameters(uri.parameters), uriHeaders(uri.headers));
  } catch {
    return undefined;
  }
}

function readParty(text: string): NameAddrHeader | undefined {
  const party = decodeNameAddr(text);
  const uri = party && readUri(party.uri);
  if (!uri) return undefined;
  // sip.js keeps a display name escaped, without its quotes. Its declarations forget parameters without value.
  const displayName = party.displayName.replace(/["\\]/g, '\\$&');
  return new NameAddrHeader(uri, displayName, sipJsParameters(party.parameters) as Record<string, string>);
}

/** `presence;id=1`: the value, and its parameters. */
function readEvent(text: string): { event: string; params: SipJsParameters } | undefined {
  const [value = '', ...rest] = text.split(';');
  const parameters = rest.length ? parseParameters(rest.join(';')) : new Map<string, string>();
  const event = value.trim().toLowerCase();
  return event && parameters ? { event, params: sipJsParameters(parameters) } : undefined;
}

function readDisposition(text: string): { type: string } | undefined {
  const disposition = decodeDisposition(text);
  return disposition && { type: disposition.value };
}

/** Challenges are answered by the authenticator: sip.js is only told that there is one. */
const readChallenge = (): object => ({});

/** The fields that sip.js reads parsed, and what gives their value; undefined where it breaks the grammar. Every other field is text to it. */
export const READERS: ReadonlyMap<string, (text: string) => unknown> = new Map<string, (text: string) => unknown>([
  ['from', readParty],
  ['to', readParty],
  ['contact', readParty],
  ['record-route', readParty],
  ['event', readEvent],
  ['content-type', (text) => decodeMediaType(text) && text],
  ['content-disposition', readDisposition],
  ['www-authenticate', readChallenge],
  ['proxy-authenticate', readChallenge],
]);
