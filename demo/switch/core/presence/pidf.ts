/** Presence documents (PIDF, RFC 3863), merged from an agent's devices without a DOM, so that it runs in Node as well. */
import { escapeXml } from '../text.js';

/** A presence document cut into what hangs below its root. */
export interface PresenceDocument {
  /** Namespace declarations of the root: prefix ('' = default) → URI. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly elements: readonly PresenceElement[];
}

/** One child of the root: a tuple, a person, a note. */
export interface PresenceElement {
  /** Text of the element as received. */
  readonly text: string;
  /** Same key = same thing: equal tuple ids collapse. Undefined: always kept. */
  readonly key: string | undefined;
}

interface Tag {
  readonly name: string;
  readonly attributes: string;
  readonly start: number;
}

const PIDF = 'urn:ietf:params:xml:ns:pidf';
const TAG = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const SKIPPED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
];
const MAX_DEPTH = 32;

/** Collects the root's children while the tags of a document go by. */
class Collector {
  readonly elements: PresenceElement[] = [];
  root: Tag | undefined;
  readonly #open: Tag[] = [];

  get isComplete(): boolean {
    return this.root !== undefined && this.#open.length === 0;
  }

  /** False when the tag does not fit. `end` is the index after it. */
  take(xml: string, tag: Tag, kind: 'open' | 'close' | 'empty', end: number): boolean {
    if (kind === 'close') {
      const opened = this.#open.pop();
      if (opened?.name !== tag.name) return false;
      if (this.#open.length === 1) this.elements.push(toElement(opened, xml.slice(opened.start, end)));
      return true;
    }
    if (this.isComplete || this.#open.length >= MAX_DEPTH) return false;
    this.root ??= tag;
    if (kind === 'open') this.#open.push(tag);
    else if (this.#open.length === 1) this.elements.push(toElement(tag, xml.slice(tag.start, end)));
    return true;
  }
}

/** Reads a presence document; undefined when it is not well-formed, has a document type, or is something else than presence. */
export function parsePresence(xml: string): PresenceDocument | undefined {
  const collector = new Collector();
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const start = at;
    at = endOfSkipped(xml, at);
    if (at < 0) return undefined;
    if (at > start) continue;
    TAG.lastIndex = at;
    const match = TAG.exec(xml);
    if (match === null) return undefined;
    const [whole, closing, name = '', attributes = '', empty] = match;
    at += whole.length;
    const kind = closing === '/' ? 'close' : empty === '/' ? 'empty' : 'open';
    if (!collector.take(xml, { name, attributes, start }, kind, at)) return undefined;
  }
  const { root, elements, isComplete } = collector;
  if (root === undefined || !isComplete || localName(root.name) !== 'presence') return undefined;
  return { namespaces: namespacesOf(root.attributes), elements };
}

/** Index after a comment, instruction or CDATA section at `at`; `at` itself when there is none; -1 when it never ends. */
function endOfSkipped(xml: string, at: number): number {
  const skip = SKIPPED.find(([open]) => xml.startsWith(open, at));
  if (skip === undefined) return at;
  const end = xml.indexOf(skip[1], at);
  return end < 0 ? -1 : end + skip[1].length;
}

function toElement({ name, attributes }: Tag, text: string): PresenceElement {
  const id = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes);
  return { text, key: id === null ? undefined : `${localName(name)} ${id[1] ?? id[2]}` };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function namespacesOf(attributes: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of attributes.matchAll(/\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found.set(match[1] ?? '', match[2] ?? match[3] ?? '');
  }
  return found;
}

/** One document for an agent out of those of all devices, oldest first; of equal tuple ids the newest counts. */
export function mergePresence(entity: string, documents: readonly PresenceDocument[]): string {
  const namespaces = new Map([['', PIDF]]);
  const elements = new Map<string, string>();
  documents.forEach((document, index) => {
    const foreign = [...document.namespaces].filter(([prefix, uri]) => {
      if (!namespaces.has(prefix)) namespaces.set(prefix, uri);
      return namespaces.get(prefix) !== uri;
    });
    const declarations = foreign.map(([prefix, uri]) => declaration(prefix, uri)).join('');
    document.elements.forEach(({ key, text }, position) => {
      elements.set(
        key ?? `${index} ${position}`,
        text.replace(/^<[^\s/>]+/, (start) => start + declarations),
      );
    });
  });
  const declared = [...namespaces].map(([prefix, uri]) => declaration(prefix, uri)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\r\n<presence${declared} entity="${escapeXml(entity)}">${[...elements.values()].join('')}</presence>`;
}

/** The URI is as it stood in an attribute, so its escapes are kept. */
function declaration(prefix: string, uri: string): string {
  return ` xmlns${prefix === '' ? '' : `:${prefix}`}="${uri.replaceAll('"', '&#34;')}"`;
}
