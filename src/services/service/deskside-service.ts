/** The one object that elements share: snapshot, commands, directory and preferences, put together. */
import { createDirectory, type ManagedDirectory } from '../directory/create-directory.js';
import { browserStore } from '../directory/preference-store.js';
import { createPreferences, type ManagedPreferences } from '../directory/preferences.js';
import { accountOf, sameAccount } from '../domain/account.js';
import { LOGGED_OFF_CHANNELS } from '../domain/channel.js';
import type { DomainEvent } from '../domain/events.js';
import type { Environment } from '../environment.js';
import { DEFAULT_CONFIG, type ServiceConfig } from '../service-config.js';
import type { CallCommands, ChannelCommands, ImCommands, PresenceCommands, SipService, ViewCommands } from '../sip-service.js';
import type { TabsHost } from '../tabs/tabs-host.js';
import { createCallCommands } from './call-commands.js';
import { createChannelCommands } from './channel-commands.js';
import type { CommandBus } from './command-bus.js';
import { HostTelephone } from './host-telephone.js';
import { createImCommands } from './im-commands.js';
import { createPresenceCommands } from './presence-commands.js';
import { guardLeaving } from './leave-guard.js';
import { withSettings } from './read-config.js';
import { ServiceState } from './state.js';
import { createTabSound } from './tab-sound.js';
import { createViewCommands } from './view-commands.js';

/** Makes the bus over which the commands go. */
export type CreateBus = (host: TabsHost) => CommandBus;

/** See the head of the file. */
export class DesksideService implements SipService {
  readonly contract = 1;
  readonly im: ImCommands;
  readonly channels: ChannelCommands;
  readonly presence: PresenceCommands;
  readonly calls: CallCommands;
  readonly view: ViewCommands;
  readonly directory: ManagedDirectory;
  readonly preferences: ManagedPreferences;
  readonly #state = new ServiceState();
  readonly #bus: CommandBus;
  readonly #environment: Environment;
  readonly #hostPhone: HostTelephone;
  #config: ServiceConfig = DEFAULT_CONFIG;

  constructor(environment: Environment, createBus: CreateBus) {
    this.#environment = environment;
    const { store, read, apply, report } = this.#state;
    this.#begin();
    const ownStore = browserStore(environment);
    this.preferences = createPreferences({
      store: () => this.#config.preferenceStore ?? ownStore,
      account: () => this.#config.address,
      corporate: () => this.#config.corporateFavorites,
      onError: (error) => report(error.toJSON()),
      onChange: () => store.set('preferences', (store.get('preferences') ?? 0) + 1),
    });
    this.directory = createDirectory({
      environment,
      config: () => this.#config,
      preferences: this.preferences,
      presenceOf: (address) => read(`presence:${address}`)?.state ?? 'unknown',
      onStatus: (status) => store.set('directory', status),
      onError: (error) => report(error.toJSON()),
    });
    const newId = (): string => environment.randomId();
    const tab = newId();
    const sound = environment.media && createTabSound(environment, environment.media, { tab, ways: () => this.#config });
    this.#bus = createBus({
      environment,
      read,
      emit: apply,
      report,
      nameOf: (address) => this.directory.byAddress(address)?.name,
      tab,
      slices: () => this.#state.slices(),
      replace: (slices) => this.#state.replace(slices),
      windows: () => store.get('windows') ?? [],
      openWindow: (id) => this.view.open(id),
      ...(sound ? { media: sound.port } : {}),
    });
    this.view = createViewCommands(this.#state);
    this.im = createImCommands({ state: this.#state, bus: this.#bus, config: () => this.#config, newId, show: (id) => this.view.open(id) });
    this.channels = createChannelCommands(this.#state, this.#bus);
    this.presence = createPresenceCommands(this.#bus, tab, environment);
    this.#hostPhone = new HostTelephone({ state: this.#state, environment, host: () => this.#config.hostAdapter });
    this.calls = createCallCommands({
      state: this.#state,
      bus: this.#bus,
      newId,
      tab,
      sound,
      hostPhone: this.#hostPhone,
      comesBack: () => this.#config.autoRetrieve,
    });
    guardLeaving({ state: this.#state, environment, tab, end: (id) => void this.calls.end(id).catch(() => undefined) });
  }

  get snapshot(): SipService['snapshot'] {
    return this.#state.store;
  }

  get config(): ServiceConfig {
    return this.#config;
  }

  get host(): SipService['host'] {
    return this.#config.hostAdapter;
  }

  onEvent(listener: (event: DomainEvent) => void, { signal }: { signal?: AbortSignal } = {}): void {
    this.#state.events.add(listener, signal);
  }

  onError(listener: (error: { code: string; message: string }) => void, { signal }: { signal?: AbortSignal } = {}): void {
    this.#state.errors.add(listener, signal);
  }

  configure(changes: Partial<ServiceConfig>): void {
    const before = this.#config;
    this.#config = withSettings(before, changes);
    this.directory.configured();
    const { address, preferenceStore, corporateFavorites } = this.#config;
    const others =
      before.address !== address || before.preferenceStore !== preferenceStore || before.corporateFavorites !== corporateFavorites;
    if (others) this.#state.store.set('preferences', (this.#state.store.get('preferences') ?? 0) + 1);
    this.#tellAccount();
    this.#hostPhone.follow();
    this.#bus.configure(this.#config);
  }

  reconnect(): void {
    this.#bus.reconnect();
  }

  async stop(): Promise<void> {
    this.directory.stop();
    this.preferences.stop();
    this.#hostPhone.stop();
    await this.#bus.stop();
    this.#state.forget();
    this.#begin();
  }

  /** Who the agent is, and may do, is known before anything is loaded. */
  #tellAccount(): void {
    const account = accountOf(this.#config);
    if (account.address && !sameAccount(account, this.#state.read('account'))) {
      this.#state.apply({ type: 'account', at: this.#environment.now(), account });
    }
  }

  /** What holds before anything happened. */
  #begin(): void {
    const { store } = this.#state;
    store.set('connection', { status: 'unconfigured', since: this.#environment.now() });
    store.set('channels', LOGGED_OFF_CHANNELS);
    store.set('sessions', []);
    store.set('calls', []);
    store.set('windows', []);
    store.set('preferences', 0);
  }
}
