/** Favorites, recents and zoom, kept per agent. A broken store never breaks the page: then they live as long as it does. */
import { ServiceError } from '../service-error.js';
import type { Favorite, Preferences } from '../sip-service.js';
import type { PreferenceStore } from './preference-store.js';
import { boundedZoom, MAX_FAVORITES, MAX_RECENTS, NOTHING_KEPT, readCorporate, readKept, type Kept } from './read-preferences.js';

/** What preferences are made of. */
export interface PreferencesOptions {
  /** Where they are kept now; asked anew at every change of the configuration. */
  readonly store: () => PreferenceStore;
  /** The agent's address; preferences of different agents are kept apart. */
  readonly account: () => string;
  /** Records of the administrator's favorites. */
  readonly corporate?: () => readonly unknown[];
  onChange(): void;
  onError(error: ServiceError): void;
}

type Change = (before: Kept) => Partial<Kept>;

/** Preferences that can be let go of. */
export interface ManagedPreferences extends Preferences {
  /** Watches the store no more. Whoever asks for them again begins anew. */
  stop(): void;
}

/** Makes the preferences of one service. */
export function createPreferences(options: PreferencesOptions): ManagedPreferences {
  return new KeptPreferences(options);
}

class KeptPreferences implements ManagedPreferences {
  readonly #options: PreferencesOptions;
  #kept = NOTHING_KEPT;
  #owner: string | undefined;
  #store: PreferenceStore | undefined;
  /** Changes made before the store has answered: done to what it answers. */
  #waiting: Change[] | undefined;
  #watching: AbortController | undefined;
  /** Whether the store holds what is kept here: then what it holds may be newer. */
  #saved = true;
  #records: readonly unknown[] = [];
  #corporate: readonly Favorite[] = [];

  constructor(options: PreferencesOptions) {
    this.#options = options;
  }

  favorites(): readonly Favorite[] {
    const corporate = this.#readCorporate();
    const given = new Set(corporate.map(({ target }) => target.address));
    return [...corporate, ...this.#read().favorites.filter(({ target }) => !given.has(target.address))];
  }

  addFavorite(target: Favorite['target'], category = ''): void {
    this.#keep(({ favorites }) => ({
      favorites: [...without(favorites, target.address), { target, category, corporate: false }].slice(-MAX_FAVORITES),
    }));
  }

  editFavorite(address: string, category: string): void {
    this.#keep(({ favorites }) => ({
      favorites: favorites.map((one) => (one.target.address === address ? { ...one, category: category.trim().slice(0, 100) } : one)),
    }));
  }

  removeFavorite(address: string): void {
    this.#keep(({ favorites }) => ({ favorites: without(favorites, address) }));
  }

  recents(): Kept['recents'] {
    return this.#read().recents;
  }

  addRecent(target: Favorite['target']): void {
    this.#keep(({ recents }) => ({
      recents: [target, ...recents.filter(({ address }) => address !== target.address)].slice(0, MAX_RECENTS),
    }));
  }

  zoom(): number {
    return this.#read().zoom;
  }

  setZoom(percent: number): void {
    this.#keep(() => ({ zoom: boundedZoom(percent) }));
  }

  stop(): void {
    this.#watching?.abort();
    this.#owner = this.#store = undefined;
  }

  /** What is kept for the agent of now, in the store of now. */
  #read(): Kept {
    const [owner, store] = [this.#options.account(), this.#options.store()];
    if (owner === this.#owner && store === this.#store) return this.#kept;
    this.#owner = owner;
    this.#store = store;
    this.#kept = NOTHING_KEPT;
    this.#saved = true;
    this.#watch(owner, store);
    this.#load(owner, store);
    return this.#kept;
  }

  #load(owner: string, store: PreferenceStore): void {
    this.#waiting = undefined;
    const answer = attempt(() => store.load(owner));
    if (!(answer instanceof Promise)) this.#kept = attempt(() => readKept(answer)) ?? NOTHING_KEPT;
    else void this.#await(answer, owner, store);
  }

  /** Another tab of the agent has changed them. */
  #watch(owner: string, store: PreferenceStore): void {
    this.#watching?.abort();
    const { signal } = (this.#watching = new AbortController());
    const changed = (): void => {
      if (signal.aborted || !this.#saved) return;
      this.#load(owner, store);
      this.#options.onChange();
    };
    attempt(() => store.watch?.(owner, changed, { signal }));
  }

  /** What is kept, as the store has it now: a change here must not undo one of another tab that was not told of yet. */
  #newest(): Kept {
    const kept = this.#read();
    if (!this.#saved || this.#waiting) return kept;
    const text = attempt(() => this.#store?.load(this.#owner ?? ''));
    if (typeof text === 'string') this.#kept = attempt(() => readKept(text)) ?? kept;
    return this.#kept;
  }

  async #await(answer: Promise<string | null | undefined>, owner: string, store: PreferenceStore): Promise<void> {
    const waiting: Change[] = (this.#waiting = []);
    const text = await answer.catch(() => undefined);
    if (this.#waiting !== waiting || this.#owner !== owner || this.#store !== store) return;
    this.#waiting = undefined;
    this.#kept = attempt(() => readKept(text)) ?? NOTHING_KEPT;
    for (const change of waiting) this.#kept = { ...this.#kept, ...change(this.#kept) };
    if (waiting.length) this.#save();
    this.#options.onChange();
  }

  #keep(change: Change): void {
    const before = this.#newest();
    this.#kept = { ...before, ...change(before) };
    if (this.#waiting) this.#waiting.push(change);
    else this.#save();
    this.#options.onChange();
  }

  #save(): void {
    const failed = (cause: unknown): void => {
      this.#saved = false;
      this.#options.onError(
        new ServiceError('storage', 'Favorites and recents cannot be kept: the store failed. They hold for this page.', { cause }),
      );
    };
    try {
      this.#saved = true;
      const saved = this.#store?.save(this.#owner ?? '', JSON.stringify(this.#kept));
      if (saved instanceof Promise) saved.catch(failed);
    } catch (cause) {
      failed(cause);
    }
  }

  #readCorporate(): readonly Favorite[] {
    const records = this.#options.corporate?.() ?? [];
    if (records !== this.#records) {
      this.#records = records;
      this.#corporate = Array.isArray(records) ? readCorporate(records, this.#options.onError) : [];
    }
    return this.#corporate;
  }
}

function without(favorites: readonly Favorite[], address: string): Favorite[] {
  return favorites.filter(({ target }) => target.address !== address);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
