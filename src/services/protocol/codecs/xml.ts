/**
 * XML bodies, read by the browser's own parser and written as text. Documents with a DOCTYPE are refused outright, so that no
 * entity is ever declared; browsers load no external ones.
 */
import { INCOMING_LIMIT, wellFormed } from './text.js';

/** Characters that XML 1.0 has no way to write (2.2); `u` so that pairs are one. */
const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const SPECIAL = /[&<>"'\t\n\r]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Trusted Types, where the browser has them; the library's types do not know them. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): string };
}

/** Made at the first document: a second copy of this code on the page fails here, not when it is loaded, unless the page allows duplicates. */
let policy: { createHTML(text: string): string } | undefined;

/**
 * What DOMParser takes under `require-trusted-types-for 'script'`, which covers XML too. The document is read as data and never comes near the
 * page, so the policy passes it as it is (docs/security.md). Throws where the page's policy does not allow ours.
 */
function trusted(text: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('deskside', { createHTML: (xml) => xml });
  return policy?.createHTML(text) ?? text;
}

/** Text for element content or a quoted attribute: escaped, characters illegal in XML 1.0 removed. Line breaks survive. */
export function escapeXml(text: string): string {
  return wellFormed(text)
    .replace(ILLEGAL, '')
    .replace(SPECIAL, (char) => ENTITIES[char] ?? char);
}

/** Attributes; undefined ones are left out. Names are ours, never from outside. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/** An element as text. `content` is XML already: wrap texts in `escapeXml`. */
export function xmlElement(name: string, attributes: XmlAttributes = {}, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeXml(value)}"`));
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
}

/** A document as text. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

/**
 * Reads a document.
 * @returns its root where it is `name` of `namespace`; undefined where the text is no well-formed XML, has a DOCTYPE, is over
 * the limit of a SIP message, or another document.
 */
export function parseXml(text: string, namespace: string, name: string): Element | undefined {
  if (text.length > INCOMING_LIMIT || text.includes('<!DOCTYPE')) return undefined;
  try {
    const document = new DOMParser().parseFromString(trusted(text.trim()), 'application/xml');
    const root = document.documentElement;
    if (document.doctype || document.getElementsByTagName('parsererror').length > 0) return undefined;
    return root.namespaceURI === namespace && root.localName === name ? root : undefined;
  } catch {
    // Engines limit depth and size each in their own way; what they refuse is no document for us either.
    return undefined;
  }
}

/** The child elements of that name and namespace; `*` for any name. */
export function childrenOf(parent: Element, namespace: string, name: string): Element[] {
  return Array.from(parent.children).filter((child) => child.namespaceURI === namespace && (name === '*' || child.localName === name));
}

/** The first of them. */
export function childOf(parent: Element, namespace: string, name: string): Element | undefined {
  return childrenOf(parent, namespace, name)[0];
}

/** The trimmed text of the first child of that name; undefined where there is no such child. Cut to 1024 UTF-16 units. */
export function childText(parent: Element, namespace: string, name: string): string | undefined {
  return childOf(parent, namespace, name)?.textContent.trim().slice(0, 1024);
}
