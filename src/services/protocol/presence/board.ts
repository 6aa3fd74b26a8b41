/**
 * The presence of everyone watched: keeps as few subscriptions as the switch allows (a list where it knows lists, else single ones), and
 * tells what changes. `reconcile` compares what is wanted with what is subscribed to; everything else only calls it.
 */
import type { TimerHandle } from '../../environment.js';
import type { EngineContext } from '../engine-part.js';
import type { SipGateway } from '../gateway.js';
import { Feed, type FeedEnd } from './feed.js';
import { Ledger } from './ledger.js';
import type { PresenceNews } from './read-notify.js';
import { isPassing, isRefusal, Retries } from './retries.js';
import { Slices } from './slices.js';
import { takeList } from './take-list.js';
import { Wishes } from './wishes.js';

/** Milliseconds for which wishes are gathered before anything is sent. */
const GATHER = 100;
/** Most subscriptions of which nothing was heard yet, lists among them, and most at all. */
const MAX_TRIED = 50;
const MAX_LISTS_TRIED = 4;
const MAX_FEEDS = 1000;

/** See the head of the file. */
export class Board {
  readonly #context: EngineContext;
  /** Address of the list of everyone: where lists are asked for. */
  readonly #list: () => string;
  readonly #wishes = new Wishes();
  readonly #feeds = new Set<Feed>();
  readonly #ledger: Ledger;
  readonly #retries: Retries;
  readonly #slices: Slices;
  /** Whom a list leaves out; they are asked for one by one. */
  readonly #alone = new Set<string>();
  /** Some could not be asked for yet, because too many subscriptions wait for a word. */
  #isMore = false;
  #lists: 'untried' | 'known' | 'refused' = 'untried';
  #timer: TimerHandle | undefined;
  #timerAt = Infinity;

  constructor(context: EngineContext, list: () => string) {
    this.#context = context;
    this.#list = list;
    this.#ledger = new Ledger((address, presence) => context.tell({ type: 'presence', address, presence }));
    this.#retries = new Retries(() => context.host.environment.random());
    this.#slices = new Slices(context.host.environment);
  }

  /** One watcher watches these and nothing else. */
  watch(watcher: string, addresses: readonly string[]): void {
    for (const added of this.#wishes.set(watcher, addresses, this.#now())) this.#ledger.show(added);
    this.#plan(this.#now() + GATHER);
  }

  /** Registered: whatever was refused before may be granted now. */
  online(): void {
    this.#reset();
    this.#plan(this.#now());
  }

  /** The connection took the subscriptions along; nothing is known any more. */
  offline(): void {
    this.#reset();
  }

  /** Ends all. The wishes stay: those who have them do not know that the agent is another one now. */
  stop(): void {
    this.#reset();
    this.#context.host.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Infinity;
  }

  #reset(): void {
    for (const feed of this.#feeds) feed.close();
    this.#feeds.clear();
    this.#retries.clear();
    this.#slices.clear();
    this.#alone.clear();
    this.#lists = 'untried';
    this.#ledger.clear();
  }

  #reconcile(): void {
    const now = this.#now();
    for (const address of this.#wishes.expire(now)) this.#letGo(address);
    this.#closeUnwanted();
    const gateway = this.#context.gateway;
    if (gateway && this.#context.online) this.#subscribe(gateway, this.#free(now));
    const next = Math.min(this.#wishes.next, this.#retries.next(now));
    if (next !== Infinity) this.#plan(next);
  }

  /** Addresses that no subscription tells of, and that may be asked for. */
  #free(now: number): string[] {
    const covered = this.#covered();
    return [...this.#wishes.addresses].filter((address) => !covered.has(address) && this.#retries.isDue(address, now));
  }

  /** Addresses that a subscription tells of. */
  #covered(): ReadonlySet<string> {
    const covered = new Set<string>();
    for (const feed of this.#feeds) for (const address of feed.covered()) covered.add(address);
    return covered;
  }

  /** The first list is tried alone: how it is answered decides about the others. */
  #subscribe(gateway: SipGateway, free: readonly string[]): void {
    const alone = this.#lists === 'refused' ? [...free] : free.filter((address) => this.#alone.has(address));
    const together = this.#lists === 'refused' ? [] : free.filter((address) => !this.#alone.has(address));
    if (together.length === 1) alone.push(...together.splice(0));
    let room = Math.min(MAX_TRIED - this.#tried(false), MAX_FEEDS - this.#feeds.size);
    const lists = (this.#lists === 'untried' ? 1 : MAX_LISTS_TRIED) - this.#tried(true);
    if (lists > 0 && room > 0 && together.length > 0) {
      this.#add(gateway, takeList(together), true);
      room -= 1;
      // A list of 500 takes some 5 ms to write and send: the next one has a turn of its own.
      if (lists > 1 && together.length > 0) this.#plan(this.#now());
    }
    for (; room > 0 && !this.#isProbing && alone.length > 0; room -= 1) this.#add(gateway, alone.splice(0, 1), false);
    this.#isMore = together.length + alone.length > 0;
  }

  get #isProbing(): boolean {
    return this.#lists === 'untried' && [...this.#feeds].some((feed) => feed.isList);
  }

  #tried(lists: boolean): number {
    let tried = 0;
    for (const feed of this.#feeds) if (!feed.isSettled && (feed.isList || !lists)) tried += 1;
    return tried;
  }

  #add(gateway: SipGateway, addresses: readonly string[], asList: boolean): void {
    const feed = new Feed({
      gateway,
      environment: this.#context.host.environment,
      addresses,
      ...(asList ? { list: this.#list(), isProbe: this.#lists === 'untried' } : {}),
      onNews: (from, news) => this.#onNews(from, news),
      onOver: (from, end) => this.#onOver(from, end),
    });
    this.#feeds.add(feed);
    feed.start();
  }

  #onNews(feed: Feed, news: Iterable<PresenceNews>): void {
    this.#slices.add(this.#take(feed, news));
    if (feed.isList) this.#onListNews(feed);
    if (this.#isMore) this.#plan(this.#now());
  }

  *#take(feed: Feed, news: Iterable<PresenceNews>): Generator<void, void> {
    for (const { address, presence } of news) {
      if (!this.#feeds.has(feed)) return;
      if (feed.covers(address)) this.#ledger.learn(address, presence);
      if (this.#wishes.has(address)) this.#ledger.show(address);
      yield;
    }
  }

  #onListNews(feed: Feed): void {
    const before = this.#lists;
    // A list of the switch's own tells of everyone in it; who is not in it is asked for one by one.
    if (feed.isStatic) this.#lists = 'refused';
    else if (before === 'untried') this.#lists = 'known';
    const left = feed.addresses.filter((address) => !feed.covers(address) && !this.#alone.has(address));
    for (const address of left) this.#alone.add(address);
    if (left.length > 0) this.#forgetUncovered();
    if (before !== this.#lists || left.length > 0) this.#plan(this.#now());
  }

  #onOver(feed: Feed, end: FeedEnd): void {
    this.#feeds.delete(feed);
    const now = this.#now();
    if (feed.isList && (isRefusal(end) || end.isOtherKind)) this.#lists = 'refused';
    else for (const address of this.#wanted(feed)) this.#retries.plan(address, end, feed.since, now);
    if (!isPassing(end)) this.#forgetUncovered();
    this.#plan(now);
  }

  #closeUnwanted(): void {
    const unwanted = [...this.#feeds].filter((feed) => this.#wanted(feed).next().done);
    for (const feed of unwanted) {
      feed.close();
      this.#feeds.delete(feed);
    }
    if (unwanted.length > 0) this.#forgetUncovered();
  }

  /** Nothing is known any more of those of whom no subscription tells. */
  #forgetUncovered(): void {
    const covered = this.#covered();
    for (const address of [...this.#ledger.known]) if (!covered.has(address)) this.#ledger.forget(address);
  }

  /** The addresses that a feed tells of and somebody watches. */
  *#wanted(feed: Feed): Generator<string, void> {
    for (const address of feed.isStatic ? this.#wishes.addresses : feed.addresses) {
      if (feed.covers(address) && this.#wishes.has(address)) yield address;
    }
  }

  #letGo(address: string): void {
    this.#retries.forget(address);
    this.#alone.delete(address);
    this.#ledger.hide(address);
  }

  #now(): number {
    return this.#context.host.environment.now();
  }

  /** Reconciles at a time; the earliest plan counts. */
  #plan(at: number): void {
    if (at >= this.#timerAt) return;
    const { environment } = this.#context.host;
    environment.clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = environment.setTimeout(
      () => {
        this.#timerAt = Infinity;
        this.#reconcile();
      },
      Math.max(0, at - environment.now()),
    );
  }
}
