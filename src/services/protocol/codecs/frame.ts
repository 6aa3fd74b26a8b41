/**
 * A raw SIP message (RFC 3261, 7) cut into start line, header fields and body, without judging it: the screen does that.
 * One pass over the header section, nothing of the body is copied.
 */
import { isToken } from './header.js';

/** A header field. `name` is the long form in lower case, `value` is unfolded and trimmed. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** A message cut up. */
export interface Frame {
  readonly text: string;
  readonly startLine: string;
  readonly headers: readonly HeaderField[];
  /** UTF-16 offset of the body in `text`. */
  readonly bodyStart: number;
  /** The message used line folding, a compact name, or space before a colon: rare forms that sip.js half understands. */
  readonly irregular: boolean;
}

/** Why a text cannot be cut up; `partial` holds what could be read, for an answer. */
export interface FrameFault {
  readonly fault: string;
  readonly partial?: Frame;
}

/** Most UTF-16 units that a header section may have: sip.js needs up to 50 ms for one of this size. */
const HEAD_LIMIT = 16 * 1024;
/** Most header fields of a message. */
const FIELD_LIMIT = 100;

/** Compact forms (RFC 3261, 7.3.3, and the extensions that define one). */
const COMPACT = new Map<string, string>([
  ['a', 'accept-contact'],
  ['b', 'referred-by'],
  ['c', 'content-type'],
  ['d', 'request-disposition'],
  ['e', 'content-encoding'],
  ['f', 'from'],
  ['i', 'call-id'],
  ['j', 'reject-contact'],
  ['k', 'supported'],
  ['l', 'content-length'],
  ['m', 'contact'],
  ['o', 'event'],
  ['r', 'refer-to'],
  ['s', 'subject'],
  ['t', 'to'],
  ['u', 'allow-events'],
  ['v', 'via'],
  ['x', 'session-expires'],
  ['y', 'identity'],
]);

/** The usual spellings, so that the usual message needs no conversion. */
const KNOWN = new Map<string, string>(
  [
    'Via',
    'From',
    'To',
    'Call-ID',
    'CSeq',
    'Max-Forwards',
    'Contact',
    'Content-Type',
    'Content-Length',
    'Content-Disposition',
    'Record-Route',
    'Route',
    'Expires',
    'Event',
    'Subscription-State',
    'User-Agent',
    'Server',
    'Allow',
    'Supported',
    'Require',
    'Accept',
    'P-Asserted-Identity',
    'Reason',
    'Warning',
    'WWW-Authenticate',
    'Proxy-Authenticate',
    'SIP-ETag',
    'Date',
    'Replaces',
    'Refer-To',
    'Referred-By',
    'Allow-Events',
    'Session-Expires',
    'Min-SE',
  ].map((name) => [name, name.toLowerCase()]),
);

const FOLD = /[ \t]*\r\n[ \t]+/g;
/** Spaces and tabs only: sip.js also trims a no-break space, and would take `P-Asserted-Identity<NBSP>` for the real one. */
const PADDING = /[ \t]+$/;

/** The long form of a header name in lower case. */
function canonicalName(name: string): string {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  return COMPACT.get(lower) ?? lower;
}

/** End of the header line that begins at `start`, folded lines included; -1 where the text ends before. */
function endOfField(text: string, start: number): number {
  let end = text.indexOf('\r\n', start);
  while (end >= 0) {
    const next = text.charCodeAt(end + 2);
    if (next !== 0x20 && next !== 0x09) return end;
    end = text.indexOf('\r\n', end + 2);
  }
  return -1;
}

interface ReadField extends HeaderField {
  readonly irregular: boolean;
  readonly malformed: boolean;
}

/** Reads one header line, which may be folded. */
function readField(line: string): ReadField {
  const colon = line.indexOf(':');
  const rawName = line.slice(0, Math.max(colon, 0));
  const name = canonicalName(rawName.replace(PADDING, ''));
  const folded = line.includes('\n');
  const value = (folded ? line.slice(colon + 1).replace(FOLD, ' ') : line.slice(colon + 1)).trim();
  return {
    name,
    value,
    irregular: folded || name.length !== rawName.length || name.includes('_'),
    // A line break that is none for SIP would be one for others.
    malformed: !isToken(name) || value.includes('\r') || (folded && value.includes('\n')),
  };
}

/**
 * Cuts a raw message up. Never throws; reads at most `HEAD_LIMIT` units of header section.
 * @returns the frame, or why it cannot be cut up.
 */
export function decodeFrame(text: string): Frame | FrameFault {
  const lineEnd = text.indexOf('\r\n');
  if (lineEnd < 0 || lineEnd > HEAD_LIMIT) return { fault: 'no start line' };
  const headers: HeaderField[] = [];
  let irregular = false;
  let malformed = false;
  let position = lineEnd + 2;
  const frame = (): Frame => ({ text, startLine: text.slice(0, lineEnd), headers, bodyStart: position + 2, irregular });
  while (text.charCodeAt(position) !== 0x0d || text.charCodeAt(position + 1) !== 0x0a) {
    const end = endOfField(text, position);
    if (end < 0) return { fault: 'no end of the header section' };
    if (end > HEAD_LIMIT || headers.length >= FIELD_LIMIT) return { fault: 'Header Section Too Large', partial: frame() };
    const field = readField(text.slice(position, end));
    malformed ||= field.malformed;
    irregular ||= field.irregular;
    // sip.js reads "_" in a name as "-": P_Asserted_Identity, which no switch strips, would count as the asserted identity.
    if (!field.name.includes('_')) headers.push({ name: field.name, value: field.value });
    position = end + 2;
  }
  return malformed ? { fault: 'Malformed Header Line', partial: frame() } : frame();
}

/** Value of the first header field of that name (long form, lower case). */
export function headerOf(frame: Pick<Frame, 'headers'>, name: string): string | undefined {
  return frame.headers.find((field) => field.name === name)?.value;
}

/** Values of all header fields of that name. */
export function headersOf(frame: Pick<Frame, 'headers'>, name: string): string[] {
  return frame.headers.filter((field) => field.name === name).map((field) => field.value);
}

/** The body as text. */
export function bodyOf(frame: Pick<Frame, 'text' | 'bodyStart'>): string {
  return frame.text.slice(frame.bodyStart);
}

/** Writes a message; the opposite of `decodeFrame`. Values must be free of line breaks. */
export function encodeFrame(startLine: string, headers: readonly HeaderField[], body: string): string {
  const lines = headers.map((field) => `${field.name}: ${field.value}\r\n`).join('');
  return `${startLine}\r\n${lines}\r\n${body}`;
}
