/**
 * The presence of everyone watched: keeps as few subscriptions as the switch allows (a list where it knows lists, else single ones), and
 * tells what changes. `reconcile` compares what is wanted with what is subscribed to; everything else only calls it.
 */
import { UNKNOWN_PRESENCE, type Presence } from '../../domain/presence.js';
import type { TimerHandle } from '../../environment.js';
import { backOff } from '../connection/back-off.js';
import type { EngineContext } from '../engine-part.js';
import { Feed, type FeedEnd } from './feed.js';
import type { PresenceNews } from './read-notify.js';
import { Wishes } from './wishes.js';

/** Milliseconds for which wishes are gathered before anything is sent. */
const GATHER = 100;
/** Most SUBSCRIBEs without an answer, most subscriptions at all, most addresses in one list. */
const MAX_TRIED = 50;
const MAX_FEEDS = 1000;
const MAX_LIST = 500;
/** Milliseconds within which a list must tell something; single subscriptions are made instead. */
const LIST_LIMIT = 2500;
/** Milliseconds until an agent whose presence was refused is asked for again. */
const REFUSED_FOR = 300_000;
/** Statuses and reasons that will not be others in a moment (RFC 6665, 4.1.3). */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 405, 406, 410, 415, 420, 421, 480, 481, 489, 501, 603, 604]);
const REFUSED_REASONS: ReadonlySet<string> = new Set(['rejected', 'noresource', 'invariant']);
/** Ends after which what was told last still holds for the moment that a new subscription takes. */
const PASSING_REASONS: ReadonlySet<string> = new Set(['', 'timeout', 'deactivated']);

/** A later attempt. */
interface Retry {
  readonly at: number;
  readonly attempt: number;
}

/** See the head of the file. */
export class Board {
  readonly #context: EngineContext;
  /** Address of the list of everyone: where lists are asked for. */
  readonly #list: () => string;
  readonly #wishes = new Wishes();
  readonly #feeds = new Set<Feed>();
  readonly #known = new Map<string, Presence>();
  readonly #told = new Map<string, string>();
  readonly #retries = new Map<string, Retry>();
  #lists: 'untried' | 'known' | 'refused' = 'untried';
  #timer: TimerHandle | undefined;
  #timerAt = Infinity;

  constructor(context: EngineContext, list: () => string) {
    this.#context = context;
    this.#list = list;
  }

  /** One watcher watches these and nothing else. */
  watch(watcher: string, addresses: readonly string[]): void {
    this.#wishes.set(watcher, addresses, this.#now());
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
    this.#known.clear();
    this.#lists = 'untried';
    for (const address of [...this.#told.keys()]) this.#tell(address);
  }

  #reconcile(): void {
    const now = this.#now();
    for (const address of this.#wishes.expire(now)) this.#letGo(address);
    for (const feed of this.#feeds) if (!this.#isWanted(feed)) this.#close(feed);
    for (const address of this.#wishes.addresses) this.#tell(address);
    const gateway = this.#context.gateway;
    if (gateway && this.#context.online) this.#subscribe(gateway, this.#free(now));
    let next = this.#wishes.next;
    for (const { at } of this.#retries.values()) if (at > now) next = Math.min(next, at);
    if (next !== Infinity) this.#plan(next);
  }

  /** Addresses that no subscription tells of, and that may be asked for. */
  #free(now: number): string[] {
    const shared = [...this.#feeds].filter((feed) => feed.isList);
    const single = new Set([...this.#feeds].flatMap((feed) => (feed.isList ? [] : feed.addresses)));
    const isFree = (address: string): boolean =>
      !single.has(address) && !shared.some((feed) => feed.covers(address)) && (this.#retries.get(address)?.at ?? 0) <= now;
    return [...this.#wishes.addresses].filter(isFree);
  }

  /** The first list is tried alone: how it is answered decides about the others. */
  #subscribe(gateway: NonNullable<EngineContext['gateway']>, free: string[]): void {
    let tried = 0;
    for (const feed of this.#feeds) if (!feed.isSettled) tried += 1;
    while (free.length > 0 && tried < MAX_TRIED && this.#feeds.size < MAX_FEEDS) {
      const probing = this.#lists === 'untried' && [...this.#feeds].some((feed) => feed.isList);
      if (probing) return;
      const asList = this.#lists !== 'refused' && free.length > 1;
      const feed = new Feed({
        gateway,
        addresses: free.splice(0, asList ? MAX_LIST : 1),
        ...(asList ? { list: this.#list() } : {}),
        onNews: (from, news) => this.#onNews(from, news),
        onOver: (from, end) => this.#onOver(from, end),
      });
      this.#feeds.add(feed);
      feed.start();
      if (asList) this.#context.host.environment.setTimeout(() => feed.giveUp(), LIST_LIMIT);
      tried += 1;
    }
  }

  #onNews(feed: Feed, news: readonly PresenceNews[]): void {
    for (const { address, presence } of news) {
      if (!feed.covers(address)) continue;
      this.#known.set(address, presence);
      this.#retries.delete(address);
      if (this.#wishes.has(address)) this.#tell(address);
    }
    // A list of the switch's own tells of everyone in it; who is not in it is asked for one by one.
    if (feed.isList && this.#lists === 'untried') {
      this.#lists = feed.isStatic ? 'refused' : 'known';
      this.#plan(this.#now());
    } else if (feed.isStatic && this.#lists !== 'refused') {
      this.#lists = 'refused';
      this.#plan(this.#now());
    } else if (!feed.isList) this.#plan(this.#now() + GATHER);
  }

  #onOver(feed: Feed, end: FeedEnd): void {
    this.#feeds.delete(feed);
    const now = this.#now();
    const refused = end.status === undefined ? REFUSED_REASONS.has(end.reason ?? '') : REFUSALS.has(end.status);
    if (feed.isList && (refused || end.notList)) this.#lists = 'refused';
    else for (const address of feed.addresses) this.#later(address, now, refused, end.retryAfter);
    const isPassing = end.status === undefined && PASSING_REASONS.has(end.reason ?? '');
    if (!isPassing) this.#forget(feed);
    this.#plan(now);
  }

  #later(address: string, now: number, refused: boolean, retryAfter: number | undefined): void {
    if (!this.#wishes.has(address)) return;
    const attempt = (this.#retries.get(address)?.attempt ?? -1) + 1;
    const wait = retryAfter === undefined ? backOff(attempt, this.#context.host.environment.random()) : retryAfter * 1000;
    this.#retries.set(address, { at: now + (refused ? REFUSED_FOR : Math.min(wait, REFUSED_FOR)), attempt });
  }

  #close(feed: Feed): void {
    feed.close();
    this.#feeds.delete(feed);
    this.#forget(feed);
  }

  /** Nothing is known any more of those whom the feed alone told of. */
  #forget(feed: Feed): void {
    const others = [...this.#feeds];
    for (const address of [...this.#known.keys()]) {
      if (!feed.covers(address) || others.some((other) => other.covers(address))) continue;
      this.#known.delete(address);
      this.#tell(address);
    }
  }

  #isWanted(feed: Feed): boolean {
    if (!feed.isStatic) return feed.addresses.some((address) => this.#wishes.has(address));
    for (const address of this.#wishes.addresses) if (feed.covers(address)) return true;
    return false;
  }

  #letGo(address: string): void {
    this.#retries.delete(address);
    this.#tell(address);
  }

  /** Tells what is known of an address where that is news; of one that nobody watches nothing is known. */
  #tell(address: string): void {
    const presence = (this.#wishes.has(address) ? this.#known.get(address) : undefined) ?? UNKNOWN_PRESENCE;
    const key = presence === UNKNOWN_PRESENCE ? undefined : JSON.stringify(presence);
    if (this.#told.get(address) === key) return;
    if (key === undefined) this.#told.delete(address);
    else this.#told.set(address, key);
    this.#context.tell({ type: 'presence', address, presence });
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
