/**
 * A small reader of XML 1.0 with namespaces, for the bodies that SIP carries. The browser's own parser makes a document of its own for each body,
 * and collecting those costs a page that hears of 20,000 agents more than all else. This one knows no document types, so no entity is ever
 * declared; what it does not know it refuses.
 */

/** An element that was read; its methods are those of the DOM's. */
export class XmlElement {
  readonly namespaceURI: string;
  readonly localName: string;
  readonly children: XmlElement[] = [];
  readonly #attributes: ReadonlyMap<string, string>;
  readonly #content: (string | XmlElement)[] = [];

  constructor(namespaceURI: string, localName: string, attributes: ReadonlyMap<string, string>) {
    this.namespaceURI = namespaceURI;
    this.localName = localName;
    this.#attributes = attributes;
  }

  /** The text of this element and of all in it. */
  get textContent(): string {
    return this.#content.map((piece) => (typeof piece === 'string' ? piece : piece.textContent)).join('');
  }

  /** An attribute by its name as written. */
  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  /** Adds what stands next in it. */
  append(piece: string | XmlElement): void {
    this.#content.push(piece);
    if (typeof piece !== 'string') this.children.push(piece);
  }
}

/** Deepest nesting that is read. */
const MAX_DEPTH = 64;
/** Names are ASCII here; bodies of SIP have no others. */
const NAME = '[A-Za-z_][\\w.\\-]*';
const VALUE = `"[^"<]*"|'[^'<]*'`;
const TAG = new RegExp(`<(/?)(${NAME}(?::${NAME})?)((?:\\s+${NAME}(?::${NAME})?\\s*=\\s*(?:${VALUE}))*)\\s*(/?)>`, 'y');
const ATTRIBUTE = new RegExp(`(${NAME}(?::${NAME})?)\\s*=\\s*(${VALUE})`, 'g');
/** Comments (2.5), which hold no `--`, and instructions (2.6), which are not called `xml` but at the very beginning (2.8). */
const SKIPPED = /<!--(?:(?!--)[^])*-->|<\?(?![Xx][Mm][Ll][\s?])[A-Za-z_][\w.-]*(?:\s(?:(?!\?>)[^])*)?\?>/y;
/** The declaration (2.8). What SIP carries is UTF-8 (RFC 3261, 7.4.1), of which ASCII is a part. */
const DECLARATION =
  /^<\?xml\s+version\s*=\s*(["'])1\.0\1(?:\s+encoding\s*=\s*(["'])(?:[Uu][Tt][Ff]-8|[Uu][Ss]-[Aa][Ss][Cc][Ii][Ii])\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/;
/** Characters that XML 1.0 does not have (2.2), lone surrogates among them. */
const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The document is none. */
class Malformed extends Error {}

function characterOf(reference: string): string {
  const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(reference) ?? [];
  const code = hex === undefined ? Number(decimal ?? NaN) : parseInt(hex, 16);
  if (!(code <= 0x10ffff)) throw new Malformed();
  const character = String.fromCodePoint(code);
  if (ILLEGAL.test(character)) throw new Malformed();
  return character;
}

/** Text with its references replaced (4.1). */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,10};)?/g, (_whole, reference: string | undefined) => {
    const name = reference?.slice(0, -1) ?? '';
    return ENTITIES.get(name) ?? characterOf(name);
  });
}

/** White space in an attribute is a space (3.3.3), but for what a reference stands for. */
const attributeText = (quotedValue: string): string => decode(quotedValue.slice(1, -1).replace(/[\t\n]/g, ' '));

type Scope = ReadonlyMap<string, string>;

/** An element that is open, with its name as written and the prefixes that hold in it. */
interface Open {
  readonly element: XmlElement;
  readonly name: string;
  readonly scope: Scope;
}

const OUTSIDE: Scope = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
]);

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) throw new Malformed();
    attributes.set(name, attributeText(value));
  }
  return attributes;
}

function open(name: string, written: string, outer: Scope): Open {
  const attributes = attributesOf(written);
  let scope = outer;
  for (const [attribute, value] of attributes) {
    const prefix = attribute === 'xmlns' ? '' : attribute.startsWith('xmlns:') ? attribute.slice(6) : undefined;
    if (prefix === undefined) continue;
    if (prefix !== '' && (value === '' || prefix.startsWith('xml'))) throw new Malformed();
    scope = new Map(scope).set(prefix, value);
  }
  for (const attribute of attributes.keys()) {
    const [prefix = '', local] = attribute.split(':');
    if (local !== undefined && prefix !== 'xmlns' && !scope.has(prefix)) throw new Malformed();
  }
  const colon = name.indexOf(':');
  const namespace = scope.get(colon < 0 ? '' : name.slice(0, colon));
  if (namespace === undefined) throw new Malformed();
  return { element: new XmlElement(namespace, name.slice(colon + 1), attributes), name, scope };
}

/** Puts the pieces of a document together as they come. */
class Builder {
  root: XmlElement | undefined;
  readonly #open: Open[] = [];

  get isComplete(): boolean {
    return this.root !== undefined && this.#open.length === 0;
  }

  text(text: string): void {
    const inside = this.#open.at(-1);
    if (inside) inside.element.append(text);
    else if (text.trim() !== '') throw new Malformed();
  }

  begin(name: string, written: string, isEmpty: boolean): void {
    const parent = this.#open.at(-1);
    if ((!parent && this.root) || this.#open.length >= MAX_DEPTH) throw new Malformed();
    const opened = open(name, written, parent?.scope ?? OUTSIDE);
    parent?.element.append(opened.element);
    this.root ??= opened.element;
    if (!isEmpty) this.#open.push(opened);
  }

  end(name: string): void {
    if (this.#open.pop()?.name !== name) throw new Malformed();
  }
}

/** Where what begins at `at` ends; text of a CDATA section is given to the builder. @returns undefined where a tag begins there */
function special(text: string, at: number, builder: Builder): number | undefined {
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at);
    if (end < 0) throw new Malformed();
    builder.text(text.slice(at + 9, end));
    return end + 3;
  }
  SKIPPED.lastIndex = at;
  return SKIPPED.test(text) ? SKIPPED.lastIndex : undefined;
}

function tag(text: string, at: number, builder: Builder): number {
  TAG.lastIndex = at;
  const match = TAG.exec(text);
  if (!match) throw new Malformed();
  const [whole, closing, name = '', attributes = '', empty] = match;
  if (!closing) builder.begin(name, attributes, empty !== '');
  else if (attributes !== '' || empty) throw new Malformed();
  else builder.end(name);
  return at + whole.length;
}

function characters(text: string): string {
  if (text.includes(']]>')) throw new Malformed();
  return decode(text);
}

function build(text: string): XmlElement | undefined {
  const builder = new Builder();
  for (let at = DECLARATION.exec(text)?.[0].length ?? 0; at < text.length;) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) builder.text(characters(text.slice(at, end)));
    at = next < 0 ? text.length : (special(text, next, builder) ?? tag(text, next, builder));
  }
  return builder.isComplete ? builder.root : undefined;
}

/** Reads a document. @returns its root; undefined where it is not well-formed, or has a document type */
export function readXml(text: string): XmlElement | undefined {
  if (ILLEGAL.test(text)) return undefined;
  try {
    // Every line end is a line feed before anything else is looked at (2.11).
    return build(text.replace(/\r\n?/g, '\n'));
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
