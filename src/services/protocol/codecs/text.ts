/**
 * Text on the wire: limits in bytes of UTF-8, and what may not leave the page. A lone surrogate makes sip.js throw twice,
 * and control characters in a header split it, so every text passes through here before it is sent.
 */

/** One message, in bytes of UTF-8. */
export const MESSAGE_LIMIT = 32 * 1024;
/** Case data as JSON, in bytes of UTF-8. */
export const CASE_LIMIT = 16 * 1024;
/** A whole outgoing SIP message, in bytes of UTF-8; the shipped switch answers 513 above it. */
export const SIP_MESSAGE_LIMIT = 48 * 1024;
/** A whole incoming SIP message, in bytes of UTF-8: the outgoing limit and what proxies may add on the way. */
export const INCOMING_LIMIT = 64 * 1024;

const REPLACEMENT = '\uFFFD';
/** With the `u` flag a pair is one code point, so that only lone surrogates match. */
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** Control characters other than tab, line feed and carriage return. */
const UNSENDABLE = /[^\P{Cc}\t\n\r]/gu;

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

/** Bytes of `text` from UTF-16 offset `start` in UTF-8; a lone surrogate counts as the replacement character (3 bytes). Allocates nothing. */
export function utf8Length(text: string, start = 0): number {
  const units = text.length - start;
  let extra = 0;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    if (code < 0x800) extra += 1;
    else if (isHigh(code) && isLow(text.charCodeAt(index + 1))) {
      extra += 2;
      index += 1;
    } else extra += 2;
  }
  return units + extra;
}

/** The longest beginning of `text` of at most `bytes` bytes of UTF-8; never half a surrogate pair. */
export function cutUtf8(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  let used = 0;
  let end = 0;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const pair = isHigh(code) && isLow(text.charCodeAt(end + 1));
    used += code < 0x80 ? 1 : code < 0x800 ? 2 : pair ? 4 : 3;
    if (used > bytes) break;
    end += pair ? 2 : 1;
  }
  return text.slice(0, end);
}

/** `text` with each lone surrogate replaced by U+FFFD, as `String.prototype.toWellFormed` does, also where the browser lacks it. */
export function wellFormed(text: string): string {
  if (typeof text.toWellFormed === 'function') return text.toWellFormed();
  return text.replace(LONE_SURROGATE, REPLACEMENT);
}

/**
 * What of a typed text may travel in a body: all of it but lone surrogates (replaced) and control characters other than tab
 * and line breaks (removed). Line breaks stay as they were typed: CRLF, LF and CR are all kept, and read as one break.
 */
export function messageText(text: string): string {
  return wellFormed(text).replace(UNSENDABLE, '');
}
