/** Reads the records of a source, whatever kind it is, some at a time. */
import type { Environment } from '../environment.js';
import { isServiceError, ServiceError } from '../service-error.js';
import { readJsonList } from './json-list.js';
import { SOURCE_LIMIT, within } from './within.js';
import type { DirectoryPage, DirectorySource } from './sources.js';

/** Pages that a function may give before it is taken for endless. */
const MAX_PAGES = 10_000;

/** What a URL answered: records, or that nothing changed since the ETag that was sent (RFC 9110, 8.8.3 and 15.4.5). */
export interface FetchedList {
  readonly etag: string | undefined;
  /** Undefined where nothing changed. */
  readonly records: AsyncIterable<readonly unknown[]> | undefined;
}

/** Fetches a JSON array; one that has not changed is not sent again. @throws ServiceError `directory` */
export async function fetchList(
  url: string,
  etag: string | undefined,
  signal: AbortSignal,
  environment: Environment,
): Promise<FetchedList> {
  const late = `The directory at ${url} did not answer`;
  const asked = fetch(url, { signal, ...(etag ? { headers: { 'If-None-Match': etag } } : {}) });
  const answer = await within(environment, SOURCE_LIMIT, asked, late).catch((cause: unknown) => {
    if (isServiceError(cause)) throw cause;
    throw new ServiceError(
      'directory',
      `The directory at ${url} cannot be reached. Check the address, and that the page may read it (CORS).`,
      {
        cause,
      },
    );
  });
  if (answer.status === 304 && etag) return { etag, records: undefined };
  if (!answer.ok || !answer.body)
    throw new ServiceError('directory', `The directory at ${url} answered ${answer.status}. Check the address.`);
  return {
    etag: answer.headers.get('ETag') ?? undefined,
    records: named(
      url,
      readJsonList(answer.body, (piece) => within(environment, SOURCE_LIMIT, piece, `${late} further`)),
    ),
  };
}

/** Says which directory it is that cannot be read. */
async function* named(url: string, records: AsyncIterable<readonly unknown[]>): AsyncGenerator<readonly unknown[]> {
  try {
    yield* records;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ServiceError('directory', `The directory at ${url} is no JSON array of targets: ${cause.message}`, { cause });
  }
}

function readPage(page: unknown): DirectoryPage {
  const { targets, cursor } = (typeof page === 'object' && page !== null ? page : {}) as { targets?: unknown; cursor?: unknown };
  if (Array.isArray(targets) && (cursor === undefined || typeof cursor === 'string')) return page as DirectoryPage;
  throw new ServiceError('directory', "The directory's function must answer {targets: […], cursor?: '…'}.");
}

/** Gives inline records, or a function's pages to the last. @throws ServiceError `directory` where an answer is malformed or the pages never end */
export async function* readSource(
  source: DirectorySource,
  signal: AbortSignal,
  environment: Environment,
): AsyncGenerator<readonly unknown[]> {
  if (typeof source !== 'function') {
    yield source;
    return;
  }
  const cursors = new Set<string | undefined>();
  let cursor: string | undefined;
  do {
    if (cursors.has(cursor) || cursors.size >= MAX_PAGES) {
      throw new ServiceError('directory', "The directory's function gives pages without end. Its last page must have no cursor.");
    }
    cursors.add(cursor);
    const answer = source({ signal, ...(cursor === undefined ? {} : { cursor }) });
    const page = readPage(await within(environment, SOURCE_LIMIT, answer, "The directory's function did not answer"));
    if (signal.aborted) return;
    yield page.targets;
    ({ cursor } = page);
  } while (cursor !== undefined);
}
