/**
 * The presence of everyone watched: keeps as few subscriptions as the switch allows (a list where it knows lists, else single ones), and
 * tells what changes. `reconcile` compares what is wanted with what is subscribed to; everything else only calls it.
 */
import type { TimerHandle } from '../../environment.js';
import { handfuls, Pacer } from '../../pacer.js';
import type { EngineContext } from '../engine-part.js';
import type { SipGateway } from '../gateway.js';
import { Backlog } from './backlog.js';
import { Feed, type FeedEnd } from './feed.js';
import { Feeds } from './feeds.js';
import { Ledger } from './ledger.js';
import type { Notified, PresenceNews } from './read-notify.js';
import { isPassing, isRefusal, Retries } from './retries.js';
import { Wishes } from './wishes.js';

/** Milliseconds for which wishes are gathered before anything is sent. */
const GATHER = 100;
/** News of more agents at a time have a turn of their own: taking the notification apart was work enough. */
const MANY = 20;
/** Most subscriptions of which nothing was heard yet, lists among them, and most at all. */
const MAX_TRIED = 50;
const MAX_LISTS_TRIED = 4;
const MAX_FEEDS = 1000;

/** See the head of the file. */
export class Board {
  readonly #context: EngineContext;
  /** Address of the list of everyone: where lists are asked for. */
  readonly #list: () => string;
  readonly #wishes: Wishes;
  readonly #feeds = new Feeds();
  readonly #ledger: Ledger;
  readonly #retries: Retries;
  /** What was heard and is not read yet; what was wished, let go or lost and is not acted upon yet. */
  readonly #news: Pacer;
  readonly #changes: Pacer;
  /** Whom a list leaves out; they are asked for one by one. */
  readonly #alone = new Set<string>();
  /** Who could not be asked for yet, because too many subscriptions wait for a word; undefined: everyone watched is to be looked at anew. */
  #backlog: Backlog | undefined;
  /** When somebody who was refused may be asked for again. */
  #retryAt = Infinity;
  #lists: 'untried' | 'known' | 'refused' = 'untried';
  #timer: TimerHandle | undefined;
  #timerAt = Infinity;

  constructor(context: EngineContext, list: () => string) {
    this.#context = context;
    this.#list = list;
    this.#ledger = new Ledger((address, presence) => context.tell({ type: 'presence', address, presence }));
    this.#retries = new Retries(() => context.host.environment.random());
    this.#wishes = new Wishes({
      now: () => this.#now(),
      onAdded: (address) => this.#ledger.show(address),
      onGone: (address) => this.#letGo(address),
    });
    this.#news = new Pacer(context.host.environment);
    this.#changes = new Pacer(context.host.environment);
  }

  /** One watcher watches these and nothing else. */
  watch(watcher: string, addresses: Iterable<string>): void {
    this.#change(this.#wishes.set(watcher, addresses), GATHER);
  }

  /** Registered: whatever was refused before may be granted now. */
  online(): void {
    this.#reset();
    this.#planLook(this.#now());
  }

  /** The connection took the subscriptions along; nothing is known any more. */
  offline(): void {
    this.#reset();
  }

  /** Ends all. The wishes stay: those who have them do not know that the agent is another one now. */
  stop(): void {
    this.#reset();
    this.#changes.finish();
    this.#context.host.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Infinity;
  }

  #reset(): void {
    this.#feeds.close();
    this.#retries.clear();
    this.#news.clear();
    this.#alone.clear();
    this.#lists = 'untried';
    this.#backlog = undefined;
    this.#changes.add(handfuls(this.#ledger.clear()));
  }

  /** Makes a change, a little at a time, and acts upon it `after` so many milliseconds. */
  #change(steps: Iterable<void>, after: number): void {
    this.#changes.add(handfuls(steps, () => this.#planLook(this.#now() + after)));
  }

  #reconcile(): void {
    const now = this.#now();
    if (this.#wishes.next <= now) this.#change(this.#wishes.expire(), 0);
    if (this.#changes.isIdle && this.#retryAt <= now) this.#backlog = undefined;
    if (this.#changes.isIdle) this.#backlog ??= this.#look(now);
    // Half of a change would be asked for in a list of its own.
    if (!this.#changes.isIdle) this.#plan(now);
    else this.#act(now);
  }

  /** Looks at everyone watched; it is done once the changes are. */
  #look(now: number): Backlog {
    this.#closeUnwanted();
    const backlog = new Backlog((address) => this.#lists === 'refused' || this.#alone.has(address));
    this.#changes.add(handfuls(backlog.fill(this.#free(now))));
    return backlog;
  }

  #act(now: number): void {
    const gateway = this.#context.gateway;
    if (this.#backlog && gateway && this.#context.online) this.#subscribe(gateway, this.#backlog);
    this.#retryAt = this.#retries.next(now);
    const next = Math.min(this.#wishes.next, this.#retryAt);
    if (next !== Infinity) this.#plan(next);
  }

  /** Addresses that no subscription tells of, and that may be asked for. */
  *#free(now: number): Generator<string, void> {
    const covered = this.#feeds.covered();
    for (const address of this.#wishes.addresses) if (!covered.has(address) && this.#retries.isDue(address, now)) yield address;
  }

  /** The first list is tried alone: how it is answered decides about the others. */
  #subscribe(gateway: SipGateway, backlog: Backlog): void {
    let room = Math.min(MAX_TRIED - this.#feeds.tried(), MAX_FEEDS - this.#feeds.size);
    const lists = (this.#lists === 'untried' ? 1 : MAX_LISTS_TRIED) - this.#feeds.triedLists();
    if (lists > 0 && room > 0 && backlog.hasList()) {
      this.#add(gateway, backlog.nextList(), true);
      room -= 1;
      // A list of 500 takes some 5 ms to write and send: the next one has a turn of its own.
      if (lists > 1 && backlog.hasList()) this.#plan(this.#now());
    }
    if (this.#lists === 'untried' && this.#feeds.hasList) return;
    for (const alone of backlog.takeAlone(room)) this.#add(gateway, [alone], false);
  }

  #add(gateway: SipGateway, addresses: readonly string[], asList: boolean): void {
    const feed = new Feed({
      gateway,
      environment: this.#context.host.environment,
      addresses,
      ...(asList ? { list: this.#list(), isProbe: this.#lists === 'untried' } : {}),
      onNews: (from, notified) => this.#onNews(from, notified),
      onOver: (from, end) => this.#onOver(from, end),
    });
    this.#feeds.add(feed);
    feed.start();
  }

  #onNews(feed: Feed, { news, addresses }: Notified): void {
    this.#news.add(this.#take(feed, news), addresses.length > MANY);
    if (feed.isList) this.#onListNews(feed);
    if (this.#backlog?.isEmpty === false) this.#plan(this.#now());
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
    const isFewer = feed.isStatic && this.#backlog?.isEmpty === false;
    if (isFewer || before !== this.#lists || left.length > 0) this.#planLook(this.#now());
  }

  #onOver(feed: Feed, end: FeedEnd): void {
    this.#feeds.delete(feed);
    const now = this.#now();
    if (feed.isList && (isRefusal(end) || end.isOtherKind)) this.#lists = 'refused';
    else for (const address of this.#wanted(feed)) this.#retries.plan(address, end, feed.since, now);
    if (!isPassing(end)) this.#forgetUncovered();
    this.#planLook(now);
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
    const covered = this.#feeds.covered();
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

  /** Reconciles at a time, with a new look at everyone watched. */
  #planLook(at: number): void {
    this.#backlog = undefined;
    this.#plan(at);
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
