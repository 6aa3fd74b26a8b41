/** Favorites, recents and zoom, kept per agent. A broken store never breaks the page: then they live as long as it does. */
import type { KeyValueStorage } from '../environment.js';
import type { Favorite, Preferences } from '../sip-service.js';
import type { Target } from '../domain/target.js';
import { readTarget } from './read-target.js';

/** Recents that are kept. */
const MAX_RECENTS = 10;

/** Personal favorites that are kept. */
const MAX_FAVORITES = 50;

/** What preferences are made of. */
export interface PreferencesOptions {
  readonly storage: KeyValueStorage | undefined;
  /** The agent's address; preferences of different agents are kept apart. */
  readonly account: () => string;
  readonly corporate?: () => readonly Favorite[];
  onChange(): void;
}

interface Kept {
  readonly favorites: readonly Favorite[];
  readonly recents: readonly Target[];
  readonly zoom: number;
}

const NOTHING: Kept = { favorites: [], recents: [], zoom: 100 };

function list<T>(value: unknown, read: (entry: unknown, at: number) => T): T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, at) => {
    try {
      return [read(entry, at)];
    } catch {
      return [];
    }
  });
}

/** Reads what was kept; input from outside like any other. */
function readKept(text: string | null): Kept {
  const value = JSON.parse(text ?? '{}') as { favorites?: unknown; recents?: unknown; zoom?: unknown } | null;
  const favorite = (entry: unknown, at: number): Favorite => {
    const { target, category } = entry as { target?: unknown; category?: unknown };
    return { target: readTarget(target, at), category: typeof category === 'string' ? category.slice(0, 100) : '', corporate: false };
  };
  return {
    favorites: list(value?.favorites, favorite).slice(0, MAX_FAVORITES),
    recents: list(value?.recents, readTarget).slice(0, MAX_RECENTS),
    zoom: typeof value?.zoom === 'number' ? Math.min(200, Math.max(50, value.zoom)) : 100,
  };
}

/** Makes the preferences of one service. */
export function createPreferences({ storage, account, corporate = () => [], onChange }: PreferencesOptions): Preferences {
  let owner: string | undefined;
  let kept = NOTHING;

  const key = (): string => `deskside/preferences/1/${account()}`;
  const read = (): Kept => {
    if (owner === account()) return kept;
    owner = account();
    try {
      kept = readKept(storage?.getItem(key()) ?? null);
    } catch {
      kept = NOTHING;
    }
    return kept;
  };
  const keep = (change: Partial<Kept>): void => {
    kept = { ...read(), ...change };
    try {
      storage?.setItem(key(), JSON.stringify(kept));
    } catch {
      // Full or blocked: the change holds for this page.
    }
    onChange();
  };
  const others = (address: string): Favorite[] => read().favorites.filter(({ target }) => target.address !== address);

  return {
    favorites: () => [...corporate(), ...read().favorites],
    addFavorite: (target, category = '') =>
      keep({ favorites: [...others(target.address), { target, category, corporate: false }].slice(-MAX_FAVORITES) }),
    editFavorite: (address, category) =>
      keep({ favorites: read().favorites.map((one) => (one.target.address === address ? { ...one, category } : one)) }),
    removeFavorite: (address) => keep({ favorites: others(address) }),
    recents: () => read().recents,
    addRecent: (target) =>
      keep({ recents: [target, ...read().recents.filter(({ address }) => address !== target.address)].slice(0, MAX_RECENTS) }),
    zoom: () => read().zoom,
    setZoom: (percent) => keep({ zoom: Math.min(200, Math.max(50, Math.round(percent))) }),
  };
}
