/**
 * One tab among those of an agent.
 *
 *     joining ── a leader tells how things stand ──▶ following
 *        │ the lock is ours                              │ the lock is ours (the leader went), or was taken from a dead leader
 *        ▼                                               ▼
 *     leading ◀──────────────────────────────────────────┘
 *        └── the lock was taken, or a newer leader is heard ──▶ joining
 *
 * - `joining`: commands wait; what is shown is what was shown before.
 * - `following`: shows what the leader tells; commands go to the leader.
 * - `leading`: has the engine. A page that is alone (no locks, no channel, `tabs="separate"`) leads from the start.
 */
import type { Command } from '../domain/commands.js';
import type { CreateEngine, Engine } from '../engine.js';
import type { TimerHandle } from '../environment.js';
import { keepInstanceId } from '../instance-id.js';
import type { ServiceConfig } from '../service-config.js';
import { ServiceError } from '../service-error.js';
import { Errands } from './errands.js';
import { Follower } from './follower.js';
import { holdLock } from './hold-lock.js';
import { InstanceClaim } from './instance-claim.js';
import { Keeper } from './keeper.js';
import { Leader } from './leader.js';
import { Leadership } from './leadership.js';
import { accountUpdate, hadRegistered, needsOwnWord, showConnecting } from './standing.js';
import { TabLine } from './tab-line.js';
import type { LeaderMessage, TabMessage } from './tab-message.js';
import type { TabsHost } from './tabs-host.js';

/** A moment for what a leader before has said last, ms: the lock may be faster than the channel. */
const LAST_WORDS = 60;

/** What it needs. */
export interface MemberOptions {
  readonly host: TabsHost;
  readonly createEngine: CreateEngine;
  readonly config: ServiceConfig;
  /** Canonical address of the agent. */
  readonly address: string;
  /** Name of the group; absent where the page is to be alone. */
  readonly name?: string | undefined;
}

/** See the head of the file. */
export class Member implements Engine {
  readonly #options: MemberOptions;
  readonly #errands: Errands;
  readonly #follower: Follower;
  readonly #keeper: Keeper;
  readonly #ended = new AbortController();
  /** Name of this tab. */
  readonly #tab: string;
  #line: TabLine | undefined;
  #leadership: Leadership | undefined;
  #leader: Leader | undefined;
  #config: ServiceConfig;
  #instance: string | undefined;
  #claim: InstanceClaim | undefined;
  #timer: TimerHandle | undefined;
  /** Settles when others can see whether this tab lives. */
  #present: Promise<void> = Promise.resolve();
  /** The newest leader heard of. */
  #term = 0;
  #paused = false;

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#config = options.config;
    const { host } = options;
    const { environment } = host;
    this.#tab = host.tab;
    this.#keeper = new Keeper({ host, address: options.address, tab: this.#tab, config: () => this.#config });
    environment.onPause?.({ pause: () => this.#pause(), resume: () => this.#resume() }, { signal: this.#ended.signal });
    this.#errands = new Errands(() => environment.randomId());
    this.#follower = new Follower({
      host,
      errands: this.#errands,
      line: () => this.#line,
      onEvent: (event) => this.#keeper.follow(event),
      onState: (message) => this.#inherit(message),
      onGap: () => this.#hello(),
      onDead: () => this.#leadership?.steal(),
    });
    if (options.name === undefined || !this.#join(options.name)) this.#lead();
  }

  execute(command: Command): Promise<void> {
    const { errand, done } = this.#errands.add(command);
    if (this.#leader) this.#run(this.#leader, errand);
    else if (this.#follower.isCurrent) this.#follower.ask(errand);
    return done;
  }

  configure(config: ServiceConfig): void {
    const before = this.#config;
    this.#config = config;
    if (this.#leader) this.#leader.engine.configure(config);
    else if (needsOwnWord(this.#options.host, before, config)) this.#leadership?.steal();
    else this.#tell(accountUpdate(before, config));
  }

  reconnect(): void {
    if (this.#leader) this.#leader.engine.reconnect();
    else this.#tell({ type: 'connection.retry' });
  }

  /**
   * Leaves the others; the last tab, and one that is alone, ends everything unless `keep` is set.
   * @param options `quiet`: what ends is no longer shown here
   */
  async stop({ keep = false, quiet = false }: { keep?: boolean; quiet?: boolean } = {}): Promise<void> {
    const leader = this.#leader;
    this.#halt();
    this.#say({ type: 'bye', from: this.#self });
    this.#ended.abort();
    await (leader && (keep || leader.hasFollowers) ? leader.retire() : leader?.end(quiet));
    if (keep) this.#keeper.stop();
    else this.#keeper.erase();
    this.#leadership?.leave();
    this.#line?.close();
    this.#errands.drop(new ServiceError('unreachable', 'The service was stopped.'));
  }

  get #self(): string {
    return this.#line?.self ?? '';
  }

  #say(message: TabMessage): void {
    this.#line?.say(message);
  }

  /** Said once the own lock is held: a leader that got it before would take this tab for one that has gone. */
  #hello(): void {
    void this.#present.then(() => this.#say({ type: 'hello', from: this.#self }));
  }

  /** @returns false where there is nothing to share by */
  #join(name: string): boolean {
    const { environment } = this.#options.host;
    const { locks } = environment;
    const self = this.#tab;
    try {
      const channel = locks && environment.openChannel?.(name);
      if (!channel) return false;
      this.#line = new TabLine(channel, self, (message) => this.#hear(message));
    } catch {
      return false;
    }
    this.#leadership = new Leadership({
      locks,
      name,
      onGained: () => this.#gained(),
      onStolen: () => this.#depose(),
      onRefused: () => this.#goAlone(),
    });
    this.#present = holdLock(locks, this.#lockOf(self), this.#ended.signal);
    showConnecting(this.#options.host);
    this.#stand();
    return true;
  }

  #lockOf(tab: string): string {
    return `${this.#options.name ?? ''}/${tab}`;
  }

  #stand(): void {
    this.#leadership?.stand();
    this.#follower.watch();
    this.#hello();
  }

  #goAlone(): void {
    this.#line?.close();
    this.#line = undefined;
    this.#leadership = undefined;
    if (!this.#ended.signal.aborted) this.#lead();
  }

  #gained(): void {
    const wait = this.#follower.isCurrent ? LAST_WORDS : 0;
    const { environment } = this.#options.host;
    environment.clearTimeout(this.#timer);
    if (wait) this.#timer = environment.setTimeout(() => this.#lead(), wait);
    else this.#lead();
  }

  #lead(): void {
    const { host, address } = this.#options;
    this.#follower.rest();
    const claim = new InstanceClaim(host.environment, address);
    this.#claim = claim;
    if (this.#instance !== undefined) {
      claim.inherit(this.#instance);
      this.#begin(this.#instance);
      return;
    }
    void claim.take().then(({ id, isCopy }) => {
      if (this.#claim !== claim) return;
      // What a duplicated tab has kept is the other's, who lives.
      if (isCopy) this.#keeper.forget();
      this.#begin((this.#instance = id));
    });
  }

  #begin(instance: string): void {
    const { host, createEngine } = this.#options;
    this.#term = Math.max(host.environment.now(), this.#term + 1);
    this.#keeper.restore();
    this.#leader = new Leader({
      host,
      createEngine,
      config: this.#config,
      term: this.#term,
      instance,
      isSuccessor: hadRegistered(this.#options.host),
      line: this.#line,
      locks: host.environment.locks,
      onEvent: (event) => this.#keeper.note(event),
      lockOf: (tab) => this.#lockOf(tab),
    });
    this.#follower.reset();
    for (const errand of this.#errands.all()) this.#run(this.#leader, errand);
  }

  /** Another tab leads now: this one follows. */
  #depose(): void {
    this.#retire();
    this.#stand();
  }

  #retire(): void {
    const leader = this.#leader;
    this.#halt();
    this.#follower.reset();
    void leader?.retire().catch(() => undefined);
  }

  #halt(): void {
    this.#options.host.environment.clearTimeout(this.#timer);
    this.#follower.rest();
    this.#claim?.release();
    this.#claim = undefined;
    this.#leader = undefined;
  }

  /** The page will stand still: another tab leads meanwhile; where there is none, this one picks up what it left. */
  #pause(): void {
    if (this.#paused || !this.#leader) return;
    this.#keeper.write();
    if (!this.#line) return;
    this.#paused = true;
    this.#retire();
    this.#leadership?.leave();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#stand();
  }

  #tell(command: Command | undefined): void {
    if (command) this.execute(command).catch(() => undefined);
  }

  #run(leader: Leader, errand: Parameters<Leader['run']>[0] & { id: string }): void {
    this.#errands.given(errand.id);
    void leader.run(errand).then((error) => {
      // What a deposed leader could not do, the next one is asked for.
      if (this.#leader === leader) this.#errands.settle(errand.id, error);
    });
  }

  #hear(message: TabMessage): void {
    if (!('term' in message)) this.#leader?.hear(message);
    else if (message.term < this.#term) this.#leader?.hear(message);
    else if (message.term > this.#term) this.#meet(message);
    else this.#listen(message);
  }

  /** A leader that is new to this tab. */
  #meet(message: LeaderMessage): void {
    this.#term = message.term;
    this.#follower.reset();
    if (this.#leader) this.#depose();
    else if (message.type !== 'state') this.#hello();
    this.#listen(message);
  }

  #listen(message: LeaderMessage): void {
    if (!this.#leader) this.#follower.hear(message);
  }

  /** What another tab needs to know that takes the leader's place. */
  #inherit({ from, instance }: Extract<LeaderMessage, { type: 'state' }>): void {
    const { host, address } = this.#options;
    this.#instance = instance;
    keepInstanceId(host.environment, address, instance);
    this.#keeper.yield(from);
    host.media?.listen((news) => this.#say({ type: 'sound-news', from: this.#self, news }));
  }
}
