/** Small helpers for text as it stands on the wire. */

/** Length of `text` in bytes of UTF-8; a lone surrogate counts as the three bytes of U+FFFD that it is sent as. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else {
      bytes += 2;
      if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) i++;
    }
  }
  return bytes;
}

/** The longest prefix of `text` that fits into `limit` bytes of UTF-8. */
export function utf8Prefix(text: string, limit: number): string {
  if (utf8Length(text) <= limit) return text;
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, limit));
}

/** Escapes the five characters that matter in XML text and attribute values. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Puts `text` into double quotes as RFC 3261 section 25.1 wants it (quoted-string); control characters become spaces. */
export function quoted(text: string): string {
  // eslint-disable-next-line no-control-regex -- keeping them out of a header is the point
  return `"${text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/["\\]/g, '\\$&')}"`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
