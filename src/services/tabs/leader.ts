/** The tab that has the engine: does everybody's commands and tells everybody what happened. */
import type { DomainEvent } from '../domain/events.js';
import type { CreateEngine, Engine } from '../engine.js';
import type { TabLocks } from '../environment.js';
import type { ServiceConfig } from '../service-config.js';
import { answerOf, type Errand } from './errands.js';
import { cut } from './snapshot-parts.js';
import { SharedSound } from './sound.js';
import type { TabLine } from './tab-line.js';
import type { FollowerMessage, TabError, TabMessage } from './tab-message.js';
import type { TabsHost } from './tabs-host.js';
import { Witness } from './witness.js';

/** Tabs of one agent at most. */
const MAX_FOLLOWERS = 100;

/** What it needs. */
export interface LeaderOptions {
  readonly host: TabsHost;
  readonly createEngine: CreateEngine;
  readonly config: ServiceConfig;
  readonly term: number;
  readonly instance: string;
  /** The snapshot is that of a leader before. */
  readonly isSuccessor: boolean;
  /** Absent where the page is alone. */
  readonly line?: TabLine | undefined;
  readonly locks?: TabLocks | undefined;
  /** Something happened, and is in the snapshot. */
  onEvent(event: DomainEvent): void;
  /** Name of the lock that a tab holds as long as it lives. */
  lockOf(tab: string): string;
}

/** Events of a leader before that are worth having although its time is over: it has answered them to the peer. */
const SALVAGE: ReadonlySet<DomainEvent['type']> = new Set<DomainEvent['type']>(['message-received', 'message-state']);

/** See the head of the file. */
export class Leader {
  readonly engine: Engine;
  readonly #options: LeaderOptions;
  /** Tabs that follow; aborted when one leaves. */
  readonly #followers = new Map<string, AbortController>();
  /** Who watches presence in which tab. */
  readonly #watchers = new Map<string, Set<string>>();
  readonly #sound: SharedSound | undefined;
  readonly #witness: Witness;
  #seq = 0;
  #retired = false;

  constructor(options: LeaderOptions) {
    this.#options = options;
    const { host, instance, isSuccessor, line, term } = options;
    const newId = (): string => host.environment.randomId();
    if (host.media && line)
      this.#sound = new SharedSound({ own: host.media, line, term, newId, isThere: (tab) => this.#followers.has(tab) });
    this.#witness = new Witness({
      environment: host.environment,
      ask: (to, seq) => this.#say({ type: 'ask-whether', from: this.#self, to, term, seq }),
    });
    this.engine = options.createEngine({
      ...host,
      ...(line ? { instance } : {}),
      ...(this.#sound ? { media: this.#sound } : {}),
      isSuccessor,
      mirrored: () => this.#witness.wait(this.#followers.keys(), this.#seq),
      emit: (event) => this.#tell(event),
      report: (error) => this.#report(error),
    });
    this.engine.configure(options.config);
    this.#say({ type: 'lead', from: this.#self, term: options.term, instance });
  }

  /** Whether other tabs follow. */
  get hasFollowers(): boolean {
    return this.#followers.size > 0;
  }

  /** Does a command of this tab or another; settles with what to answer. */
  async run({ command, again }: Pick<Errand, 'command' | 'again'>): Promise<TabError | undefined> {
    try {
      await this.engine.execute(command);
      return undefined;
    } catch (error) {
      return answerOf(error, again);
    }
  }

  /** What other tabs say. */
  hear(message: TabMessage): void {
    const { from } = message;
    this.#witness.heard(from);
    if (message.type === 'hello') this.#welcome(from);
    else if (message.type === 'bye') this.#farewell(from);
    else if (message.type === 'ping') this.#pong(from);
    else if (message.type === 'has') this.#witness.has(from, message.seq);
    else if (message.type === 'sound-reply') this.#sound?.settle(message);
    else if (message.type === 'sound-news') this.#sound?.news(message.news);
    else if (message.type === 'ask') void this.#ask(message);
    else if (message.type === 'event' && SALVAGE.has(message.event.type)) this.#tell(message.event);
  }

  /** Another tab leads: nothing is told any more, and the dialogs are left to it. */
  async retire(): Promise<void> {
    this.#retired = true;
    this.#forgetTabs();
    await this.engine.stop({ keep: true });
  }

  /** The last tab goes: everything is ended, and shown so unless `quiet` is set. */
  async end(quiet = false): Promise<void> {
    this.#retired = quiet;
    this.#forgetTabs();
    await this.engine.stop();
    this.#retired = true;
  }

  get #self(): string {
    return this.#options.line?.self ?? '';
  }

  #say(message: TabMessage): void {
    this.#options.line?.say(message);
  }

  #tell(event: DomainEvent): void {
    if (this.#retired) return;
    this.#options.host.emit(event);
    this.#options.onEvent(event);
    if (!this.hasFollowers) return;
    this.#seq += 1;
    this.#say({ type: 'event', from: this.#self, term: this.#options.term, seq: this.#seq, event });
  }

  #report(error: TabError): void {
    if (this.#retired) return;
    this.#options.host.report(error);
    if (this.hasFollowers) this.#say({ type: 'error', from: this.#self, term: this.#options.term, error });
  }

  /** Whoever asks follows; one that was taken for gone is told everything again. */
  #pong(tab: string): void {
    if (this.#followers.has(tab)) this.#say({ type: 'pong', from: this.#self, term: this.#options.term, seq: this.#seq });
    else this.#welcome(tab);
  }

  #welcome(tab: string): void {
    if (!this.#followers.has(tab) && this.#followers.size >= MAX_FOLLOWERS) return;
    if (!this.#followers.has(tab)) this.#accompany(tab);
    const { term, instance, host } = this.#options;
    const parts = cut(host.slices());
    parts.forEach((slices, part) => {
      const last = part === parts.length - 1;
      this.#say({ type: 'state', from: this.#self, to: tab, term, seq: this.#seq, instance, part, last, slices });
    });
  }

  /** A tab that goes without a word lets go of its lock. */
  #accompany(tab: string): void {
    const { locks, lockOf } = this.#options;
    const gone = new AbortController();
    this.#followers.set(tab, gone);
    locks?.request(lockOf(tab), { signal: gone.signal }, () => this.#farewell(tab)).catch(() => undefined);
  }

  #farewell(tab: string): void {
    const gone = this.#followers.get(tab);
    if (!gone) return;
    this.#followers.delete(tab);
    gone.abort();
    this.#witness.lose(tab);
    this.#sound?.lose(tab);
    for (const watcher of this.#watchers.get(tab) ?? []) {
      void this.run({ command: { type: 'presence.watch', watcher, addresses: [] }, again: false });
    }
    this.#watchers.delete(tab);
  }

  async #ask({ from, id, command, again }: Extract<FollowerMessage, { type: 'ask' }>): Promise<void> {
    if (command.type === 'presence.watch') this.#noteWatcher(from, command.watcher);
    const error = await this.run({ command, again });
    if (!this.#retired)
      this.#say({ type: 'answer', from: this.#self, to: from, term: this.#options.term, id, ...(error ? { error } : {}) });
  }

  #noteWatcher(tab: string, watcher: string): void {
    const watchers = this.#watchers.get(tab) ?? new Set();
    this.#watchers.set(tab, watchers.add(watcher));
  }

  #forgetTabs(): void {
    this.#witness.lose();
    this.#sound?.lose();
    for (const gone of this.#followers.values()) gone.abort();
    this.#followers.clear();
    this.#watchers.clear();
  }
}
