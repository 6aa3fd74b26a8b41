/** Tabs in one page, over the browser's own locks and channels: each with a state and an engine whose commands are written down. */
import type { MediaPort } from '../../../src/services/domain/call-media.js';
import type { Command } from '../../../src/services/domain/commands.js';
import type { DomainEvent } from '../../../src/services/domain/events.js';
import type { Engine, EngineHost } from '../../../src/services/engine.js';
import type { Environment } from '../../../src/services/environment.js';
import { browserEnvironment, DEFAULT_CONFIG, type ServiceConfig } from '../../../src/services/index.js';
import { ServiceState } from '../../../src/services/service/state.js';
import { TabsBus } from '../../../src/services/tabs/tabs-bus.js';
import { memoryStorage } from '../../support/network.js';

/** An engine that does nothing but what the spec says. */
export class ScriptedEngine implements Engine {
  readonly host: EngineHost;
  readonly commands: Command[] = [];
  readonly configs: ServiceConfig[] = [];
  readonly stops: boolean[] = [];
  /** What a command comes to. */
  answer: (command: Command) => Promise<void> = () => Promise.resolve();

  constructor(host: EngineHost) {
    this.host = host;
  }

  configure(config: ServiceConfig): void {
    this.configs.push(config);
    if (this.configs.length === 1) this.tell({ type: 'connection', at: 1, connection: { status: 'ready', since: 1 } });
  }

  execute(command: Command): Promise<void> {
    this.commands.push(command);
    return this.answer(command);
  }

  reconnect(): void {
    this.commands.push({ type: 'connection.retry' });
  }

  stop({ keep = false }: { keep?: boolean } = {}): Promise<void> {
    this.stops.push(keep);
    this.tell({ type: 'connection', at: 2, connection: { status: 'logged-out', since: 2 } });
    return Promise.resolve();
  }

  tell(event: DomainEvent): void {
    this.host.emit(event);
  }
}

const open = new Set<Tab>();

/** One tab. */
export class Tab {
  readonly state = new ServiceState();
  readonly bus: TabsBus;
  readonly environment: Environment;
  readonly engines: ScriptedEngine[] = [];
  readonly windows: string[] = [];
  readonly tab = crypto.randomUUID();
  readonly media: MediaPort | undefined;
  readonly errors: { code: string; message: string }[] = [];

  constructor(more: Partial<Environment> = {}, media?: MediaPort) {
    this.media = media;
    this.environment = { ...browserEnvironment(), tabStorage: memoryStorage(), ...more };
    this.state.errors.add((error) => this.errors.push(error));
    this.bus = new TabsBus(
      {
        environment: this.environment,
        read: this.state.read,
        emit: this.state.apply,
        report: this.state.report,
        tab: this.tab,
        ...(this.media ? { media: this.media } : {}),
        slices: () => this.state.slices(),
        replace: (slices) => this.state.replace(slices),
        windows: () => this.windows,
        openWindow: (id) => this.windows.push(id),
      },
      (host) => {
        const engine = new ScriptedEngine(host);
        this.engines.push(engine);
        return engine;
      },
    );
    open.add(this);
  }

  /** The engine that runs here, or ran last. */
  get engine(): ScriptedEngine {
    const engine = this.engines.at(-1);
    if (!engine) throw new Error('This tab has no engine.');
    return engine;
  }

  get leads(): boolean {
    return this.engines.length > 0 && this.engine.stops.length === 0;
  }

  /** Joins the others. */
  join(config: Partial<ServiceConfig> = {}): this {
    this.bus.configure({ ...DEFAULT_CONFIG, servers: ['ws://switch.test'], address: 'sip:kate@deskside.test', ...config });
    return this;
  }

  /** Follows, and shows what the leader has. */
  async follows(): Promise<this> {
    await until('following', () => this.state.read('connection')?.status === 'ready');
    return this;
  }

  async leaves(): Promise<void> {
    open.delete(this);
    await this.bus.stop();
  }
}

/** A tab that leads. */
export async function leader(config: Partial<ServiceConfig> = {}): Promise<Tab> {
  const tab = new Tab().join(config);
  await until('leading', () => tab.leads);
  return tab;
}

/** A tab that follows. */
export function follower(config: Partial<ServiceConfig> = {}): Promise<Tab> {
  return new Tab().join(config).follows();
}

/** Closes every tab; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const tab of [...open]) await tab.leaves();
}

/** Waits for a condition. */
export async function until(what: string, condition: () => boolean, limit = 8000): Promise<void> {
  const end = performance.now() + limit;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
