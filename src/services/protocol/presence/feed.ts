/** One subscription to presence: of a single agent, or of a list (RFC 4662) that is sent along (RFC 5367) or kept by the switch. */
import type { Environment, TimerHandle } from '../../environment.js';
import { encodeResourceList } from '../codecs/resource-lists.js';
import type { SipGateway, SipResponse, SipSubscription } from '../gateway.js';
import { ACCEPTED_TYPES, readNotify, type Notified } from './read-notify.js';
import { minExpires, retryAfterOf } from './waits.js';

/** Seconds that a subscription is asked to live. */
const EXPIRES = 600;
/** Milliseconds within which the first list must tell something; single subscriptions are made instead. */
const LIST_LIMIT = 2500;
/** Milliseconds between two requests for the whole state, whatever a switch does with its versions. */
const CATCH_UP = 30_000;
/**
 * So many at once are a burst, and a list that the switch keeps may have lost some of it: Kamailio's rls forgets whoever changes while it
 * collects what it is about to tell.
 */
const BURST = 10;
/** Milliseconds until the whole state is asked for after a burst. */
const SETTLED = 3000;
/** Milliseconds for each agent of the list between two such requests. */
const FOR_EACH = 50;
/** Most agents that are heard of in a list that the switch keeps. */
const MAX_LISTED = 20_000;

/** How a feed ended: the switch refused it at once (`status`), or ended it later. */
export interface FeedEnd {
  /** Final status of the SUBSCRIBE; 0 where none came; undefined: it had been accepted. */
  readonly status?: number;
  readonly reason?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** What answered is no list where one was asked for, or the other way round. */
  readonly isOtherKind?: boolean;
}

/** What a feed needs. */
export interface FeedOptions {
  readonly gateway: SipGateway;
  readonly environment: Environment;
  readonly addresses: readonly string[];
  /** Address of the list; undefined subscribes to the one agent. */
  readonly list?: string;
  /** The first list: it must tell something soon. */
  readonly isProbe?: boolean;
  onNews(feed: Feed, notified: Notified): void;
  /** Once, unless it was closed from here. */
  onOver(feed: Feed, end: FeedEnd): void;
}

/** See the head of the file. */
export class Feed {
  readonly addresses: readonly string[];
  readonly isList: boolean;
  /** When it began, wall-clock ms. */
  readonly since: number;
  readonly #asked: ReadonlySet<string>;
  readonly #options: FeedOptions;
  #listed = new Set<string>();
  #subscription: SipSubscription | undefined;
  #limit: TimerHandle | undefined;
  #isOver = false;
  #isStatic = false;
  #isSettled = false;
  /** The whole list was told once: who is not in it is not told of. */
  #isComplete = false;
  #version: number | undefined;
  #caughtUp = -Infinity;
  #check: TimerHandle | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.addresses = options.addresses;
    this.isList = options.list !== undefined;
    this.since = options.environment.now();
    this.#asked = new Set(options.addresses);
  }

  /** The switch tells of its own list, whatever was asked for. */
  get isStatic(): boolean {
    return this.#isStatic;
  }

  /** The switch has answered with a notification: it is no longer being tried. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Whether it tells, or will tell, of an address. */
  covers(address: string): boolean {
    return this.#isComplete || this.#isStatic ? this.#listed.has(address) : this.#asked.has(address);
  }

  /** The addresses that it covers. */
  covered(): Iterable<string> {
    return this.#isComplete || this.#isStatic ? this.#listed : this.#asked;
  }

  /** Subscribes. */
  start(): void {
    if (this.#options.isProbe) this.#limit = this.#options.environment.setTimeout(() => this.#giveUp(), LIST_LIMIT);
    this.#subscribe(EXPIRES);
  }

  /** Ends it here. */
  close(): void {
    this.#isOver = true;
    this.#options.environment.clearTimeout(this.#limit);
    this.#options.environment.clearTimeout(this.#check);
    this.#subscription?.end();
  }

  #subscribe(expires: number): void {
    const { gateway, list } = this.#options;
    const [first = ''] = this.addresses;
    try {
      const subscription = gateway.subscribe({
        target: list ?? first,
        event: 'presence',
        accept: ACCEPTED_TYPES,
        expires,
        ...(list === undefined ? {} : { body: this.#listBody() }),
        onNotify: (request) => this.#notified(readNotify(request, first)),
        onEnd: (end) => this.#over({ ...end, isOtherKind: this.isList && !this.#isSettled }),
      });
      this.#subscription = subscription;
      subscription.accepted.then(
        (response) => this.#answered(response, expires),
        () => this.#over({ status: 0 }),
      );
    } catch {
      queueMicrotask(() => this.#over({ status: 0 }));
    }
  }

  #listBody(): { contentType: string; content: string; disposition: string } {
    const content = encodeResourceList(this.addresses.map((uri) => ({ uri })));
    return { contentType: 'application/resource-lists+xml', content, disposition: 'recipient-list' };
  }

  #answered(response: SipResponse, asked: number): void {
    if (this.#isOver || (response.status >= 200 && response.status < 300)) return;
    const longer = minExpires(response, asked);
    const retryAfter = retryAfterOf(response);
    if (longer !== undefined) this.#subscribe(longer);
    else this.#over({ status: response.status, ...(retryAfter === undefined ? {} : { retryAfter }) });
  }

  /** A list that has told nothing by now is of no use. */
  #giveUp(): void {
    if (!this.#isSettled) this.#over({ isOtherKind: true });
  }

  #notified(notified: Notified | undefined): void {
    if (this.#isOver) return;
    // What does not parse changes nothing; a list that begins so is of no use, and single subscriptions do instead.
    if (!notified && (!this.isList || this.#isSettled)) {
      this.#isSettled = true;
      return;
    }
    if (!notified || (notified.list !== undefined) !== this.isList) {
      this.#over({ isOtherKind: true });
      return;
    }
    this.#isSettled = true;
    if (notified.list) this.#keepUp(notified.list);
    for (const address of notified.addresses) {
      if (!this.#asked.has(address)) this.#isStatic = this.isList;
      if (this.#listed.size < MAX_LISTED) this.#listed.add(address);
    }
    // Who is lost is asked for one by one, as who is not listed at all.
    for (const address of notified.lost ?? []) this.#listed.delete(address);
    if (notified.list?.isFull === false && notified.addresses.length >= BURST) this.#checkSoon();
    this.#options.onNews(this, notified);
  }

  /** Asks for the whole state once a burst is over. */
  #checkSoon(): void {
    if (!this.#isStatic || this.#check !== undefined) return;
    const { environment } = this.#options;
    const least = this.#caughtUp + this.#listed.size * FOR_EACH - environment.now();
    this.#check = environment.setTimeout(
      () => {
        this.#check = undefined;
        this.#catchUp();
      },
      Math.max(SETTLED, least),
    );
  }

  #catchUp(): void {
    this.#caughtUp = this.#options.environment.now();
    this.#subscription?.refresh();
  }

  /** A gap in the versions means that a notification is lost (RFC 4662, 5.1): the whole state is asked for. */
  #keepUp({ version, isFull }: NonNullable<Notified['list']>): void {
    const { environment } = this.#options;
    const isGap = !isFull && this.#version !== undefined && version > this.#version + 1;
    this.#version = version;
    if (isFull) {
      this.#isComplete = true;
      this.#listed = new Set();
    }
    if (!isGap || environment.now() - this.#caughtUp < CATCH_UP) return;
    this.#catchUp();
  }

  #over(end: FeedEnd): void {
    if (this.#isOver) return;
    this.close();
    this.#options.onOver(this, end);
  }
}
