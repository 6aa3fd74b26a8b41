/** The directory of one service: its sources, read and merged, and the search over them. */
import type { PresenceState } from '../domain/presence.js';
import type { Target } from '../domain/target.js';
import type { Environment } from '../environment.js';
import type { Preferences } from '../sip-service.js';
import { matchesOf } from './hit.js';
import { DirectoryLoader, type LoaderOptions } from './loader.js';
import { searchContacts } from './search-contacts.js';
import { searchTargets } from './search-targets.js';
import type { Directory, SearchHit, SearchQuery } from './sources.js';
import { wordsOf } from './normalise.js';
import type { Ranking } from './ranking.js';
import { TargetIndex } from './target-index.js';

/** What a directory is made of. */
export interface DirectoryOptions extends Omit<LoaderOptions, 'index'> {
  readonly environment: Environment;
  readonly preferences: Preferences;
  readonly presenceOf: (address: string) => PresenceState;
}

/** A directory that can be let go of. */
export interface ManagedDirectory extends Directory {
  /** Reads the sources again where they are others than before. */
  configured(): void;
  stop(): void;
}

/** What ranks a hit now. */
function rankingOf({ preferences, presenceOf }: DirectoryOptions): Ranking {
  const favorites = new Map(preferences.favorites().map((one) => [one.target.address, one.corporate]));
  const recents = new Set(preferences.recents().map(({ address }) => address));
  return {
    isFavorite: (address) => favorites.has(address),
    isCorporate: (address) => favorites.get(address) === true,
    isRecent: (address) => recents.has(address),
    stateOf: presenceOf,
    preferred: () => [...favorites.keys(), ...recents],
  };
}

/** Favorites or recents alone, where only they are asked for. */
function among({ preferences }: DirectoryOptions, query: SearchQuery): readonly Target[] | undefined {
  if (query.scope === 'favorites') return preferences.favorites().map(({ target }) => target);
  return query.scope === 'recents' ? preferences.recents() : undefined;
}

/** What the host found, as it ranked it, with what matched marked. */
function hostHits(targets: readonly Target[], text: string, { isFavorite, isCorporate, isRecent }: Ranking): SearchHit[] {
  const words = wordsOf(text);
  return targets.map((target) => ({
    target,
    ...matchesOf(target, words, true),
    favorite: isFavorite(target.address),
    corporate: isCorporate(target.address),
    recent: isRecent(target.address),
  }));
}

/** Makes a directory. */
export function createDirectory(options: DirectoryOptions): ManagedDirectory {
  const { config, environment, onError } = options;
  const index = new TargetIndex();
  const loader = new DirectoryLoader({ ...options, index });
  return {
    search: (query) => index.search(query, rankingOf(options), among(options, query)),
    get hasContacts() {
      return config().contactSource !== undefined;
    },
    async searchContacts({ text, limit = 10 }, { signal }) {
      const source = config().contactSource;
      if (!source) return { hits: [], total: 0 };
      const { contacts, total } = await searchContacts(source, environment, { text, limit, signal, onError });
      return { hits: hostHits(contacts.slice(0, limit), text, rankingOf(options)), total };
    },
    get hasSearch() {
      return config().directorySearch !== undefined;
    },
    async searchTargets({ text, types, limit = 10 }, { signal }) {
      const source = config().directorySearch;
      if (!source) return { hits: [], total: 0 };
      const found = await searchTargets(source, environment, { text, limit, signal, onError, ...(types ? { types } : {}) });
      const ranking = rankingOf(options);
      const rank = ({ target: { address }, favorite, recent }: SearchHit): number =>
        (favorite || recent ? 2 : 0) + (ranking.stateOf(address) === 'ready' ? 1 : 0);
      const others = found.targets.filter(({ address }) => address !== config().address);
      const hits = hostHits(others, text, ranking).sort((a, b) => rank(b) - rank(a));
      return { hits: hits.slice(0, limit), total: found.total - (found.targets.length - others.length) };
    },
    byAddress: (address) => index.byAddress(address),
    refresh: () => loader.refresh(),
    configured: () => {
      loader.configured();
    },
    stop: () => {
      loader.stop();
    },
  };
}
