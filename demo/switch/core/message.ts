/** SIP messages: parse and write (RFC 3261 section 7). One WebSocket message is one SIP message (RFC 7118). */
import { Headers } from './headers.js';
import { utf8Length, utf8Prefix } from './text.js';

/** A request. `uri` is the Request-URI as written. */
export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A response. */
export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Not a SIP message that anything could be done with; to be dropped. */
export interface Garbage {
  readonly kind: 'garbage';
}

const REQUEST_LINE = /^([A-Za-z0-9\-.!%*_+`'~]+) ([^ ]+) (SIP\/\d+\.\d+)$/i;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d) ([^\r\n]*)$/i;
const NAME = /^[A-Za-z0-9\-.!%*_+`'~]+$/;
const FOLDED = /\r\n[ \t]/;
/** Control characters other than tabs, and the two characters of a line end without each other. */
// eslint-disable-next-line no-control-regex -- finding them is the point
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)|(?<!\r)\n/;
const GARBAGE: Garbage = { kind: 'garbage' };

/**
 * Reads one frame. Header lines without a colon, or with a bare CR, LF or NUL in them, make the whole garbage, so that
 * nothing can be smuggled into a header. Never throws.
 */
export function parseMessage(frame: string): SipRequest | SipResponse | Garbage {
  const text = frame.startsWith('\r\n') ? frame.replace(/^(?:\r\n)+/, '') : frame;
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text.replace(/\r\n$/, '') : text.slice(0, end);
  if (CONTROL.test(head)) return GARBAGE;
  const lines = (FOLDED.test(head) ? head.replace(/\r\n[ \t]+/g, ' ') : head).split('\r\n');
  const headers = parseHeaders(lines);
  const startLine = lines[0] ?? '';
  if (headers === undefined) return GARBAGE;
  const body = end < 0 ? '' : cutBody(text.slice(end + 4), headers);
  const status = STATUS_LINE.exec(startLine);
  if (status !== null) return { kind: 'response', status: Number(status[1]), reason: status[2] ?? '', headers, body };
  const request = REQUEST_LINE.exec(startLine);
  if (request === null) return GARBAGE;
  const [, method = '', uri = '', version = ''] = request;
  return { kind: 'request', method, uri, version: version.toUpperCase(), headers, body };
}

function parseHeaders(lines: readonly string[]): Headers | undefined {
  const headers = new Headers();
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    if (!NAME.test(name)) return undefined;
    headers.append(name, line.slice(colon + 1).trim());
  }
  return headers;
}

/** What lies beyond Content-Length does not belong to the message (RFC 3261 section 18.3). */
function cutBody(body: string, headers: Headers): string {
  const length = headers.get('content-length');
  if (length === undefined || !/^\d{1,9}$/.test(length)) return body;
  return utf8Prefix(body, Number(length));
}

/** Writes a message with a fresh Content-Length. */
export function writeMessage(startLine: string, headers: Headers, body: string): string {
  headers.set('Content-Length', String(utf8Length(body)));
  return `${startLine}\r\n${headers.toString()}\r\n${body}`;
}

/** Writes a response as it goes on the wire. */
export function writeResponse(response: SipResponse): string {
  return writeMessage(`SIP/2.0 ${response.status} ${response.reason}`, response.headers, response.body);
}

/** An own answer to a request: Via, From, To, Call-ID and CSeq are copied (RFC 3261 section 8.2.6); `toTag` is added when To has none. */
export function answer(request: SipRequest, status: number, reason: string, toTag?: string): SipResponse {
  const headers = new Headers();
  for (const via of request.headers.list('via')) headers.append('Via', via);
  for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
    const value = request.headers.get(name);
    if (value === undefined) continue;
    const tagless = name === 'To' && toTag !== undefined && tagOf(value) === undefined;
    headers.append(name, tagless ? `${value};tag=${toTag}` : value);
  }
  return { kind: 'response', status, reason, headers, body: '' };
}

/** The tag of a From or To value. */
export function tagOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return /;\s*tag\s*=\s*([^;\s,]+)/i.exec(value.slice(value.lastIndexOf('>') + 1))?.[1];
}
