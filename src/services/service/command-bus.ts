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
  #running: Engine | undefined;
  /** Calls that wait for the engine's code. */
  #waiting = 0;
  #config: ServiceConfig | undefined;

  constructor(host: EngineHost, load: LoadEngine = loadEngine) {
    this.#host = host;
    this.#load = load;
  }

  execute(command: Command): Promise<void> {
    return this.#give((engine) => engine.execute(command));
  }

  /** Loads the engine only where there is something to connect to, or something is running already. */
  configure(config: ServiceConfig): void {
    this.#config = config;
    if (this.#engine) this.#giveQuietly((engine) => engine.configure(this.#config ?? config));
    else if (config.servers.length || config.address) void this.#started().catch(() => undefined);
  }

  reconnect(): void {
    this.#giveQuietly((engine) => engine.reconnect());
  }

  async stop(options?: { keep?: boolean }): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    this.#running = undefined;
    if (engine) await (await engine).stop(options);
  }

  /** Within the call where the engine runs: a message is on its way before the page draws it. Else once it does, in the order of the calls. */
  #give<T>(work: (engine: Engine) => T): T | Promise<Awaited<T>> {
    return this.#running && this.#waiting === 0 ? work(this.#running) : this.#giveLater(work);
  }

  #giveQuietly(work: (engine: Engine) => void): void {
    // A load that failed has been reported.
    Promise.resolve(this.#give(work)).catch(() => undefined);
  }

  async #giveLater<T>(work: (engine: Engine) => T): Promise<Awaited<T>> {
    this.#waiting += 1;
    let engine: Engine;
    try {
      engine = await this.#started();
    } finally {
      this.#waiting -= 1;
    }
    return await work(engine);
  }

  /** The engine; a load that failed is tried again with the next command. */
  #started(): Promise<Engine> {
    if (this.#engine) return this.#engine;
    const started = this.#start().then(
      (engine) => {
        if (this.#engine === started) this.#running = engine;
        return engine;
      },
      (cause: unknown) => {
        this.#engine = undefined;
        throw this.#complain(cause);
      },
    );
    this.#engine = started;
    return started;
  }

  #complain(cause: unknown): ServiceError {
    const message = 'The code for the connection could not be loaded. Check that its file is served beside the page.';
    const error = new ServiceError('unreachable', message, { cause });
    this.#host.report(error.toJSON());
    return error;
  }

  async #start(): Promise<Engine> {
    const { createEngine } = await this.#load();
    const engine = createEngine(this.#host);
    if (this.#config) engine.configure(this.#config);
    return engine;
  }
}
