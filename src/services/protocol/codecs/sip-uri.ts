/** SIP and tel URIs (RFC 3261, 19.1 and 25.1; RFC 3966), as strictly as the grammar says. */
import { remembering } from './memo.js';

/** A URI taken apart. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips' | 'tel';
  /** User part as written (still escaped); the number of a tel URI; '' where there is none. */
  readonly user: string;
  /** Host in lower case, IPv6 in brackets; '' for tel. */
  readonly host: string;
  readonly port?: number;
  /** Raw parameters with their leading semicolon, or ''. */
  readonly parameters: string;
  /** Raw headers (`?Replaces=…`) with their leading question mark, or ''. */
  readonly headers: string;
}

const SCHEME = /^(sips?|tel):/i;
const ANY_SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"]+$/;
const USERINFO = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/]|%[0-9A-Fa-f]{2})+(?::(?:[A-Za-z0-9\-_.!~*'()&=+$,]|%[0-9A-Fa-f]{2})*)?$/;
/** The last label begins with a letter, which tells names from IPv4 addresses; "_" is none of the RFC's but of real hosts. */
const HOSTNAME = /^(?:[A-Za-z0-9_-]+\.)*[A-Za-z][A-Za-z0-9_-]*\.?$/;
const TAIL = /^(?:[;?][A-Za-z0-9\-_.!~*'()[\]/:&+$=;?%@,"]*)?$/;
const NUMBER = /^[0-9+*#A-Fa-f().-]+$/;
const V6_GROUP = /^[0-9A-Fa-f]{1,4}$/;
const V4 = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/**
 * Whether `text` is an IPv6 address without brackets (RFC 4291). Three colons before an embedded IPv4 address are a fault of
 * the grammar in RFC 3261 that a receiver must tolerate (RFC 5118, 4.10).
 */
export function isIpv6(text: string): boolean {
  if (text.length > 46) return false;
  const dots = text.includes('.');
  const halves = (dots ? text.replace(/:::(?=[0-9.]+$)/, '::') : text).split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const v4 = dots ? groups.pop() : undefined;
  if (v4 !== undefined && !V4.test(v4)) return false;
  const count = groups.length + (v4 === undefined ? 0 : 2);
  return groups.every((group) => V6_GROUP.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}

interface HostPort {
  host: string;
  port?: number;
}

/** Reads `host[:port]` (RFC 3261, 25.1); undefined where it is none. */
export function parseHostPort(text: string): HostPort | undefined {
  const bracket = text.startsWith('[') ? text.indexOf(']') : -2;
  if (bracket === -1) return undefined;
  const colon = text.indexOf(':', Math.max(bracket, 0));
  const host = colon < 0 ? text : text.slice(0, colon);
  if (host.length > 255) return undefined;
  if (bracket >= 0 ? !host.endsWith(']') || !isIpv6(host.slice(1, -1)) : !HOSTNAME.test(host) && !V4.test(host)) return undefined;
  if (colon < 0) return { host: host.toLowerCase() };
  const digits = text.slice(colon + 1);
  if (!/^\d{1,5}$/.test(digits) || Number(digits) > 65535) return undefined;
  return { host: host.toLowerCase(), port: Number(digits) };
}

function parseTel(rest: string): SipUri | undefined {
  const semicolon = rest.indexOf(';');
  const user = semicolon < 0 ? rest : rest.slice(0, semicolon);
  const parameters = semicolon < 0 ? '' : rest.slice(semicolon);
  if (!NUMBER.test(user) || !TAIL.test(parameters)) return undefined;
  return { scheme: 'tel', user, host: '', parameters, headers: '' };
}

function readSipUri(text: string): SipUri | undefined {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (!scheme) return undefined;
  const rest = text.slice(scheme.length + 1);
  if (scheme === 'tel') return parseTel(rest);
  // The user part may hold ";" and "?", so what stands before the first "@" is always the user part (RFC 4475, 3.1.1.9).
  const at = rest.indexOf('@');
  const user = at < 0 ? '' : rest.slice(0, at);
  if (at >= 0 && !USERINFO.test(user)) return undefined;
  const behind = rest.slice(at + 1);
  const end = behind.search(/[;?]/);
  const hostPort = parseHostPort(end < 0 ? behind : behind.slice(0, end));
  const tail = end < 0 ? '' : behind.slice(end);
  if (!hostPort || !TAIL.test(tail)) return undefined;
  const question = tail.indexOf('?');
  return {
    scheme: scheme === 'sips' ? 'sips' : 'sip',
    user,
    ...hostPort,
    parameters: question < 0 ? tail : tail.slice(0, question),
    headers: question < 0 ? '' : tail.slice(question),
  };
}

/** Takes a SIP, SIPS or tel URI apart. @returns undefined where it breaks the grammar or has another scheme. */
export const parseSipUri: (text: string) => SipUri | undefined = remembering(readSipUri);

/** Whether `text` is a URI of any scheme (RFC 3986, very loosely): tells an unknown scheme (416) from nonsense (400). */
export function isAbsoluteUri(text: string): boolean {
  return ANY_SCHEME.test(text);
}
