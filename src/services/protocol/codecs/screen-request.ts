/** The screen for requests: one table of checks, in the order in which their answers matter (RFC 3261, 8.2). */
import { headerOf, headersOf, type Frame } from './frame.js';
import { decodeNameAddr } from './name-addr.js';
import { checkBodyHeaders, checkDisposition, checkInviteBody, type Refusal } from './screen-body.js';
import { decodeCSeq, doubledField, fieldFault, hasOneSipContact, isContact, missingField, tagOf, viaFault } from './screen-fields.js';
import { isAbsoluteUri, parseSipUri } from './sip-uri.js';
import type { RequestLine } from './start-line.js';

/** What a check looks at. */
export interface RequestView {
  readonly frame: Frame;
  readonly line: RequestLine;
  readonly hasBody: boolean;
  /** Option tags that Require may name. */
  readonly supported: ReadonlySet<string>;
}

/** Methods that exist. sip.js answers 405 to those that it does not take. */
export const METHODS: ReadonlySet<string> = new Set([
  'ACK',
  'BYE',
  'CANCEL',
  'INFO',
  'INVITE',
  'MESSAGE',
  'NOTIFY',
  'OPTIONS',
  'PRACK',
  'PUBLISH',
  'REFER',
  'REGISTER',
  'SUBSCRIBE',
  'UPDATE',
]);

/** Methods whose Contact becomes the remote target. */
const NEEDS_CONTACT: ReadonlySet<string> = new Set(['INVITE', 'SUBSCRIBE', 'REFER', 'UPDATE', 'NOTIFY']);
const SCHEME = /^(?:sips?|tel):/i;
const REPLACES = /^[^\s;,]+(?:;[^\s;,=]+(?:=[^\s;,]+)?)+$/;

const bad = (reason: string): Refusal => ({ status: 400, reason });

/** Request-URI (8.2.2.1): another scheme is 416; headers in it (RFC 4475, 3.1.2.11) or bad grammar are 400. */
function checkUri({ line }: RequestView): Refusal | undefined {
  const uri = parseSipUri(line.uri);
  const scheme: Refusal = { status: 416, reason: 'Unsupported URI Scheme' };
  if (!uri) return SCHEME.test(line.uri) || !isAbsoluteUri(line.uri) ? bad('Malformed Request-URI') : scheme;
  if (uri.scheme === 'tel') return scheme;
  return uri.headers === '' ? undefined : bad('Headers In Request-URI');
}

function checkMandatory({ frame }: RequestView): Refusal | undefined {
  const missing = missingField(frame);
  if (missing !== undefined) return bad(`Missing ${missing}`);
  const doubled = doubledField(frame);
  return doubled === undefined ? undefined : bad(`Multiple ${doubled}`);
}

function checkCSeq({ frame, line }: RequestView): Refusal | undefined {
  const cseq = decodeCSeq(headerOf(frame, 'cseq') ?? '');
  if (!cseq) return bad('Malformed CSeq');
  return cseq.method === line.method ? undefined : bad('CSeq Method Mismatch');
}

/** sip.js throws on a PRACK that it does not wait for, and without 100rel it waits for none (RFC 3262, 3). */
function checkMethod({ line, supported }: RequestView): Refusal | undefined {
  if (line.method === 'PRACK' && !supported.has('100rel')) return { status: 481, reason: 'Call/Transaction Does Not Exist' };
  if (METHODS.has(line.method)) return undefined;
  return { status: 501, reason: 'Not Implemented', headers: [{ name: 'allow', value: [...METHODS].join(', ') }] };
}

function checkFields({ frame }: RequestView): Refusal | undefined {
  const fault = viaFault(frame) ?? fieldFault(frame);
  if (fault !== undefined) return bad(fault);
  return tagOf(frame, 'from') === '' ? bad('Missing From Tag') : undefined;
}

function checkContact({ frame, line }: RequestView): Refusal | undefined {
  if (!headersOf(frame, 'contact').every(isContact)) return bad('Malformed Contact');
  return NEEDS_CONTACT.has(line.method) && !hasOneSipContact(frame) ? bad('Missing Or Unusable Contact') : undefined;
}

/** Extensions that we do not know (8.2.2.3); ACK and CANCEL are never refused for them. */
function checkRequire({ frame, line, supported }: RequestView): Refusal | undefined {
  if (line.method === 'ACK' || line.method === 'CANCEL') return undefined;
  const wanted = headersOf(frame, 'require').flatMap((value) => value.toLowerCase().split(','));
  const unsupported = wanted.map((tag) => tag.trim()).filter((tag) => tag !== '' && !supported.has(tag));
  if (unsupported.length === 0) return undefined;
  return { status: 420, reason: 'Bad Extension', headers: [{ name: 'unsupported', value: unsupported.join(', ') }] };
}

/** Methods whose bodies people read or sessions are made of. */
const CARRIERS: ReadonlySet<string> = new Set(['INVITE', 'MESSAGE']);

function checkBody({ frame, line, hasBody }: RequestView): Refusal | undefined {
  const fault = hasBody ? (checkBodyHeaders(frame) ?? (CARRIERS.has(line.method) ? checkDisposition(frame) : undefined)) : undefined;
  return fault ?? (line.method === 'INVITE' ? checkInviteBody(frame, hasBody) : undefined);
}

/** Fields that single methods cannot do without, which sip.js reads without looking. */
const BY_METHOD = new Map<string, (frame: Frame) => Refusal | undefined>([
  [
    'NOTIFY',
    (frame) => {
      if (headerOf(frame, 'event') === undefined) return { status: 489, reason: 'Bad Event' };
      return headerOf(frame, 'subscription-state') === undefined ? bad('Missing Subscription-State') : undefined;
    },
  ],
  ['SUBSCRIBE', (frame) => (headerOf(frame, 'event') === undefined ? { status: 489, reason: 'Bad Event' } : undefined)],
  [
    'REFER',
    (frame) => {
      const target = decodeNameAddr(headerOf(frame, 'refer-to') ?? '');
      return target && parseSipUri(target.uri) ? undefined : bad('Missing Or Malformed Refer-To');
    },
  ],
  [
    'INVITE',
    (frame) => {
      const replaces = headerOf(frame, 'replaces');
      return replaces === undefined || REPLACES.test(replaces.replace(/[ \t]+/g, '')) ? undefined : bad('Malformed Replaces');
    },
  ],
]);

const CHECKS: readonly ((view: RequestView) => Refusal | undefined)[] = [
  checkMandatory,
  checkCSeq,
  checkMethod,
  checkUri,
  checkFields,
  checkContact,
  checkRequire,
  checkBody,
  ({ frame, line }) => BY_METHOD.get(line.method)?.(frame),
];

/** The first fault of a request, undefined where sip.js may see it. */
export function checkRequest(view: RequestView): Refusal | undefined {
  for (const check of CHECKS) {
    const refusal = check(view);
    if (refusal) return refusal;
  }
  return undefined;
}
