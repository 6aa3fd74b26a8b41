/** What the screen checks of a body (RFC 3261, 7.4, 18.3, 20.11 to 20.15). */
import { bodyOf, headerOf, type Frame, type HeaderField } from './frame.js';
import { decodeDisposition, decodeMediaType } from './media-type.js';
import { cutUtf8, utf8Length } from './text.js';

/** Why a message is refused, and what the answer to a request carries. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly headers?: readonly HeaderField[];
}

const DIGITS = /^\d{1,9}$/;
const REPLACEMENT = '\uFFFD';
const IDENTITY: HeaderField = { name: 'accept-encoding', value: 'identity' };

/** Body types of an INVITE; the parts of a multipart are judged by the dialog. */
const INVITE_TYPES: ReadonlySet<string> = new Set(['application/sdp', 'multipart/mixed', 'multipart/alternative', 'multipart/related']);
const INVITE_ACCEPT: HeaderField = { name: 'accept', value: 'application/sdp, multipart/mixed, multipart/alternative' };

/** The body that Content-Length says, and whether the message holds all of it. */
export interface MeasuredBody {
  readonly text: string;
  /** There were bytes behind the body, which are discarded (18.3). */
  readonly surplus: boolean;
}

/**
 * Measures the body.
 * @returns the body, or why Content-Length cannot be: malformed, longer than what is there, or ending inside a character.
 */
export function measureBody(frame: Frame): MeasuredBody | Refusal {
  const length = headerOf(frame, 'content-length');
  if (length === undefined) return { text: bodyOf(frame), surplus: false };
  if (!DIGITS.test(length)) return { status: 400, reason: 'Malformed Content-Length' };
  const wanted = Number(length);
  const present = utf8Length(frame.text, frame.bodyStart);
  const body = bodyOf(frame);
  if (wanted === present) return { text: body, surplus: false };
  // Bytes that are no UTF-8 became U+FFFD on their way here, so the length no longer fits: the body is binary and destroyed.
  if (body.includes(REPLACEMENT)) return { status: 415, reason: 'Binary Body Not Supported', headers: [IDENTITY] };
  if (wanted > present) return { status: 400, reason: 'Content-Length Exceeds Body' };
  const text = cutUtf8(body, wanted);
  return utf8Length(text) === wanted ? { text, surplus: true } : { status: 400, reason: 'Content-Length Ends Inside A Character' };
}

/** Checks type, disposition and encoding of a body that is not empty. sip.js throws where they are missing or malformed. */
export function checkBodyHeaders(frame: Frame): Refusal | undefined {
  const encoding = headerOf(frame, 'content-encoding')?.toLowerCase();
  if (encoding !== undefined && encoding !== 'identity')
    return { status: 415, reason: 'Unsupported Content-Encoding', headers: [IDENTITY] };
  const type = headerOf(frame, 'content-type');
  if (type === undefined) return { status: 400, reason: 'Missing Content-Type' };
  if (!decodeMediaType(type)) return { status: 400, reason: 'Malformed Content-Type' };
  const disposition = headerOf(frame, 'content-disposition');
  if (disposition !== undefined && !decodeDisposition(disposition)) return { status: 400, reason: 'Malformed Content-Disposition' };
  return undefined;
}

/** Dispositions that somebody here knows what to do with: what describes a session, what is shown, and notices (RFC 3261, 20.11; RFC 5438, 12). */
const DISPOSITIONS: ReadonlySet<string> = new Set(['session', 'render', 'notification']);

/** What a Content-Disposition asks of whoever does not know it. A malformed one counts as known: it is refused for that. */
function unknownDisposition(value: string | undefined): 'refuse' | 'ignore' | undefined {
  const disposition = value === undefined ? undefined : decodeDisposition(value);
  if (!disposition || DISPOSITIONS.has(disposition.value)) return undefined;
  // Without the parameter the body is required (20.11).
  return disposition.parameters.get('handling')?.toLowerCase() === 'optional' ? 'ignore' : 'refuse';
}

/** Whether a body is to be left alone: it is there for what we do not know, and may be done without (RFC 3261, 20.11; RFC 5621, 5). */
export function isIgnorable(disposition: string | undefined): boolean {
  return unknownDisposition(disposition) === 'ignore';
}

/** Checks that the body of an INVITE or MESSAGE is there for something that is known here, or may be ignored (RFC 3261, 8.2.3; RFC 5621, 5). */
export function checkDisposition(frame: Frame): Refusal | undefined {
  if (unknownDisposition(headerOf(frame, 'content-disposition')) !== 'refuse') return undefined;
  return { status: 415, reason: 'Unknown Content-Disposition' };
}

/** Checks that the body of an INVITE can hold a session description (13.3.1), and that the caller takes one back (20.1). */
export function checkInviteBody(frame: Frame, hasBody: boolean): Refusal | undefined {
  const accept = headerOf(frame, 'accept');
  if (accept !== undefined && !/application\/(?:sdp|\*)|\*\/\*/i.test(accept)) return { status: 406, reason: 'Not Acceptable' };
  if (!hasBody) return undefined;
  const type = decodeMediaType(headerOf(frame, 'content-type') ?? '')?.value ?? '';
  const handling = decodeDisposition(headerOf(frame, 'content-disposition') ?? '')?.parameters.get('handling');
  if (INVITE_TYPES.has(type) || handling === 'optional') return undefined;
  return { status: 415, reason: 'Unsupported Media Type', headers: [INVITE_ACCEPT] };
}
