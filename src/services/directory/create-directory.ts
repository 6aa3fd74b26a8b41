/** The directory of one service: its sources, read and merged, and the search over them. */
import type { DirectoryStatus } from '../domain/slices.js';
import type { PresenceState } from '../domain/presence.js';
import type { Target } from '../domain/target.js';
import type { ServiceConfig } from '../service-config.js';
import { isServiceError, ServiceError } from '../service-error.js';
import type { Preferences } from '../sip-service.js';
import { readTarget } from './read-target.js';
import type { Directory, DirectorySource, SearchQuery } from './sources.js';
import { TargetIndex, type Ranking } from './target-index.js';

/** Pages that a function may give before it is taken for endless. */
const MAX_PAGES = 1000;

/** What a directory is made of. */
export interface DirectoryOptions {
  readonly config: () => ServiceConfig;
  readonly preferences: Preferences;
  readonly presenceOf: (address: string) => PresenceState;
  onStatus(status: DirectoryStatus): void;
  onError(error: ServiceError): void;
}

/** A directory that can be let go of. */
export interface ManagedDirectory extends Directory {
  /** Reads the sources again where they are others than before. */
  configured(): void;
  stop(): void;
}

/** Gives the page a turn. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function fetchList(url: string, etags: Map<string, { etag: string; list: unknown[] }>, signal: AbortSignal): Promise<unknown[]> {
  const known = etags.get(url);
  const answer = await fetch(url, { signal, ...(known ? { headers: { 'If-None-Match': known.etag } } : {}) });
  if (answer.status === 304 && known) return known.list;
  if (!answer.ok) throw new ServiceError('directory', `The directory at ${url} answered ${answer.status}. Check the address.`);
  const list: unknown = await answer.json();
  if (!Array.isArray(list)) throw new ServiceError('directory', `The directory at ${url} is no JSON array of targets.`);
  const etag = answer.headers.get('ETag');
  if (etag) etags.set(url, { etag, list });
  return list;
}

async function readSource(source: DirectorySource, signal: AbortSignal): Promise<unknown[]> {
  if (typeof source !== 'function') return [...source];
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

/** Makes a directory. */
export function createDirectory(options: DirectoryOptions): ManagedDirectory {
  const { config, preferences, presenceOf, onStatus, onError } = options;
  const index = new TargetIndex();
  const etags = new Map<string, { etag: string; list: unknown[] }>();
  let version = 0;
  let reading: AbortController | undefined;
  let sources: readonly unknown[] = ['', undefined];

  const status = (word: DirectoryStatus['status'], error?: ServiceError): void =>
    onStatus({ status: word, count: index.size, version: (version += 1), ...(error ? { error: error.toJSON() } : {}) });

  const ranking = (): Ranking => {
    const favorites = new Map(preferences.favorites().map((one) => [one.target.address, one.corporate]));
    const recents = new Set(preferences.recents().map(({ address }) => address));
    return {
      isFavorite: (address) => favorites.has(address),
      isCorporate: (address) => favorites.get(address) === true,
      isRecent: (address) => recents.has(address),
      stateOf: presenceOf,
    };
  };

  function readAll(list: readonly unknown[]): Target[] {
    const own = config().address;
    const seen = new Map<string, Target>();
    list.forEach((record, at) => {
      try {
        const target = readTarget(record, at);
        if (target.address !== own) seen.set(target.address, target);
      } catch (error) {
        if (isServiceError(error)) onError(error);
      }
    });
    return [...seen.values()];
  }

  async function refresh(): Promise<void> {
    reading?.abort();
    const { signal } = (reading = new AbortController());
    const { directory, directorySource } = config();
    if (!directory && !directorySource) return status('empty');
    status('loading');
    try {
      const lists = [
        ...(directory ? [await fetchList(directory, etags, signal)] : []),
        ...(directorySource ? [await readSource(directorySource, signal)] : []),
      ];
      if (signal.aborted) return;
      await index.fill(readAll(lists.flat()), breathe);
      if (!signal.aborted) status('ready');
    } catch (error) {
      if (signal.aborted) return;
      const known = isServiceError(error) ? error : new ServiceError('directory', 'The directory cannot be read. Check its address and that it is JSON.', { cause: error });
      onError(known);
      status('failed', known);
    }
  }

  const scoped = (query: SearchQuery): readonly Target[] | undefined => {
    if (query.scope === 'favorites') return preferences.favorites().map(({ target }) => target);
    return query.scope === 'recents' ? preferences.recents() : undefined;
  };

  return {
    search: (query) => index.search(query, ranking(), scoped(query)),
    get hasContacts() {
      return config().contactSource !== undefined;
    },
    async searchContacts({ text, limit = 10 }, { signal }) {
      const answer = await config().contactSource?.({ text, limit, signal });
      const targets = (answer?.contacts ?? []).map((record, at) => readTarget({ ...(record as object), type: 'contact' }, at));
      const { hits } = index.search({ text: '', limit }, ranking(), targets);
      return { hits, total: answer?.total ?? targets.length };
    },
    byAddress: (address) => index.byAddress(address),
    refresh,
    configured() {
      const { directory, directorySource, address } = config();
      const now = [directory, directorySource, address];
      if (now.every((part, at) => part === sources[at])) return;
      sources = now;
      void refresh();
    },
    stop: () => reading?.abort(),
  };
}
