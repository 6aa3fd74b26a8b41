/** application/rlmi+xml (RFC 4662, 5): one notification that tells of many resources, in multipart/related. */
import { decodeMultipart, encodeMultipart, PART_LIMIT, type MultipartBody, type Part } from './multipart.js';
import { childrenOf, childText, escapeXml, parseXml, xmlDocument, xmlElement } from './xml.js';
import type { XmlElement } from './xml-read.js';

const NAMESPACE = 'urn:ietf:params:xml:ns:rlmi';

/** State of the virtual subscription to one resource (RFC 4662, 5.4). */
export type InstanceState = 'active' | 'pending' | 'terminated';
const STATES: readonly InstanceState[] = ['active', 'pending', 'terminated'];

/** One resource of the list. */
export interface ListedResource {
  readonly uri: string;
  readonly name?: string;
  readonly state: InstanceState;
  /** Why it is terminated: `rejected`, `noresource`… */
  readonly reason?: string;
  /** Its document, such as PIDF; absent where nothing is known of it. */
  readonly document?: { readonly contentType: string; readonly body: string };
}

/** A notification of a list. */
export interface ListNotification {
  readonly uri: string;
  /** Counts up with each notification of one subscription; a gap means that something was missed. */
  readonly version: number;
  /** Every resource is in it; otherwise those that changed. */
  readonly fullState: boolean;
  readonly resources: readonly ListedResource[];
}

/** Writes a notification, each document in a part of its own. At most 255 resources. */
export function encodeListNotification({ uri, version, fullState, resources }: ListNotification): MultipartBody {
  const parts: Part[] = [];
  const listed = resources.slice(0, PART_LIMIT - 1).map((resource, index) => {
    const cid = `r${index}.${version}@deskside.invalid`;
    if (resource.document) parts.push({ ...resource.document, contentId: cid });
    const name = resource.name === undefined ? '' : xmlElement('name', {}, escapeXml(resource.name));
    const instance = { id: `i${index}`, state: resource.state, reason: resource.reason, cid: resource.document && cid };
    return xmlElement('resource', { uri: resource.uri }, name + xmlElement('instance', instance));
  });
  const attributes = { xmlns: NAMESPACE, uri, version: String(version), fullState: String(fullState) };
  const root = {
    contentType: 'application/rlmi+xml;charset=UTF-8',
    body: xmlDocument(xmlElement('list', attributes, listed.join(''))),
    contentId: `rlmi.${version}@deskside.invalid`,
  };
  return encodeMultipart([root, ...parts], 'related');
}

function readResource(resource: XmlElement, documents: ReadonlyMap<string, Part>): ListedResource[] {
  const uri = resource.getAttribute('uri')?.trim().slice(0, 512);
  if (!uri) return [];
  // Several instances are several devices whose states the server did not merge; the last one listed is the newest.
  const instance = childrenOf(resource, NAMESPACE, 'instance').at(-1);
  const part = documents.get(instance?.getAttribute('cid') ?? '');
  const name = childText(resource, NAMESPACE, 'name');
  const reason = instance?.getAttribute('reason')?.slice(0, 100);
  return [
    {
      uri,
      state: STATES.find((state) => state === instance?.getAttribute('state')) ?? 'pending',
      ...(name ? { name } : {}),
      ...(reason ? { reason } : {}),
      ...(part ? { document: { contentType: part.contentType, body: part.body } } : {}),
    },
  ];
}

/**
 * Reads the body of a NOTIFY for a list.
 * @returns undefined where there is no meta-information in it, or its list has no address or version.
 */
export function decodeListNotification(contentType: string, body: string): ListNotification | undefined {
  const parts = decodeMultipart(contentType, body);
  const meta = parts?.find((part) => part.contentType.toLowerCase().startsWith('application/rlmi+xml'));
  const root = meta && parseXml(meta.body, NAMESPACE, 'list');
  const uri = root?.getAttribute('uri')?.trim().slice(0, 512);
  const version = root?.getAttribute('version') ?? '';
  if (!parts || !root || !uri || !/^\d{1,10}$/.test(version)) return undefined;
  const documents = new Map(parts.flatMap((part) => (part.contentId === undefined ? [] : [[part.contentId, part] as const])));
  const fullState = /^(?:true|1)$/i.test(root.getAttribute('fullState') ?? '');
  const resources = childrenOf(root, NAMESPACE, 'resource').flatMap((resource) => readResource(resource, documents));
  return { uri, version: Number(version), fullState, resources };
}
