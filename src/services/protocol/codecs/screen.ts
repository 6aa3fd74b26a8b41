/**
 * The screen: every raw SIP message passes here before sip.js sees it. sip.js 0.21.2 throws on some messages, drops others
 * without a word, and takes nonsense for SIP (docs/torture.md lists each case); a message that passed does none of that to it.
 * Can go when sip.js goes.
 */
import { DIGEST_ALGORITHMS, type DigestAlgorithm } from './digest.js';
import { decodeFrame, encodeFrame, headerOf, type Frame, type FrameFault, type HeaderField } from './frame.js';
import { checkBodyHeaders, measureBody, type MeasuredBody, type Refusal } from './screen-body.js';
import { countVia, decodeCSeq, doubledField, fieldFault, hasOneSipContact, missingField, tagOf, viaFault } from './screen-fields.js';
import { addBranch, keepAnswerable, mendColons, mendFields, withoutEarlyDialog } from './screen-repair.js';
import { checkRequest, METHODS } from './screen-request.js';
import { decodeStartLine, type RequestLine, type StatusLine } from './start-line.js';
import { statelessAnswer } from './stateless-answer.js';
import { INCOMING_LIMIT, utf8Length, wellFormed } from './text.js';

/** What to do with a raw message. */
export type Verdict =
  | {
      /** Give `text` to sip.js; it may differ from what came: mended, unfolded, what stood behind the body cut off. */
      readonly verdict: 'pass';
      readonly text: string;
      readonly message: Frame;
      readonly line: RequestLine | StatusLine;
    }
  | { readonly verdict: 'drop'; readonly reason: string }
  | {
      /** Send `answer` back as it is. */
      readonly verdict: 'respond';
      readonly status: number;
      readonly reasonPhrase: string;
      /** Fields of the answer beside those that every answer copies. */
      readonly headers: readonly HeaderField[];
      readonly answer: string;
    };

/** What the user agent behind the screen can do. */
export interface ScreenOptions {
  /** Option tags that Require may name, in lower case. */
  readonly supported?: ReadonlySet<string>;
  /** Digest algorithms that the credentials can answer. */
  readonly algorithms?: readonly DigestAlgorithm[];
}

/** Option tags of the shipped user agent; `100rel` may be added where sip.js is told to support it. */
export const SUPPORTED_OPTIONS: ReadonlySet<string> = new Set([
  'replaces',
  'gruu',
  'outbound',
  'path',
  'norefersub',
  'tdialog',
  'eventlist',
]);

const KEEP_ALIVE = /^(?:\r\n)+$/;

const drop = (reason: string): Verdict => ({ verdict: 'drop', reason });

/** An answer to a request; an ACK is never answered (17.1.1.3), and neither is what has no Via. */
function refuse(frame: Frame, { status, reason, headers = [] }: Refusal): Verdict {
  const answer = /^ACK /i.test(frame.startLine) ? undefined : statelessAnswer(frame, status, reason, headers);
  return answer === undefined ? drop(reason) : { verdict: 'respond', status, reasonPhrase: reason, headers, answer };
}

function refuseUncut({ fault, partial }: FrameFault): Verdict {
  if (!partial || decodeStartLine(partial.startLine).kind !== 'request') return drop(fault);
  return refuse(
    partial,
    fault === 'Header Section Too Large' ? { status: 513, reason: 'Message Too Large' } : { status: 400, reason: fault },
  );
}

/** Passes the message on, written anew where anything had to be mended. */
function pass(frame: Frame, line: RequestLine | StatusLine, headers: readonly HeaderField[], body: string, rewrite: boolean): Verdict {
  const startLine = mendColons(frame.startLine);
  const same = !rewrite && !frame.irregular && headers === frame.headers && startLine === frame.startLine;
  if (same) return { verdict: 'pass', text: frame.text, message: frame, line };
  const text = encodeFrame(startLine, headers, body);
  const message: Frame = { text, startLine, headers, bodyStart: text.length - body.length, irregular: false };
  return { verdict: 'pass', text, message, line: line.kind === 'request' ? { ...line, uri: mendColons(line.uri) } : line };
}

function screenRequest(frame: Frame, line: RequestLine, options: ScreenOptions): Verdict {
  const body = measureBody(frame);
  const hasBody = 'text' in body && body.text !== '';
  const refusal = checkRequest({ frame, line, hasBody, supported: options.supported ?? SUPPORTED_OPTIONS });
  if (refusal) return refuse(frame, refusal);
  if (!('text' in body)) return refuse(frame, body);
  return pass(frame, line, addBranch(frame, mendFields(frame, false)), body.text, body.surplus);
}

/** sip.js throws on the answer to an INVITE that names nobody to go on with (12.1.2). */
function acceptFault(frame: Frame, status: number, method: string): string | undefined {
  if (method !== 'INVITE' || status < 200 || status > 299) return undefined;
  return tagOf(frame, 'to') !== '' && hasOneSipContact(frame) ? undefined : 'acceptance without To tag or Contact';
}

/** The first fault for which a response must not reach sip.js (8.1.3.3: more than one Via is not for us). */
function responseFault(frame: Frame, status: number): string | undefined {
  const missing = missingField(frame);
  if (missing !== undefined) return `missing ${missing}`;
  const doubled = doubledField(frame);
  if (doubled !== undefined) return `multiple ${doubled}`;
  const cseq = decodeCSeq(headerOf(frame, 'cseq') ?? '');
  // sip.js throws on a response to a method that it cannot read, and we send none that is not in the list.
  if (!cseq || !METHODS.has(cseq.method)) return 'malformed CSeq';
  if (countVia(frame) > 1) return 'response for another hop';
  return viaFault(frame) ?? fieldFault(frame) ?? acceptFault(frame, status, cseq.method);
}

/** sip.js throws on a body whose type it cannot read; the response counts without it. */
function responseBody(frame: Frame, body: MeasuredBody, headers: readonly HeaderField[]): [readonly HeaderField[], string] {
  if (body.text === '' || !checkBodyHeaders(frame)) return [headers, body.text];
  const kept = headers.filter((field) => !field.name.startsWith('content-'));
  return [[...kept, { name: 'content-length', value: '0' }], ''];
}

function screenResponse(frame: Frame, line: StatusLine, options: ScreenOptions): Verdict {
  const fault = responseFault(frame, line.status);
  if (fault !== undefined) return drop(fault);
  const body = measureBody(frame);
  if (!('text' in body)) return drop(body.reason);
  const mended = keepAnswerable(mendFields(frame, true), options.algorithms ?? DIGEST_ALGORITHMS);
  const [headers, text] = responseBody(frame, body, line.status < 200 ? withoutEarlyDialog(mended) : mended);
  return pass(frame, line, headers, text, body.surplus);
}

/**
 * Judges one raw message. Never throws; linear in its length; messages far over the limit are not read at all.
 * @param text the WebSocket message as text (RFC 7118: one SIP message each).
 */
export function screen(text: string, options: ScreenOptions = {}): Verdict {
  if (text.length > INCOMING_LIMIT * 16) return drop('far too large');
  if (KEEP_ALIVE.test(text)) return drop('keep-alive');
  const frame = decodeFrame(wellFormed(text));
  if ('fault' in frame) return refuseUncut(frame);
  const line = decodeStartLine(frame.startLine);
  const tooLarge = text.length * 3 > INCOMING_LIMIT && utf8Length(text) > INCOMING_LIMIT;
  if (line.kind === 'response') return tooLarge ? drop('too large') : screenResponse(frame, line, options);
  if (tooLarge) return refuse(frame, { status: 513, reason: 'Message Too Large' });
  if (line.kind === 'request') return screenRequest(frame, line, options);
  return line.status === undefined ? drop(line.reason) : refuse(frame, { status: line.status, reason: line.reason });
}
