/** application/resource-lists+xml (RFC 4826, 3): a list of addresses, as the body of an ad-hoc list (RFC 5367, RFC 5366). */
import { childrenOf, childText, escapeXml, parseXml, xmlDocument, xmlElement } from './xml.js';
import type { XmlElement } from './xml-read.js';

const NAMESPACE = 'urn:ietf:params:xml:ns:resource-lists';

/** Most entries that are read. */
const LIST_LIMIT = 1000;

/** One entry. */
export interface ListEntry {
  readonly uri: string;
  readonly displayName?: string;
}

/** Writes a flat list. */
export function encodeResourceList(entries: readonly ListEntry[]): string {
  const written = entries.map(({ uri, displayName }) =>
    xmlElement('entry', { uri }, displayName === undefined ? '' : xmlElement('display-name', {}, escapeXml(displayName))),
  );
  return xmlDocument(xmlElement('resource-lists', { xmlns: NAMESPACE }, xmlElement('list', {}, written.join(''))));
}

function readList(list: XmlElement, depth: number, into: ListEntry[]): void {
  for (const entry of childrenOf(list, NAMESPACE, 'entry')) {
    const uri = entry.getAttribute('uri')?.trim().slice(0, 512);
    const displayName = childText(entry, NAMESPACE, 'display-name');
    if (uri && into.length < LIST_LIMIT) into.push({ uri, ...(displayName ? { displayName } : {}) });
  }
  if (depth < 8) for (const inner of childrenOf(list, NAMESPACE, 'list')) readList(inner, depth + 1, into);
}

/** Reads all entries, lists inside lists included; references to other documents are not followed. @returns undefined where it is no list. */
export function decodeResourceList(text: string): ListEntry[] | undefined {
  const root = parseXml(text, NAMESPACE, 'resource-lists');
  if (!root) return undefined;
  const entries: ListEntry[] = [];
  readList(root, 0, entries);
  return entries;
}
