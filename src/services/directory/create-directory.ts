/** The directory of one service: its sources, read and merged, and the search over them. */
import type { PresenceState } from '../domain/presence.js';
import type { Target } from '../domain/target.js';
import type { Preferences } from '../sip-service.js';
import { DirectoryLoader, type LoaderOptions } from './loader.js';
import { readTarget } from './read-target.js';
import type { Directory, SearchQuery } from './sources.js';
import { TargetIndex, type Ranking } from './target-index.js';

/** What a directory is made of. */
export interface DirectoryOptions extends Omit<LoaderOptions, 'index'> {
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
  };
}

/** Favorites or recents alone, where only they are asked for. */
function among({ preferences }: DirectoryOptions, query: SearchQuery): readonly Target[] | undefined {
  if (query.scope === 'favorites') return preferences.favorites().map(({ target }) => target);
  return query.scope === 'recents' ? preferences.recents() : undefined;
}

/** Makes a directory. */
export function createDirectory(options: DirectoryOptions): ManagedDirectory {
  const { config } = options;
  const index = new TargetIndex();
  const loader = new DirectoryLoader({ ...options, index });
  return {
    search: (query) => index.search(query, rankingOf(options), among(options, query)),
    get hasContacts() {
      return config().contactSource !== undefined;
    },
    async searchContacts({ text, limit = 10 }, { signal }) {
      const answer = await config().contactSource?.({ text, limit, signal });
      const targets = (answer?.contacts ?? []).map((record, at) => readTarget({ ...(record as object), type: 'contact' }, at));
      const { hits } = index.search({ text: '', limit }, rankingOf(options), targets);
      return { hits, total: answer?.total ?? targets.length };
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
