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
import { holdLock } from './hold-lock.js';
import { InstanceClaim } from './instance-claim.js';
import { Keeper } from './keeper.js';
import { Leader } from './leader.js';
import { LeaderWatch } from './leader-watch.js';
import { Leadership } from './leadership.js';
import { Mirror } from './mirror.js';
import { doForLeader } from './sound.js';
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
  readonly #mirror: Mirror;
  readonly #watch: LeaderWatch;
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
    this.#mirror = new Mirror({
      replace: (slices) => host.replace(slices),
      apply: (event) => {
        host.emit(event);
        this.#keeper.follow(event);
      },
      onGap: () => this.#hello(),
    });
    this.#watch = new LeaderWatch({
      environment,
      ask: () => this.#say({ type: 'ping', from: this.#self }),
      onDead: () => this.#leadership?.steal(),
    });
    if (options.name === undefined || !this.#join(options.name)) this.#lead();
  }

  execute(command: Command): Promise<void> {
    const { errand, done } = this.#errands.add(command);
    if (this.#leader) this.#run(this.#leader, errand);
    else if (this.#mirror.isCurrent) this.#ask(errand);
    return done;
  }

  configure(config: ServiceConfig): void {
    const before = this.#config;
    this.#config = config;
    if (this.#leader) this.#leader.engine.configure(config);
    else this.#tellAccount(before, config);
  }

  reconnect(): void {
    if (this.#leader) this.#leader.engine.reconnect();
    else this.execute({ type: 'connection.retry' }).catch(() => undefined);
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
    this.#showConnecting();
    this.#stand();
    return true;
  }

  /** Until somebody tells how the connection stands; what was shown before this tab joined stays. */
  #showConnecting(): void {
    const { host } = this.#options;
    const status = host.read('connection')?.status ?? 'unconfigured';
    if (status !== 'unconfigured' && status !== 'logged-out') return;
    const now = host.environment.now();
    host.emit({ type: 'connection', at: now, connection: { status: 'connecting', since: now } });
  }

  /** Whether the snapshot is that of an engine that had registered. */
  #isSuccessor(): boolean {
    const { read } = this.#options.host;
    const status = read('connection')?.status;
    const channels = Object.values(read('channels') ?? {});
    return status === 'ready' || status === 'degraded' || channels.some(({ state }) => state !== 'logged-off');
  }

  #lockOf(tab: string): string {
    return `${this.#options.name ?? ''}/${tab}`;
  }

  #stand(): void {
    this.#leadership?.stand();
    this.#watch.start();
    this.#hello();
  }

  #goAlone(): void {
    this.#line?.close();
    this.#line = undefined;
    this.#leadership = undefined;
    if (!this.#ended.signal.aborted) this.#lead();
  }

  #gained(): void {
    const wait = this.#mirror.isCurrent ? LAST_WORDS : 0;
    const { environment } = this.#options.host;
    environment.clearTimeout(this.#timer);
    if (wait) this.#timer = environment.setTimeout(() => this.#lead(), wait);
    else this.#lead();
  }

  #lead(): void {
    const { host, address } = this.#options;
    this.#watch.stop();
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
      isSuccessor: this.#isSuccessor(),
      line: this.#line,
      locks: host.environment.locks,
      onEvent: (event) => this.#keeper.note(event),
      lockOf: (tab) => this.#lockOf(tab),
    });
    this.#mirror.reset();
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
    this.#mirror.reset();
    void leader?.retire().catch(() => undefined);
  }

  #halt(): void {
    this.#options.host.environment.clearTimeout(this.#timer);
    this.#watch.stop();
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

  #run(leader: Leader, errand: Parameters<Leader['run']>[0] & { id: string }): void {
    this.#errands.given(errand.id);
    void leader.run(errand).then((error) => {
      // What a deposed leader could not do, the next one is asked for.
      if (this.#leader === leader) this.#errands.settle(errand.id, error);
    });
  }

  #ask({ id, command, again }: Parameters<Leader['run']>[0] & { id: string }): void {
    this.#errands.given(id);
    this.#say({ type: 'ask', from: this.#self, id, command, again });
  }

  /** What the agent may do is the same in all tabs: the last word counts. */
  #tellAccount(before: ServiceConfig, { displayName, rights, outboundCampaign }: ServiceConfig): void {
    const isSame =
      before.displayName === displayName && before.outboundCampaign === outboundCampaign && before.rights.join(' ') === rights.join(' ');
    if (isSame) return;
    this.execute({ type: 'account.update', displayName, rights, outboundCampaign: outboundCampaign || null }).catch(() => undefined);
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
    this.#mirror.reset();
    if (this.#leader) this.#depose();
    else if (message.type !== 'state') this.#hello();
    this.#listen(message);
  }

  #listen(message: LeaderMessage): void {
    if (this.#leader) return;
    this.#watch.heard();
    if (message.type === 'state') this.#takeState(message);
    else if (message.type === 'event') this.#mirror.follow(message);
    else if (message.type === 'pong') this.#mirror.compare(message.seq);
    else if (message.type === 'ask-whether') this.#tellWhatIsHere(message.seq);
    else if (message.type === 'error') this.#options.host.report(message.error);
    else if (message.type === 'sound-ask' && this.#line) void doForLeader(this.#options.host.media, this.#line, message);
    else if (message.type === 'answer') this.#errands.settle(message.id, message.error);
  }

  /** What comes over the channel comes in order: an event that is asked about is here, or missing. */
  #tellWhatIsHere(asked: number): void {
    this.#mirror.compare(asked);
    if (this.#mirror.isCurrent) this.#say({ type: 'has', from: this.#self, seq: asked });
  }

  #takeState(message: Extract<LeaderMessage, { type: 'state' }>): void {
    if (!this.#mirror.take(message)) return;
    const { host, address } = this.#options;
    this.#instance = message.instance;
    keepInstanceId(host.environment, address, message.instance);
    this.#keeper.yield(message.from);
    host.media?.listen((news) => this.#say({ type: 'sound-news', from: this.#self, news }));
    for (const errand of this.#errands.all()) this.#ask(errand);
  }
}
