/** message/imdn+xml (RFC 5438): what became of a message. */
import { decodeDateTime, encodeDateTime } from './date-time.js';
import { childOf, childText, escapeXml, parseXml, xmlDocument, xmlElement } from './xml.js';
import type { XmlElement } from './xml-read.js';

const NAMESPACE = 'urn:ietf:params:xml:ns:imdn';

/** What a notification tells of, and how it went (RFC 5438, 7.2.1). */
export type Disposition =
  | { readonly kind: 'delivery'; readonly status: 'delivered' | 'failed' | 'forbidden' | 'error' }
  | { readonly kind: 'processing'; readonly status: 'processed' | 'stored' | 'forbidden' | 'error' }
  | { readonly kind: 'display'; readonly status: 'displayed' | 'forbidden' | 'error' };

/** A notification. */
export type Imdn = Disposition & {
  /** Id of the message that it is about. */
  readonly messageId: string;
  /** When that message was sent by its sender's clock, ms since the epoch. */
  readonly dateTime?: number;
};

/** Every disposition there is. */
const DISPOSITIONS: readonly Disposition[] = [
  { kind: 'delivery', status: 'delivered' },
  { kind: 'delivery', status: 'failed' },
  { kind: 'delivery', status: 'forbidden' },
  { kind: 'delivery', status: 'error' },
  { kind: 'processing', status: 'processed' },
  { kind: 'processing', status: 'stored' },
  { kind: 'processing', status: 'forbidden' },
  { kind: 'processing', status: 'error' },
  { kind: 'display', status: 'displayed' },
  { kind: 'display', status: 'forbidden' },
  { kind: 'display', status: 'error' },
];

/** Writes a notification. */
export function encodeImdn(imdn: Imdn): string {
  const { messageId, dateTime, kind, status } = imdn;
  const when = dateTime === undefined ? '' : xmlElement('datetime', {}, encodeDateTime(dateTime));
  const outcome = xmlElement(`${kind}-notification`, {}, xmlElement('status', {}, xmlElement(status)));
  return xmlDocument(xmlElement('imdn', { xmlns: NAMESPACE }, xmlElement('message-id', {}, escapeXml(messageId)) + when + outcome));
}

function readDisposition(root: XmlElement): Disposition | undefined {
  return DISPOSITIONS.find(({ kind, status }) => {
    const notification = childOf(root, NAMESPACE, `${kind}-notification`);
    const stated = notification && childOf(notification, NAMESPACE, 'status');
    return stated !== undefined && childOf(stated, NAMESPACE, status) !== undefined;
  });
}

/** Reads a notification. @returns undefined where it is none, names no message, or tells of nothing known. */
export function decodeImdn(text: string): Imdn | undefined {
  const root = parseXml(text, NAMESPACE, 'imdn');
  const messageId = root && childText(root, NAMESPACE, 'message-id');
  const disposition = root && readDisposition(root);
  if (!messageId || !disposition) return undefined;
  const dateTime = decodeDateTime(childText(root, NAMESPACE, 'datetime') ?? '');
  return { ...disposition, messageId, ...(dateTime === undefined ? {} : { dateTime }) };
}
