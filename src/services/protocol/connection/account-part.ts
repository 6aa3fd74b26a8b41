/** The part of the engine that every other stands on: who the agent is, the link to the switch, the channels. */
import { accountOf, sameAccount } from '../../domain/account.js';
import { LOGGED_OFF_CHANNELS } from '../../domain/channel.js';
import type { Command } from '../../domain/commands.js';
import type { Connection } from '../../domain/connection.js';
import { ALL_NOTICES, type Notices } from '../../domain/notices.js';
import { parseAddress } from '../../domain/party.js';
import type { ChannelName } from '../../domain/presence.js';
import type { Account } from '../../domain/slices.js';
import { instanceId } from '../../instance-id.js';
import type { ServiceConfig } from '../../service-config.js';
import { ServiceError } from '../../service-error.js';
import type { EngineContext, EnginePart } from '../engine-part.js';
import type { GatewayAccount, SipGateway } from '../gateway.js';
import { ChannelKeeper } from './channel-keeper.js';
import { configurationProblem } from './check-config.js';
import { Link } from './link.js';

/** What it needs besides the context. */
export interface AccountPartOptions {
  createGateway(account: GatewayAccount): SipGateway;
  /** The parts that stand on this one. */
  parts(): readonly EnginePart[];
}

/** Whether the identity changed: another stack is needed, and what the old one had is over. */
function isAnotherAgent(before: ServiceConfig, after: ServiceConfig): boolean {
  return before.address !== after.address || before.authUser !== after.authUser;
}

/** Whether the way changed, but not who goes it. Of two functions that fetch credentials nobody can tell whether they differ. */
function leadsElsewhere(before: ServiceConfig, after: ServiceConfig): boolean {
  const functions = typeof before.credentials === 'function' && typeof after.credentials === 'function';
  const secret = !functions && JSON.stringify(before.credentials) !== JSON.stringify(after.credentials);
  return secret || typeof before.credentials !== typeof after.credentials || before.servers.join(' ') !== after.servers.join(' ');
}

/** Makes it. */
export function createAccountPart(context: EngineContext, options: AccountPartOptions): AccountPart {
  return new AccountPart(context, options);
}

/** See the head of the file. */
export class AccountPart implements EnginePart {
  readonly prefixes = ['channel', 'account', 'notices', 'connection'];
  readonly #context: EngineContext;
  readonly #options: AccountPartOptions;
  readonly #link: Link;
  readonly #channels: ChannelKeeper;
  #gateway: SipGateway | undefined;
  #waiting: (() => void)[] = [];
  #wake: AbortController | undefined;
  #moving: Promise<void> = Promise.resolve();

  constructor(context: EngineContext, options: AccountPartOptions) {
    this.#context = context;
    this.#options = options;
    const { host } = context;
    this.#channels = new ChannelKeeper({
      now: () => host.environment.now(),
      account: () => host.read('account'),
      channels: () => host.read('channels') ?? LOGGED_OFF_CHANNELS,
      emit: (channels) => context.tell({ type: 'channels', channels }),
      online: () => this.#settled(),
      register: () => this.#link.register(),
      agree: async (channels) => {
        await Promise.all(options.parts().map(async (part) => part.onChannelsChanged?.(channels)));
      },
      report: (error) => host.report(error),
    });
    if (host.isSuccessor) this.#channels.adopt(host.read('channels') ?? LOGGED_OFF_CHANNELS);
    this.#link = new Link({
      environment: host.environment,
      features: () => this.#channels.features(),
      onState: (connection) => this.#showState(connection),
      onOnline: () => this.#onOnline(),
      onOffline: () => options.parts().forEach((part) => part.onOffline?.()),
      report: (error) => host.report(error),
    });
  }

  /** The stack of the present account. */
  get gateway(): SipGateway | undefined {
    return this.#gateway;
  }

  /** Whether the switch has registered us on a socket that lives. */
  get online(): boolean {
    return this.#link.online;
  }

  /** Takes settings over; connects anew where they lead elsewhere. Changes that come fast are done one after the other. */
  configure(before: ServiceConfig, config: ServiceConfig): void {
    this.#tellAccount(accountOf(config));
    this.#wakeUp();
    const names = config.autoLogin.filter((name) => !before.autoLogin.includes(name));
    const idle = (this.#context.host.read('sessions') ?? []).length === 0;
    const renamed = before.displayName !== config.displayName && idle;
    const again = leadsElsewhere(before, config) || this.#link.status === 'refused';
    if (isAnotherAgent(before, config) || renamed) this.#moving = this.#moving.then(() => this.#moveTo(before, config));
    else if (again) this.#moving = this.#moving.then(() => this.#connectAnew(config));
    else if (this.online) for (const name of names) void this.#channels.set(name, 'ready').catch(() => undefined);
    else this.#channels.begin(names);
  }

  async execute(command: Command): Promise<void> {
    if (command.type === 'channel.set') await this.#channels.set(command.channel, command.setting, command.reason);
    else if (command.type === 'account.update') this.#update(command);
    else if (command.type === 'notices.set') this.#choose({ [command.notice]: command.on });
    else this.reconnect();
  }

  /** Marks a channel busy, as long as a call leaves no room. */
  setBusy(channel: ChannelName, busy: boolean): Promise<void> {
    return this.#channels.setBusy(channel, busy);
  }

  /** Connects at once. */
  reconnect(): void {
    this.#link.retry();
  }

  /** The gateway's socket is gone. */
  disconnected(code: number): void {
    this.#link.disconnected(code);
  }

  async stop({ keep }: { keep: boolean }): Promise<void> {
    this.#wake?.abort();
    await this.#link.stop(keep);
    this.#gateway?.dispose();
    this.#gateway = undefined;
    this.#channels.forget();
  }

  async #moveTo(before: ServiceConfig, config: ServiceConfig): Promise<void> {
    if (before.address !== config.address) await this.#leave();
    this.#gateway?.dispose();
    this.#gateway = undefined;
    this.#connectAnew(config);
  }

  #connectAnew(config: ServiceConfig): void {
    const problem = configurationProblem(config);
    if (problem !== undefined) {
      this.#link.misconfigured(problem);
      return;
    }
    this.#gateway ??= this.#makeGateway(config);
    this.#channels.begin(config.autoLogin);
    this.#link.start(this.#gateway, config.servers);
  }

  #makeGateway(config: ServiceConfig): SipGateway {
    const parts = parseAddress(config.address);
    const address = parts?.address ?? config.address;
    return this.#options.createGateway({
      address,
      displayName: config.displayName,
      authUser: config.authUser || (parts?.user ?? ''),
      instanceId: this.#context.host.instance ?? instanceId(this.#context.host.environment, address),
    });
  }

  /** Another address: what the old one had is over. */
  async #leave(): Promise<void> {
    if (!this.#gateway) return;
    const gateway = this.#gateway;
    this.#gateway = undefined;
    await Promise.all(this.#options.parts().map(async (part) => part.stop?.({ keep: false })));
    this.#channels.forget();
    // The next agent makes their own choice.
    if (this.#context.host.read('notices')) this.#choose(ALL_NOTICES);
    await this.#link.stop(false);
    gateway.dispose();
  }

  #choose(notices: Partial<Notices>): void {
    this.#context.tell({ type: 'notices', notices: { ...ALL_NOTICES, ...this.#context.host.read('notices'), ...notices } });
  }

  #tellAccount(account: Account): void {
    if (!sameAccount(account, this.#context.host.read('account'))) this.#context.tell({ type: 'account', account });
    if (account.outboundCampaign) this.#channels.campaignBegan();
  }

  #update({ displayName, rights, outboundCampaign, withheld }: Extract<Command, { type: 'account.update' }>): void {
    const account = this.#context.host.read('account') ?? accountOf(this.#context.config);
    const { outboundCampaign: campaign, withheld: held, ...rest } = account;
    const none = withheld ?? held ?? [];
    const next = outboundCampaign === undefined ? campaign : (outboundCampaign ?? undefined);
    this.#tellAccount({
      ...rest,
      ...(displayName === undefined ? {} : { name: displayName || account.user }),
      ...(rights === undefined ? {} : { rights }),
      ...(next ? { outboundCampaign: next } : {}),
      ...(none.length ? { withheld: none } : {}),
    });
  }

  #wakeUp(): void {
    if (this.#wake && !this.#wake.signal.aborted) return;
    this.#wake = new AbortController();
    this.#context.host.environment.onWake?.(() => this.#link.wake(), { signal: this.#wake.signal });
  }

  #showState(connection: Connection): void {
    this.#context.tell({ type: 'connection', connection });
    const { status } = connection;
    if (status === 'refused' || status === 'logged-out' || status === 'unconfigured') this.#channels.forget();
    if (status !== 'connecting') this.#waiting.splice(0).forEach((go) => go());
  }

  #onOnline(): void {
    this.#channels.registered();
    for (const part of this.#options.parts()) part.onOnline?.();
  }

  /** Waits while the first attempt is under way. */
  async #settled(): Promise<void> {
    if (!this.online && this.#link.status === 'connecting') await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (!this.online) throw new ServiceError('unreachable', 'There is no connection to the switch. Try again once it is back.');
  }
}
