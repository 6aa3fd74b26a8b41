/**
 * Links in what people wrote: text is split into parts, and only `http`, `https`, `mailto` and `tel` become links (docs/decisions/003-links.md).
 * No HTML is made of text anywhere. Time grows with the length of the text and with nothing else.
 */
import { html, type TemplateResult } from 'lit';

/** A stretch of text; with `href`, a link whose text is what was written. */
export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

/** No honest link is longer; what is, stays text. */
const MAX_LINK = 2048;
/** A beginning that is meant as a link, and what follows without space, quotes, angle brackets, controls or marks of direction. */
const CANDIDATE = /(?<![\p{L}\p{N}_])(?:https?:\/\/|www\.|mailto:|tel:)[^\s<>"“”«»`\p{Cc}\p{Cf}]+/giu;
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const TRAILING = new Set(".,;:!?'’…*_~|");

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

/** Takes off the punctuation of the sentence around; a closing bracket stays where the link has its opening one. */
function trimmed(candidate: string): string {
  const surplus = new Map<string, number>();
  for (const [close, open] of Object.entries(CLOSING)) surplus.set(close, count(candidate, close) - count(candidate, open));
  let end = candidate.length;
  for (; end > 0; end -= 1) {
    const last = candidate.charAt(end - 1);
    const left = surplus.get(last);
    if (left !== undefined && left > 0) surplus.set(last, left - 1);
    else if (!TRAILING.has(last)) break;
  }
  return candidate.slice(0, end);
}

/** The address behind a candidate; undefined where it is none that is safe to offer. */
function hrefOf(text: string): string | undefined {
  if (text.length > MAX_LINK) return undefined;
  if (/^tel:/i.test(text)) return /^tel:\+?[\d().*#-]{2,}$/i.test(text) ? text : undefined;
  if (/^mailto:/i.test(text)) return /^mailto:[^\s@?]+@[^\s@?]+(?:\?\S*)?$/i.test(text) ? text : undefined;
  const address = /^www\./i.test(text) ? `https://${text}` : text;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // A name in front of an @ looks like the host and is none.
  return url.username || url.password ? undefined : url.href;
}

/** Splits text into parts; joined together their texts are the text again. */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const link = trimmed(match[0]);
    const href = hrefOf(link);
    if (href === undefined) continue;
    if (match.index > done) parts.push({ text: text.slice(done, match.index) });
    parts.push({ text: link, href });
    done = match.index + link.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

/** Text with its links, for a template. Links open elsewhere and tell the page there nothing. */
export function linkedText(text: string): readonly (string | TemplateResult)[] {
  return linkify(text).map((part) =>
    part.href === undefined
      ? part.text
      : html`<a href=${part.href} title=${part.href} target="_blank" rel="noopener noreferrer">${part.text}</a>`,
  );
}
