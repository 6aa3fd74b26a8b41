/**
 * The way from the service to the engine. Commands and events are plain JSON, so that another bus can take this one's place: one that hands
 * commands to the tab that has the connection, and brings that tab's events.
 */
import type { Command } from '../domain/commands.js';
import type { CreateEngine, Engine, EngineHost } from '../engine.js';
import type { ServiceConfig } from '../service-config.js';
import { ServiceError } from '../service-error.js';

/** What the service needs of whatever does its commands. */
export interface CommandBus {
  /** Settles when the wire has confirmed or refused; rejects with a `ServiceError`. Commands are begun in the order of the calls. */
  execute(command: Command): Promise<void>;
  configure(config: ServiceConfig): void;
  reconnect(): void;
  /** Ends everything, or with `keep` leaves what is alive to a successor. The bus can be used again afterwards. */
  stop(options?: { keep?: boolean }): Promise<void>;
}

/** Fetches the engine's code. */
export type LoadEngine = () => Promise<{ readonly createEngine: CreateEngine }>;

/** sip.js is most of the bytes, so it is loaded on first use. */
const loadEngine: LoadEngine = () => import('../protocol/engine.js');

/** An engine in this page. */
export class LocalBus implements CommandBus, Engine {
  readonly #host: EngineHost;
  readonly #load: LoadEngine;
  #engine: Promise<Engine> | undefined;
  #config: ServiceConfig | undefined;

  constructor(host: EngineHost, load: LoadEngine = loadEngine) {
    this.#host = host;
    this.#load = load;
  }

  async execute(command: Command): Promise<void> {
    const engine = await this.#started();
    await engine.execute(command);
  }

  /** Loads the engine only where there is something to connect to, or something is running already. */
  configure(config: ServiceConfig): void {
    this.#config = config;
    if (this.#engine)
      void this.#engine.then(
        (engine) => engine.configure(this.#config ?? config),
        () => undefined,
      );
    else if (config.servers.length || config.address) void this.#started().catch(() => undefined);
  }

  reconnect(): void {
    void this.#started().then(
      (engine) => engine.reconnect(),
      () => undefined,
    );
  }

  async stop(options?: { keep?: boolean }): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    if (engine) await (await engine).stop(options);
  }

  /** The engine; a load that failed is tried again with the next command. */
  #started(): Promise<Engine> {
    this.#engine ??= this.#start().catch((cause: unknown) => {
      this.#engine = undefined;
      const error = new ServiceError(
        'unreachable',
        'The code for the connection could not be loaded. Check that its file is served beside the page.',
        { cause },
      );
      this.#host.report(error.toJSON());
      throw error;
    });
    return this.#engine;
  }

  async #start(): Promise<Engine> {
    const { createEngine } = await this.#load();
    const engine = createEngine(this.#host);
    if (this.#config) engine.configure(this.#config);
    return engine;
  }
}
