/** multipart/mixed (RFC 2046, 5.1) and multipart/related (RFC 2387): the invitation's parts, and resource list notifications. */
import { entityField, readEntity } from './entity.js';
import { fingerprint } from './fingerprint.js';
import { headerText, quoted } from './header.js';
import { decodeMediaType } from './media-type.js';

/** One part. */
export interface Part {
  /** `text/plain` where the part does not say (RFC 2046, 5.1). */
  readonly contentType: string;
  readonly body: string;
  /** Content-Disposition, such as `render;handling=optional`. */
  readonly disposition?: string;
  /** Content-ID without its angle brackets. */
  readonly contentId?: string;
}

/** A multipart body with the Content-Type that holds its boundary. */
export interface MultipartBody {
  readonly contentType: string;
  readonly body: string;
}

/** Most parts that are read; a list notification has one for each resource. */
export const PART_LIMIT = 256;

const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;
const BRACKETS = /^<|>$/g;

/** A boundary that no part contains. Being made from the parts, nobody can write a text that holds it on purpose. */
function freeBoundary(parts: readonly Part[]): string {
  const fields = parts.map(({ body, contentType }) => ({ name: 'part', value: `${contentType}${body}` }));
  for (let attempt = 0; ; attempt++) {
    const boundary = `deskside-${fingerprint([...fields, { name: 'part', value: String(attempt) }], ['part'])}`;
    if (!parts.some(({ body }) => body.includes(boundary))) return boundary;
  }
}

function encodePart({ contentType, body, disposition, contentId }: Part): string {
  const lines = [`Content-Type: ${headerText(contentType)}`];
  if (disposition !== undefined) lines.push(`Content-Disposition: ${headerText(disposition)}`);
  if (contentId !== undefined) lines.push(`Content-ID: <${headerText(contentId).replace(/[<>\s]+/g, '')}>`);
  return `${lines.join('\r\n')}\r\n\r\n${body}\r\n`;
}

/** Writes parts; bodies are carried byte for byte. `related` points at the first part as the root (RFC 2387, 3.2). */
export function encodeMultipart(parts: readonly Part[], subtype: 'mixed' | 'related' = 'mixed'): MultipartBody {
  const boundary = freeBoundary(parts);
  const body = parts.map((part) => `--${boundary}\r\n${encodePart(part)}`).join('') + `--${boundary}--\r\n`;
  const type = decodeMediaType(parts[0]?.contentType ?? '')?.value;
  const root = subtype === 'related' && type !== undefined ? `;type=${quoted(type)}` : '';
  return { contentType: `multipart/${subtype};boundary=${quoted(boundary)}${root}`, body };
}

interface Delimiter {
  /** Where the part before it ends: the line break belongs to the delimiter (RFC 2046, 5.1.1). */
  readonly before: number;
  /** Where the part behind it begins. */
  readonly after: number;
  readonly last: boolean;
}

/** The next line that is `--boundary` or `--boundary--`, padding allowed. */
function nextDelimiter(body: string, mark: string, from: number): Delimiter | undefined {
  for (let start = body.indexOf(mark, from); start >= 0; start = body.indexOf(mark, start + 1)) {
    if (start > 0 && body[start - 1] !== '\n') continue;
    let end = start + mark.length;
    const last = body.startsWith('--', end);
    if (last) end += 2;
    while (body[end] === ' ' || body[end] === '\t') end += 1;
    const after = body.startsWith('\r\n', end) ? end + 2 : body[end] === '\n' ? end + 1 : end;
    if (after === end && end < body.length) continue;
    const before = body[start - 2] === '\r' ? start - 2 : start - 1;
    return { before: Math.max(before, 0), after, last };
  }
  return undefined;
}

function decodePart(text: string): Part | undefined {
  const entity = readEntity(text);
  if (!entity) return undefined;
  const disposition = entityField(entity, 'content-disposition');
  const contentId = entityField(entity, 'content-id')?.replace(BRACKETS, '');
  return {
    contentType: entityField(entity, 'content-type') ?? 'text/plain',
    body: entity.body,
    ...(disposition === undefined ? {} : { disposition }),
    ...(contentId === undefined ? {} : { contentId }),
  };
}

/**
 * Reads the parts of a multipart body. Lines may end with LF alone; a missing last delimiter is forgiven; parts whose header
 * cannot be read are left out.
 * @returns undefined where the Content-Type is no multipart with a boundary, no part was found, or there are too many.
 */
export function decodeMultipart(contentType: string, body: string): Part[] | undefined {
  const type = decodeMediaType(contentType);
  const boundary = type?.parameters.get('boundary') ?? '';
  if (!type?.value.startsWith('multipart/') || !BOUNDARY.test(boundary)) return undefined;
  const mark = `--${boundary}`;
  const parts: Part[] = [];
  let delimiter = nextDelimiter(body, mark, 0);
  for (let count = 0; delimiter && !delimiter.last; count++) {
    if (count >= PART_LIMIT) return undefined;
    const next: Delimiter | undefined = nextDelimiter(body, mark, delimiter.after);
    const part = decodePart(body.slice(delimiter.after, Math.max(next?.before ?? body.length, delimiter.after)));
    if (part) parts.push(part);
    delimiter = next;
  }
  return parts.length > 0 ? parts : undefined;
}
