/** Reads the records of a source, whatever kind it is. */
import { ServiceError } from '../service-error.js';
import type { DirectorySource } from './sources.js';

/** Pages that a function may give before it is taken for endless. */
const MAX_PAGES = 1000;

/** Lists that were fetched, with the ETag under which they may be asked for again (RFC 9110, 8.8.3). */
export type KnownLists = Map<string, { readonly etag: string; readonly list: readonly unknown[] }>;

/** Fetches a JSON array; one that has not changed is not sent again. @throws ServiceError `directory` */
export async function fetchList(url: string, known: KnownLists, signal: AbortSignal): Promise<readonly unknown[]> {
  const before = known.get(url);
  const answer = await fetch(url, { signal, ...(before ? { headers: { 'If-None-Match': before.etag } } : {}) });
  if (answer.status === 304 && before) return before.list;
  if (!answer.ok) throw new ServiceError('directory', `The directory at ${url} answered ${answer.status}. Check the address.`);
  const list: unknown = await answer.json();
  if (!Array.isArray(list)) throw new ServiceError('directory', `The directory at ${url} is no JSON array of targets.`);
  const etag = answer.headers.get('ETag');
  if (etag) known.set(url, { etag, list: list as readonly unknown[] });
  return list as readonly unknown[];
}

/** Reads inline records, or a function's pages to the last. @throws ServiceError `directory` where the pages never end */
export async function readSource(source: DirectorySource, signal: AbortSignal): Promise<readonly unknown[]> {
  if (typeof source !== 'function') return source;
  const all: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await source({ signal, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...answer.targets);
    cursor = answer.cursor;
    if (cursor === undefined) return all;
  }
  throw new ServiceError('directory', `The directory's function gave more than ${MAX_PAGES} pages. Its last page must have no cursor.`);
}
