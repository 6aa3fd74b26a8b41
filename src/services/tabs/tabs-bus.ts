/**
 * The way from the service to the engine, shared by all tabs of one agent that run the same version of this code and use the same switch: one
 * of them has the engine. It is the same whether the engine is in this page or in another.
 */
import type { Command } from '../domain/commands.js';
import { parseAddress } from '../domain/party.js';
import type { CreateEngine, Engine } from '../engine.js';
import { DEFAULT_CONFIG, type ServiceConfig } from '../service-config.js';
import { VERSION } from '../version.js';
import { Member } from './member.js';
import type { TabsHost } from './tabs-host.js';

/** Name of the group of tabs that settings stand for; undefined where they share with nobody. */
export function groupName({ tabs, address, servers, authUser }: ServiceConfig, version = VERSION): string | undefined {
  const canonical = parseAddress(address)?.address;
  if (tabs !== 'shared' || !canonical || !servers.length) return undefined;
  return ['deskside', version, canonical, authUser, ...servers].map(encodeURIComponent).join('/');
}

/** Whether both settings are the same agent's. */
function isSameAgent(one: ServiceConfig, other: ServiceConfig): boolean {
  return parseAddress(one.address)?.address === parseAddress(other.address)?.address && one.authUser === other.authUser;
}

/** See the head of the file. */
export class TabsBus implements Engine {
  readonly #host: TabsHost;
  readonly #createEngine: CreateEngine;
  #name: string | undefined;
  #member: Member | undefined;
  #config: ServiceConfig = DEFAULT_CONFIG;
  /** Settles when the group before was left. */
  #left: Promise<unknown> = Promise.resolve();

  /** @param createEngine makes the engine of a tab that leads, or is alone */
  constructor(host: TabsHost, createEngine: CreateEngine) {
    this.#host = host;
    this.#createEngine = createEngine;
  }

  execute(command: Command): Promise<void> {
    return this.#present().execute(command);
  }

  configure(config: ServiceConfig): void {
    const before = this.#config;
    this.#config = config;
    if (this.#member && groupName(config) === this.#name) {
      this.#member.configure(config);
      return;
    }
    this.#leave(isSameAgent(before, config));
    this.#present();
  }

  reconnect(): void {
    this.#present().reconnect();
  }

  async stop(options?: { keep?: boolean }): Promise<void> {
    const member = this.#member;
    this.#member = undefined;
    await this.#left;
    await member?.stop(options);
  }

  #present(): Member {
    this.#name = groupName(this.#config);
    this.#member ??= new Member({
      host: this.#host,
      createEngine: this.#createEngine,
      config: this.#config,
      address: parseAddress(this.#config.address)?.address ?? '',
      name: this.#name,
    });
    return this.#member;
  }

  /** Goes to another switch, or shares otherwise, with what is alive; to another agent, without. */
  #leave(keep: boolean): void {
    const member = this.#member;
    this.#member = undefined;
    if (!member) return;
    this.#left = Promise.all([this.#left, member.stop({ keep, quiet: true }).catch(() => undefined)]);
    if (!keep) this.#forget();
  }

  /** What another agent had is not this one's to see. */
  #forget(): void {
    const { read, replace, environment } = this.#host;
    const account = read('account');
    const connection = { status: 'unconfigured', since: environment.now() };
    replace(new Map<string, unknown>([['connection', connection], ...(account ? [['account', account] as const] : [])]));
  }
}
