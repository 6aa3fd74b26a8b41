/** What the screen checks of header fields, in requests and responses alike (RFC 3261, 8.1.1, 20, 25.1). */
import { headerOf, headersOf, type Frame } from './frame.js';
import { parseParameters, splitValue } from './header.js';
import { decodeNameAddr, decodeNameAddrList } from './name-addr.js';
import { isAbsoluteUri, parseHostPort, parseSipUri } from './sip-uri.js';

/** Without these there is no SIP message; Max-Forwards matters to proxies only. */
const MANDATORY: readonly string[] = ['via', 'from', 'to', 'call-id', 'cseq'];

/** Fields that may stand once (7.3.1). With two of them nobody knows which one counts. */
const SINGLE: ReadonlySet<string> = new Set([
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
  'content-disposition',
  'content-encoding',
  'expires',
  'event',
  'subscription-state',
  'refer-to',
  'referred-by',
  'replaces',
  'session-expires',
]);

const CSEQ = /^(\d{1,20})[ \t]+([A-Za-z0-9\-.!%*_+`'~]+)$/;
/** CSeq numbers are below 2^31 (8.1.1.5). */
const CSEQ_LIMIT = 2 ** 31;
const CALL_ID = /^[A-Za-z0-9\-.!%*_+`'~()<>:\\"/[\]?{}]+(?:@[A-Za-z0-9\-.!%*_+`'~()<>:\\"/[\]?{}]+)?$/;
const VIA = /^SIP[ \t]*\/[ \t]*2\.0[ \t]*\/[ \t]*[A-Za-z0-9\-.!%*_+`'~]+[ \t]+(.+)$/i;
const MAX_FORWARDS = /^\d{1,10}$/;
const COOKIE = 'z9hG4bK';

/** The mandatory field that is missing. */
export function missingField(frame: Frame): string | undefined {
  return MANDATORY.find((name) => headerOf(frame, name) === undefined);
}

/** A field that stands twice though it may stand once. */
export function doubledField(frame: Frame): string | undefined {
  const seen = new Set<string>();
  for (const { name } of frame.headers) {
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

/** Reads CSeq (20.16). @returns undefined where it is malformed or out of range. */
export function decodeCSeq(value: string): { number: number; method: string } | undefined {
  const match = CSEQ.exec(value);
  const number = Number(match?.[1]);
  return match && number < CSEQ_LIMIT ? { number, method: match[2] ?? '' } : undefined;
}

/** The Via values, one per hop, topmost first; undefined where a list is broken. */
function viaValues(frame: Frame): string[] | undefined {
  const all: string[] = [];
  for (const value of headersOf(frame, 'via')) {
    const parts = splitValue(value, ',');
    if (!parts) return undefined;
    all.push(...parts);
  }
  return all;
}

/** How many hops the Via fields name. */
export function countVia(frame: Frame): number {
  return viaValues(frame)?.length ?? 0;
}

/** The branch of one Via value, '' where it has none; undefined where the value breaks the grammar (20.42). */
function branchOf(via: string): string | undefined {
  const rest = VIA.exec(via)?.[1];
  if (rest === undefined) return undefined;
  const semicolon = rest.indexOf(';');
  const sentBy = (semicolon < 0 ? rest : rest.slice(0, semicolon)).replace(/[ \t]+/g, '');
  const parameters = semicolon < 0 ? undefined : parseParameters(rest.slice(semicolon + 1));
  if (!parseHostPort(sentBy) || (semicolon >= 0 && !parameters)) return undefined;
  const branch = parameters?.get('branch');
  return branch === '' ? undefined : (branch ?? '');
}

/** What is wrong with the Via fields. A branch that is nothing but the cookie promises an identifier and has none (RFC 4475, 3.2). */
export function viaFault(frame: Frame): string | undefined {
  const branches = viaValues(frame)?.map(branchOf);
  if (!branches || branches.includes(undefined)) return 'Malformed Via';
  return branches[0] === COOKIE ? 'Empty Via Branch' : undefined;
}

/** Whether the topmost Via has no branch, as elements of RFC 2543 send it. */
export function lacksBranch(frame: Frame): boolean {
  return branchOf(viaValues(frame)?.[0] ?? '') === '';
}

/** Whether a From or To value names a SIP, SIPS or tel address by the grammar. */
function isPartyField(value: string | undefined): boolean {
  const address = value === undefined ? undefined : decodeNameAddr(value);
  return address !== undefined && parseSipUri(address.uri) !== undefined;
}

/** Whether every field of that name is a list of name-addrs that hold SIP addresses. */
function isRouteSet(frame: Frame, name: string): boolean {
  return headersOf(frame, name).every((value) => decodeNameAddrList(value)?.every((hop) => parseSipUri(hop.uri) !== undefined) ?? false);
}

/** What is wrong with one of the fields that sip.js parses at once; it drops such a message without a word. */
export function fieldFault(frame: Frame): string | undefined {
  const maxForwards = headerOf(frame, 'max-forwards');
  if (!CALL_ID.test(headerOf(frame, 'call-id') ?? '')) return 'Malformed Call-ID';
  if (!isPartyField(headerOf(frame, 'from'))) return 'Malformed From';
  if (!isPartyField(headerOf(frame, 'to'))) return 'Malformed To';
  if (!isRouteSet(frame, 'record-route')) return 'Malformed Record-Route';
  if (maxForwards !== undefined && !MAX_FORWARDS.test(maxForwards)) return 'Malformed Max-Forwards';
  return undefined;
}

/** The tag of From or To, '' where there is none. */
export function tagOf(frame: Pick<Frame, 'headers'>, name: 'from' | 'to'): string {
  return decodeNameAddr(headerOf(frame, name) ?? '')?.parameters.get('tag') ?? '';
}

function isContactUri(uri: string): boolean {
  return parseSipUri(uri) !== undefined || (!/^(?:sips?|tel):/i.test(uri) && isAbsoluteUri(uri));
}

/** Whether a Contact value names addresses by the grammar; `*` stands for all of them in a REGISTER. */
export function isContact(value: string): boolean {
  return value === '*' || (decodeNameAddrList(value)?.every(({ uri }) => isContactUri(uri)) ?? false);
}

/** Whether the Contact fields hold exactly one SIP address, as a request that makes or refreshes a dialog must (8.1.1.8). */
export function hasOneSipContact(frame: Pick<Frame, 'headers'>): boolean {
  const [first, ...more] = headersOf(frame, 'contact').flatMap((value) => decodeNameAddrList(value) ?? []);
  const scheme = first && parseSipUri(first.uri)?.scheme;
  return more.length === 0 && (scheme === 'sip' || scheme === 'sips');
}
