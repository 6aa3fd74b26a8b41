/** Values of SIP header fields (RFC 3261, 7.3 and 25.1): made safe when written, split without being fooled when read. */
import { cutUtf8, wellFormed } from './text.js';

/** Bytes of UTF-8 that a header value of ours has at most. */
const HEADER_VALUE_LIMIT = 1024;

const UNSAFE = /[\p{Cc}\u2028\u2029]+/gu;
const UNESCAPED = /["\\]/g;
const ESCAPED = /\\([\s\S])/g;
const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/** Whether `text` is a token (RFC 3261, 25.1). */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Any text as a header value that cannot end its line or add another: control characters and line separators become one
 * space, lone surrogates are replaced, and what is beyond `limit` bytes is cut (sip.js does not stop header injection).
 */
export function headerText(text: string, limit = HEADER_VALUE_LIMIT): string {
  return cutUtf8(wellFormed(text).replace(UNSAFE, ' ').trim(), limit).trimEnd();
}

/** A quoted-string (RFC 3261, 25.1) of any text, safe as part of a header value. */
export function quoted(text: string, limit = HEADER_VALUE_LIMIT): string {
  return `"${headerText(text, limit).replace(UNESCAPED, '\\$&')}"`;
}

/** Whether anything in `text` may be unsafe; a loop, as the Unicode classes of the expression cost more than all the rest. */
function suspicious(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code > 0x7e && code < 0xa0) || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}

/** The text of a quoted-string; what is not quoted comes back as it is. Control characters become spaces: people will read it. */
export function unquoted(value: string): string {
  const text = value.trim();
  const inner = text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(ESCAPED, '$1') : text;
  return (suspicious(inner) ? inner.replace(UNSAFE, ' ') : inner).trim();
}

/** Index just behind the quoted-string that begins at `start`, or -1 where it does not end. */
export function endOfQuoted(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === 0x5c) index += 1;
    else if (char === 0x22) return index + 1;
  }
  return -1;
}

/**
 * Splits a value at `separator` outside of quoted-strings and angle brackets; parts are trimmed.
 * @returns undefined where a quoted-string or a bracket is not closed.
 */
export function splitValue(value: string, separator: ',' | ';'): string[] | undefined {
  const parts: string[] = [];
  let start = 0;
  let bracket = false;
  for (let index = 0; index < value.length; index++) {
    const char = value[index];
    if (char === '"' && !bracket) {
      index = endOfQuoted(value, index) - 1;
      if (index < 0) return undefined;
    } else if (char === '<') bracket = true;
    else if (char === '>') bracket = false;
    else if (char === separator && !bracket) {
      parts.push(value.slice(start, index).trim());
      start = index + 1;
    }
  }
  if (bracket) return undefined;
  parts.push(value.slice(start).trim());
  return parts;
}

/** Parameters of a header value: names in lower case; '' for one without value; quotes removed. */
export type Parameters = ReadonlyMap<string, string>;

/**
 * Reads `a=b;c="d";e`, the part behind the first semicolon of a value.
 * @returns undefined where a name is no token or a quoted-string is not closed. Of equal names the first counts.
 */
export function parseParameters(text: string, separator: ',' | ';' = ';'): Parameters | undefined {
  const parts = splitValue(text, separator);
  if (!parts) return undefined;
  const parameters = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trimEnd().toLowerCase();
    if (!isToken(name)) return undefined;
    const value = equals < 0 ? '' : part.slice(equals + 1).trim();
    if (value.startsWith('"') && endOfQuoted(value, 0) !== value.length) return undefined;
    if (!parameters.has(name)) parameters.set(name, value.startsWith('"') ? unquoted(value) : value);
  }
  return parameters;
}
