/** Notifications about a list of agents (RFC 4662), and the lists themselves (RFC 4826, RFC 5367). */
import { escapeXml, utf8Length } from '../text.js';

/** One agent in a list notification. */
export interface ListedResource {
  readonly uri: string;
  readonly name: string;
  /** Presence document; absent when nothing was published. */
  readonly document: string | undefined;
  /** The address cannot be watched here at all. */
  readonly isUnknown: boolean;
}

/** One notification's content. */
export interface ListBody {
  readonly contentType: string;
  readonly body: string;
}

/** What all notifications of one list subscription have in common. */
export interface ListDialog {
  readonly uri: string;
  readonly domain: string;
  readonly randomId: () => string;
}

/** A notification stays below this many bytes of documents, so that no WebSocket frame comes near 64 KiB. */
const CHUNK_BYTES = 32_768;

/** Bytes that one resource costs beside its document. */
const RESOURCE_BYTES = 300;

/** Splits resources so that each notification stays small; one empty chunk for no resources. */
export function chunks(resources: readonly ListedResource[]): ListedResource[][] {
  let current: ListedResource[] = [];
  const result = [current];
  let size = 0;
  for (const resource of resources) {
    const bytes = RESOURCE_BYTES + utf8Length(resource.document ?? '');
    if (current.length > 0 && size + bytes > CHUNK_BYTES) {
      current = [];
      result.push(current);
      size = 0;
    }
    current.push(resource);
    size += bytes;
  }
  return result;
}

/** Builds the multipart/related body: the RLMI document first, then one PIDF per resource that has one. */
export function listBody(list: ListDialog, version: number, isFull: boolean, resources: readonly ListedResource[]): ListBody {
  const boundary = `list-${list.randomId()}`;
  const parts = resources.map((resource) => ({ resource, id: `${list.randomId()}@${list.domain}` }));
  const lines = parts.map(({ resource, id }) => resourceXml(resource, id)).join('\r\n');
  const rlmi =
    `<?xml version="1.0" encoding="UTF-8"?>\r\n<list xmlns="urn:ietf:params:xml:ns:rlmi" uri="${escapeXml(list.uri)}" ` +
    `version="${version}" fullState="${String(isFull)}">\r\n${lines}\r\n</list>`;
  const root = `${list.randomId()}@${list.domain}`;
  const documents = parts.flatMap(({ resource, id }) =>
    resource.document === undefined ? [] : [part(boundary, id, 'application/pidf+xml;charset="UTF-8"', resource.document)],
  );
  return {
    contentType: `multipart/related;type="application/rlmi+xml";start="<${root}>";boundary="${boundary}"`,
    body: `${part(boundary, root, 'application/rlmi+xml;charset="UTF-8"', rlmi)}${documents.join('')}--${boundary}--\r\n`,
  };
}

function resourceXml({ uri, name, document, isUnknown }: ListedResource, id: string): string {
  const cid = document === undefined ? '' : ` cid="${id}"`;
  const state = isUnknown ? 'state="terminated" reason="noresource"' : `state="active"${cid}`;
  return `<resource uri="${escapeXml(uri)}"><name>${escapeXml(name)}</name><instance id="1" ${state}/></resource>`;
}

function part(boundary: string, id: string, type: string, body: string): string {
  return `--${boundary}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${id}>\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
}

/** Addresses in an `application/resource-lists+xml` body, without repeats, at most `limit`; undefined when it holds none. */
export function listedAddresses(body: string, limit: number): string[] | undefined {
  const found = new Set<string>();
  for (const match of body.matchAll(/<(?:[\w.-]+:)?entry\s[^<>]*?\buri\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g)) {
    if (found.size < limit) found.add(match[1] ?? match[2] ?? '');
  }
  return found.size === 0 ? undefined : [...found];
}
