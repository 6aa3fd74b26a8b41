/** XML bodies, written as text; reading is in xml-read.ts. Documents with a DOCTYPE are refused outright, so that no entity is ever declared. */
import { INCOMING_LIMIT, wellFormed } from './text.js';
import { readXml, type XmlElement } from './xml-read.js';

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
export function parseXml(text: string, namespace: string, name: string): XmlElement | undefined {
  if (text.length > INCOMING_LIMIT) return undefined;
  const root = readXml(text.trim());
  return root?.namespaceURI === namespace && root.localName === name ? root : undefined;
}

/** The child elements of that name and namespace; `*` for any name. */
export function childrenOf(parent: XmlElement, namespace: string, name: string): XmlElement[] {
  return parent.children.filter((child) => child.namespaceURI === namespace && (name === '*' || child.localName === name));
}

/** The first of them. */
export function childOf(parent: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return childrenOf(parent, namespace, name)[0];
}

/** The trimmed text of the first child of that name; undefined where there is no such child. Cut to 1024 UTF-16 units. */
export function childText(parent: XmlElement, namespace: string, name: string): string | undefined {
  return childOf(parent, namespace, name)?.textContent.trim().slice(0, 1024);
}
