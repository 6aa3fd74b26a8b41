/** What a request must fulfil before anything looks into it (RFC 3261 sections 8.1.1 and 16.3; tried with RFC 4475). */
import type { SipRequest } from './message.js';
import { utf8Length } from './text.js';
import { parseNameAddress, parseUri } from './uri.js';

/** Why a request is refused. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** One rule: undefined when the request passes. */
type Rule = (request: SipRequest) => Refusal | undefined;

const bad = (reason: string): Refusal => ({ status: 400, reason });
const ONCE = ['From', 'To', 'Call-ID', 'CSeq'];
const AT_MOST_ONCE = ['Max-Forwards', 'Content-Type', 'Expires'];

const RULES: readonly Rule[] = [
  ({ version }) => (version === 'SIP/2.0' ? undefined : { status: 505, reason: 'Version Not Supported' }),
  ({ headers }) => {
    const name = ONCE.find((required) => headers.count(required) !== 1);
    return name === undefined ? undefined : bad(`${name} Missing Or Repeated`);
  },
  ({ headers }) => {
    const name = AT_MOST_ONCE.find((single) => headers.count(single) > 1);
    return name === undefined ? undefined : bad(`${name} Repeated`);
  },
  ({ uri }) => {
    if (parseUri(uri) !== undefined) return undefined;
    const isOther = /^[a-z][a-z0-9+.-]*:/i.test(uri) && !/^sips?:/i.test(uri);
    return isOther ? { status: 416, reason: 'Unsupported URI Scheme' } : bad('Malformed Request-URI');
  },
  ({ headers, method }) => {
    const match = /^(\d{1,10})\s+(\S+)$/.exec(headers.get('cseq') ?? '');
    if (match === null || Number(match[1]) >= 2 ** 31) return bad('Malformed CSeq');
    return match[2] === method ? undefined : bad('CSeq Names Another Method');
  },
  ({ headers }) => {
    const from = parseNameAddress(headers.get('from') ?? '');
    const to = parseNameAddress(headers.get('to') ?? '');
    return from === undefined || to === undefined ? bad('Malformed From Or To') : undefined;
  },
  ({ headers }) => {
    const value = headers.get('max-forwards');
    return value === undefined || (/^\d{1,3}$/.test(value) && Number(value) < 256) ? undefined : bad('Malformed Max-Forwards');
  },
  ({ headers, body }) => {
    const value = headers.get('content-length');
    if (value === undefined) return undefined;
    if (headers.count('content-length') > 1 || !/^\d{1,9}$/.test(value)) return bad('Malformed Content-Length');
    return Number(value) > utf8Length(body) ? bad('Body Shorter Than Content-Length') : undefined;
  },
  ({ headers }) => (headers.get('proxy-require') === undefined ? undefined : { status: 420, reason: 'Bad Extension' }),
];

/** The first reason to refuse the request; undefined when it is in order. */
export function refusalOf(request: SipRequest): Refusal | undefined {
  for (const rule of RULES) {
    const refusal = rule(request);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Whether the top Via can be answered at all: without it there is nowhere to send even a 400. */
export function isAnswerable(request: SipRequest): boolean {
  return /^SIP\s*\/\s*2\.0\s*\/\s*[A-Z-]+\s+\S/i.test(request.headers.get('via') ?? '');
}
