/** message/cpim (RFC 3862): one line of an IM with who, when, its id (RFC 5438) and our sequence number. */
import { decodeDateTime, encodeDateTime } from './date-time.js';
import { entityField, readEntity, type EntityField } from './entity.js';
import { headerText } from './header.js';
import { remembering } from './memo.js';
import { INCOMING_LIMIT, wellFormed } from './text.js';

/** Namespace of our header `Deskside.Seq`. */
const DESKSIDE_NAMESPACE = 'urn:deskside:cpim';
const IMDN_NAMESPACE = 'urn:ietf:params:imdn';
const CORE_NAMESPACE = 'urn:ietf:params:cpim-headers:';

/** Which notifications the sender asks for (RFC 5438, 6.3). */
export type DispositionRequest = 'positive-delivery' | 'negative-delivery' | 'processing' | 'display';
const REQUESTS: readonly DispositionRequest[] = ['positive-delivery', 'negative-delivery', 'processing', 'display'];

/** From or To. */
export interface CpimAddress {
  readonly uri: string;
  readonly name?: string;
}

/** A CPIM message. The body is carried byte for byte, whatever line breaks it has. */
export interface CpimMessage {
  readonly from?: CpimAddress;
  readonly to: readonly CpimAddress[];
  /** Sender's wall clock, ms since the epoch. */
  readonly dateTime?: number;
  readonly messageId?: string;
  readonly notify?: readonly DispositionRequest[];
  /** Counts the sender's lines in this session, from 1. */
  readonly seq?: number;
  readonly contentType: string;
  readonly body: string;
}

/** Longest id and name that are taken from the wire, in UTF-16 units. */
const VALUE_LIMIT = 512;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const UNESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', r: '\r' };
const ESCAPED = /\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g;
const TO_ESCAPE = /[\\\p{Cc}]/gu;
const TO_ESCAPE_IN_STRING = /["\\\p{Cc}]/gu;
const ADDRESS = /^(?:"((?:[^"\\]|\\[\s\S])*)"[ \t]*|([^<"]*))<([^<>\s]+)>$/;
const NAMESPACE = /^([A-Za-z0-9_-]*)[ \t]*<([^<>\s]+)>$/;
const SEQ = /^\d{1,15}$/;

const escapeOne = (char: string): string => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Escapes what may not stand in a header value (RFC 3862, 2.3). */
function escapeValue(text: string): string {
  return wellFormed(text).replace(TO_ESCAPE, escapeOne);
}

function unescapeValue(text: string): string {
  if (!text.includes('\\')) return text;
  return wellFormed(
    text.replace(ESCAPED, (_, hex: string | undefined, char = '') =>
      hex ? String.fromCharCode(parseInt(hex, 16)) : (UNESCAPES[char as string] ?? String(char)),
    ),
  );
}

/** A URI that stays within its brackets. */
function uriText(uri: string): string {
  return headerText(uri).replace(/[<>\s]+/g, '');
}

/** A name within the limit; half a pair at the cut is replaced. */
function shortName(name: string): string {
  return wellFormed(name.slice(0, VALUE_LIMIT));
}

function encodeAddress({ uri, name }: CpimAddress): string {
  const shown = name === undefined || name === '' ? '' : `"${shortName(name).replace(TO_ESCAPE_IN_STRING, escapeOne)}" `;
  return `${shown}<${uriText(uri)}>`;
}

/** Writes a message (RFC 3862, 2). Lone surrogates are replaced; nothing else of the body is touched. */
export function encodeCpim(message: CpimMessage): string {
  const { from, to, dateTime, messageId, notify, seq } = message;
  const imdn = messageId !== undefined || notify !== undefined;
  const lines = [
    ...(from ? [`From: ${encodeAddress(from)}`] : []),
    ...to.map((address) => `To: ${encodeAddress(address)}`),
    ...(dateTime === undefined ? [] : [`DateTime: ${encodeDateTime(dateTime)}`]),
    ...(imdn ? [`NS: imdn <${IMDN_NAMESPACE}>`] : []),
    ...(messageId === undefined ? [] : [`imdn.Message-ID: ${escapeValue(messageId)}`]),
    ...(notify?.length ? [`imdn.Disposition-Notification: ${notify.join(', ')}`] : []),
    ...(seq === undefined ? [] : [`NS: Deskside <${DESKSIDE_NAMESPACE}>`, `Deskside.Seq: ${seq}`]),
    '',
    `Content-Type: ${headerText(message.contentType, VALUE_LIMIT)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${wellFormed(message.body)}`;
}

const decodeAddress = remembering((value: string): CpimAddress | undefined => {
  const match = value.length > VALUE_LIMIT * 4 ? null : ADDRESS.exec(value);
  const uri = match?.[3] ?? '';
  if (!match || uri.length > VALUE_LIMIT) return undefined;
  const name = shortName(match[1] === undefined ? (match[2] ?? '') : unescapeValue(match[1])).trim();
  return { uri: uriText(uri), ...(name === '' ? {} : { name }) };
});

/** What is gathered while the headers are read in order. */
type Draft = { -readonly [K in keyof Omit<CpimMessage, 'to' | 'contentType' | 'body'>]: CpimMessage[K] } & { to: CpimAddress[] };

function setDefined<K extends keyof Omit<Draft, 'to'>>(draft: Draft, key: K, value: Draft[K] | undefined): void {
  if (value !== undefined && draft[key] === undefined) draft[key] = value;
}

function addRecipient(draft: Draft, value: string): void {
  const address = decodeAddress(value);
  if (address && draft.to.length < 64) draft.to.push(address);
}

function readId(value: string): string | undefined {
  return value.length <= VALUE_LIMIT ? unescapeValue(value).trim() || undefined : undefined;
}

const readRequests = remembering((value: string): readonly DispositionRequest[] | undefined => {
  const named = value
    .toLowerCase()
    .split(',')
    .map((one) => one.trim());
  const known = REQUESTS.filter((request) => named.includes(request));
  return known.length > 0 ? known : undefined;
});

/** Name of a header to the namespace that it must be in and what it means for the draft. */
const READERS = new Map<string, readonly [namespace: string, read: (draft: Draft, value: string) => void]>([
  ['From', [CORE_NAMESPACE, (draft, value) => setDefined(draft, 'from', decodeAddress(value))]],
  ['To', [CORE_NAMESPACE, addRecipient]],
  ['DateTime', [CORE_NAMESPACE, (draft, value) => setDefined(draft, 'dateTime', decodeDateTime(value))]],
  ['Message-ID', [IMDN_NAMESPACE, (draft, value) => setDefined(draft, 'messageId', readId(value))]],
  ['Disposition-Notification', [IMDN_NAMESPACE, (draft, value) => setDefined(draft, 'notify', readRequests(value))]],
  ['Seq', [DESKSIDE_NAMESPACE, (draft, value) => setDefined(draft, 'seq', SEQ.test(value) ? Number(value) : undefined)]],
]);

/** What a prefix means before any NS header. Some senders forget to declare "imdn", and it cannot mean anything else. */
const PREDECLARED = new Map([
  ['', CORE_NAMESPACE],
  ['imdn', IMDN_NAMESPACE],
]);

/** Reads the headers; a name's prefix means the namespace that the last NS header before it bound to it (RFC 3862, 3.4). */
function readHeaders(fields: readonly EntityField[]): Draft {
  const draft: Draft = { to: [] };
  let declared: Map<string, string> | undefined;
  for (const [name, value] of fields) {
    if (name === 'NS') {
      const [, prefix, uri] = NAMESPACE.exec(value) ?? [];
      if (prefix !== undefined && uri !== undefined) (declared ??= new Map(PREDECLARED)).set(prefix, uri);
      continue;
    }
    const dot = name.indexOf('.');
    const reader = READERS.get(dot < 0 ? name : name.slice(dot + 1));
    const namespace = (declared ?? PREDECLARED).get(dot < 0 ? '' : name.slice(0, dot));
    if (reader && reader[0] === namespace) reader[1](draft, value);
  }
  return draft;
}

/**
 * Reads a message. Headers that cannot be read are left out, so that a text is never lost for a wrong date.
 * @returns undefined where the two header blocks are not there, or the text is over the limit of a SIP message.
 */
export function decodeCpim(text: string): CpimMessage | undefined {
  if (text.length > INCOMING_LIMIT) return undefined;
  const outer = readEntity(wellFormed(text));
  if (!outer) return undefined;
  const inner = readEntity(outer.body);
  const contentType = inner && entityField(inner, 'content-type');
  if (!inner || contentType === undefined) return undefined;
  return { ...readHeaders(outer.fields), contentType: headerText(contentType, VALUE_LIMIT), body: inner.body };
}
