/** Elements under test: mounted with a service that holds slices and writes down commands, and nothing else. */
import { fixture, html } from '@open-wc/testing';
import { render, type TemplateResult } from 'lit';
import { ContextProvider } from '@lit/context';
import type { DomainEvent, Favorite, SipService, Slices, SliceKey, Target } from '../../src/services/index.js';
import { sipServiceContext } from '../../src/services/sip-service-context.js';
import { Store } from '../../src/services/store/store.js';
import type { DesksideElement } from '../../src/components/internal/base-element.js';

/** A command that an element gave: `['im.accept', 'id-1']`. */
export type Command = readonly [name: string, ...args: unknown[]];

/** Answers to commands by name; what is not named answers with a promise of undefined. Throw, or return a rejected promise, to refuse. */
export type Answers = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A service of slices and written-down commands. */
export interface FakeService {
  readonly service: SipService;
  readonly store: Store<Slices>;
  /** Every command so far, in order. */
  readonly commands: Command[];
  /** Sends a domain event to who listens. */
  tell(event: DomainEvent): void;
  /** Number of listeners for events and errors. */
  listeners(): number;
  /** Slices that are watched now, with how often. */
  watched(): ReadonlyMap<string, number>;
}

/** A group of commands that writes each down and answers from `answers`. */
function group(name: string, commands: Command[], answers: Answers, fixed: object = {}): unknown {
  return new Proxy(fixed, {
    get: (target, key) => {
      if (typeof key !== 'string' || key in target) return Reflect.get(target, key) as unknown;
      return (...args: unknown[]) => {
        const command = `${name}.${key}`;
        commands.push([command, ...args]);
        const answer = Object.hasOwn(answers, command) ? answers[command] : undefined;
        return answer ? answer(...(args as never[])) : Promise.resolve();
      };
    },
  });
}

/** A store that counts who watches what. */
class CountingStore extends Store<Slices> {
  readonly counts = new Map<string, number>();

  override subscribe(keys: SliceKey | readonly SliceKey[], listener: () => void, options: { signal?: AbortSignal } = {}): () => void {
    const list = typeof keys === 'string' ? [keys] : keys;
    const undo = super.subscribe(keys, listener, options);
    const add = (step: number): void => list.forEach((key) => this.counts.set(key, (this.counts.get(key) ?? 0) + step));
    add(1);
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      add(-1);
      undo();
    };
    options.signal?.addEventListener('abort', end, { once: true });
    return end;
  }
}

/** Preferences in memory, with the slice that counts their changes. */
function preferences(store: Store<Slices>): SipService['preferences'] {
  let favorites: readonly Favorite[] = [];
  let recents: readonly Target[] = [];
  let zoom = 100;
  const changed = (): void => store.set('preferences', (store.get('preferences') ?? 0) + 1);
  const keep = (next: readonly Favorite[]): void => {
    favorites = next;
    changed();
  };
  return {
    favorites: () => favorites,
    addFavorite: (target, category = '') => keep([...favorites, { target, category, corporate: false }]),
    editFavorite: (address, category) => keep(favorites.map((one) => (one.target.address === address ? { ...one, category } : one))),
    removeFavorite: (address) => keep(favorites.filter((one) => one.target.address !== address)),
    recents: () => recents,
    addRecent: (target) => {
      recents = [target, ...recents.filter((one) => one.address !== target.address)].slice(0, 10);
      changed();
    },
    zoom: () => zoom,
    setZoom: (percent) => {
      zoom = percent;
      changed();
    },
  };
}

/** A minimal account, connected and logged in. */
export const KATE: Slices['account'] = {
  address: 'sip:kate@deskside.test',
  name: 'Kate Lewis',
  user: 'kate',
  rights: ['im-use', 'im-make', 'im-release', 'voice', 'contact-information'],
};

/**
 * A service for element tests.
 * @param slices what its snapshot holds besides a ready connection and Kate's account
 * @param answers what its commands answer, by name (`'im.accept'`)
 * @param parts other parts of the service (`directory`, `host`, `config`)
 */
export function fakeService(slices: Partial<Slices> = {}, answers: Answers = {}, parts: Partial<SipService> = {}): FakeService {
  const store = new CountingStore();
  const commands: Command[] = [];
  const eventListeners = new Set<(event: DomainEvent) => void>();
  const errorListeners = new Set<unknown>();
  const listen = <L>(set: Set<L>, listener: L, options?: { signal?: AbortSignal }): void => {
    if (options?.signal?.aborted) return;
    set.add(listener);
    options?.signal?.addEventListener('abort', () => set.delete(listener), { once: true });
  };
  const all: Partial<Slices> = {
    connection: { status: 'ready', since: 0 },
    account: KATE,
    sessions: [],
    calls: [],
    windows: [],
    ...slices,
  };
  for (const key of Object.keys(all) as SliceKey[]) store.set(key, all[key] as Slices[typeof key]);
  const service = {
    contract: 1,
    snapshot: store,
    config: { rights: KATE.rights, address: KATE.address },
    im: group('im', commands, answers),
    channels: group('channels', commands, answers),
    presence: group('presence', commands, answers),
    calls: group('calls', commands, answers, { available: true }),
    view: group('view', commands, answers),
    directory: group('directory', commands, answers, { hasContacts: false }),
    preferences: preferences(store),
    host: undefined,
    onEvent: (listener: (event: DomainEvent) => void, options?: { signal?: AbortSignal }) => listen(eventListeners, listener, options),
    onError: (listener: unknown, options?: { signal?: AbortSignal }) => listen(errorListeners, listener, options),
    configure: () => undefined,
    reconnect: () => void commands.push(['reconnect']),
    stop: () => Promise.resolve(),
    ...parts,
  } as unknown as SipService;
  return {
    service,
    store,
    commands,
    tell: (event) => eventListeners.forEach((listener) => listener(event)),
    listeners: () => eventListeners.size + errorListeners.size,
    watched: () => new Map([...store.counts].filter(([, count]) => count > 0)),
  };
}

/** Mounts the element of a template, gives it the service, and waits until it is drawn. */
export async function mount<E extends DesksideElement>(template: TemplateResult, fake?: FakeService): Promise<E> {
  const holder = document.createElement('div');
  render(template, holder);
  const element = holder.firstElementChild as E;
  if (fake) element.service = fake.service;
  const mounted = await fixture<HTMLElement>(html`<div></div>`);
  mounted.append(element);
  await element.updateComplete;
  return element;
}

/** A stand-in for `<sip-provider>`: any element becomes the provider of a service. */
export function provide(element: HTMLElement, service: SipService): ContextProvider<typeof sipServiceContext> {
  const provider = new ContextProvider(element, { context: sipServiceContext, initialValue: service });
  provider.hostConnected();
  return provider;
}

/** What is shown of an element, as one line of text. */
export function shown(element: DesksideElement): string {
  return element.renderRoot.textContent.replace(/\s+/g, ' ').trim();
}

/** The first element that matches inside an element; fails where there is none. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what the selector finds
export function inside<E extends Element = HTMLElement>(element: DesksideElement, selector: string): E {
  const found = element.renderRoot.querySelector<E>(selector);
  if (!found) throw new Error(`<${element.localName}> has no ${selector}`);
  return found;
}
