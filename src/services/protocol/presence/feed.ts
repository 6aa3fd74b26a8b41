/** One subscription to presence: of a single agent, or of a list (RFC 4662) that is sent along (RFC 5367) or kept by the switch. */
import { encodeResourceList } from '../codecs/resource-lists.js';
import type { SipGateway, SipSubscription } from '../gateway.js';
import { ACCEPTED_TYPES, readNotify, type PresenceNews } from './read-notify.js';

/** Seconds that a subscription is asked to live. */
const EXPIRES = 600;

/** Most agents that are heard of in a list that the switch keeps. */
const MAX_LISTED = 20_000;

/** How a feed ended: the switch refused it at once (`status`), or ended it later. */
export interface FeedEnd {
  /** Final status of the SUBSCRIBE; 0 where none came; undefined: it had been accepted. */
  readonly status?: number;
  readonly reason?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** What answered is no list. */
  readonly notList?: boolean;
}

/** What a feed needs. */
export interface FeedOptions {
  readonly gateway: SipGateway;
  readonly addresses: readonly string[];
  /** Address of the list; undefined subscribes to the one agent. */
  readonly list?: string;
  onNews(feed: Feed, news: readonly PresenceNews[]): void;
  /** Once, unless it was closed from here. */
  onOver(feed: Feed, end: FeedEnd): void;
}

/** See the head of the file. */
export class Feed {
  readonly addresses: readonly string[];
  readonly isList: boolean;
  readonly #asked: ReadonlySet<string>;
  readonly #listed = new Set<string>();
  readonly #options: FeedOptions;
  #subscription: SipSubscription | undefined;
  #isOver = false;
  #isStatic = false;
  #isSettled = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.addresses = options.addresses;
    this.isList = options.list !== undefined;
    this.#asked = new Set(options.addresses);
  }

  /** The switch tells of its own list, whatever was asked for. */
  get isStatic(): boolean {
    return this.#isStatic;
  }

  /** The switch has told something: it is no longer being tried. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Whether it tells, or will tell, of an address. */
  covers(address: string): boolean {
    return this.#isStatic ? this.#listed.has(address) : this.#asked.has(address);
  }

  /** Subscribes. */
  start(): void {
    const { gateway, list } = this.#options;
    const [first = ''] = this.addresses;
    const content = encodeResourceList(this.addresses.map((uri) => ({ uri })));
    try {
      this.#subscription = gateway.subscribe({
        target: list ?? first,
        event: 'presence',
        accept: ACCEPTED_TYPES,
        expires: EXPIRES,
        ...(list === undefined
          ? {}
          : { body: { contentType: 'application/resource-lists+xml', content, disposition: 'recipient-list' } }),
        onNotify: (request) => this.#notified(readNotify(request, first)),
        onEnd: ({ reason, retryAfter }) =>
          this.#over({
            ...(reason === undefined ? {} : { reason }),
            ...(retryAfter === undefined ? {} : { retryAfter }),
            notList: this.isList && !this.#isSettled,
          }),
      });
      this.#subscription.accepted.then(
        ({ status }) => (status >= 200 && status < 300 ? undefined : this.#over({ status })),
        () => this.#over({ status: 0 }),
      );
    } catch {
      queueMicrotask(() => this.#over({ status: 0 }));
    }
  }

  /** A list that has told nothing by now is of no use. */
  giveUp(): void {
    if (!this.#isSettled) this.#over({ notList: true });
  }

  /** Ends it here. */
  close(): void {
    this.#isOver = true;
    this.#subscription?.end();
  }

  #notified(notified: ReturnType<typeof readNotify>): void {
    if (this.#isOver) return;
    // What does not parse changes nothing; a list that begins so is of no use, and single subscriptions do instead.
    if (!notified && (!this.isList || this.#isSettled)) return;
    if (notified?.isList !== this.isList) {
      this.#over({ notList: true });
      return;
    }
    this.#isSettled = true;
    for (const { address } of notified.news) {
      if (!this.#asked.has(address)) this.#isStatic = this.isList;
      if (this.#listed.size < MAX_LISTED) this.#listed.add(address);
    }
    this.#options.onNews(this, notified.news);
  }

  #over(end: FeedEnd): void {
    if (this.#isOver) return;
    this.close();
    this.#options.onOver(this, end);
  }
}
