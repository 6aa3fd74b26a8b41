/** The presence event package (RFC 3856), and resource lists of it (RFC 4662, RFC 5367). */
import type { Accounts } from '../accounts.js';
import type { Connection } from '../connection.js';
import { answer, tagOf, type SipRequest, type SipResponse } from '../message.js';
import type { Timers } from '../timers.js';
import type { ServerTransaction, Transactions } from '../transactions.js';
import { parseUri } from '../uri.js';
import { Publications } from './publications.js';
import { chunks, listBody, listedAddresses, type ListedResource } from './rlmi.js';
import { Subscription, type NotifyBody, type SubscriptionContext, type Watched } from './subscription.js';

/** What presence needs of the switch. */
export interface PresenceOptions {
  readonly accounts: Accounts;
  readonly transactions: Transactions;
  readonly timers: Timers;
  readonly now: () => number;
  readonly randomId: () => string;
  /** User part of the address whose list is every agent. */
  readonly everyone: string;
  /** Longest subscription and publication, seconds. */
  readonly maxExpires: number;
  /** Changes within this time go into one list notification, ms. */
  readonly listDelay: number;
}

/** A list subscription never holds more agents than this. */
const MAX_LIST = 20_000;

interface Refused {
  readonly status: number;
  readonly reason: string;
  readonly header?: readonly [string, string];
}

/** Answers PUBLISH and SUBSCRIBE, sends NOTIFY. */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #publications: Publications;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #watchers = new Map<string, Set<Subscription>>();
  readonly #context: SubscriptionContext;

  constructor(options: PresenceOptions) {
    this.#options = options;
    const { accounts, timers, randomId, maxExpires } = options;
    this.#publications = new Publications({
      timers,
      randomId,
      maxExpires,
      addressOf: (user) => accounts.addressOf(user),
      changed: (user) => this.#changed(user),
    });
    this.#context = { ...options, domain: accounts.domain, ended: (subscription) => this.#end(subscription) };
  }

  /** Whether a request within a dialog belongs to one of our subscriptions, living or dead. */
  owns(request: SipRequest): boolean {
    const uri = parseUri(request.uri);
    return uri?.host === this.#options.accounts.domain && uri.user === 'presence';
  }

  /** Running subscriptions. */
  get size(): number {
    return this.#subscriptions.size;
  }

  /** Answers a PUBLISH of the proven `sender`. */
  publish(request: SipRequest, sender: string): SipResponse {
    const user = this.#options.accounts.userOf(request.uri);
    if (!isPresence(request)) return this.#answer(request, BAD_EVENT);
    if (user === undefined || user !== sender) return this.#answer(request, { status: 403, reason: 'Not Your Presence' });
    return this.#publications.publish(request, user);
  }

  /** Publishes for an agent who is not here, in place of what was published so before. */
  put(user: string, document: string): void {
    this.#publications.put(user, document);
  }

  /** Answers a SUBSCRIBE and sends the first NOTIFY. */
  subscribe(transaction: ServerTransaction): void {
    const { request, connection } = transaction;
    const existing = this.#existing(request);
    const refused = this.#refusal(request, existing);
    if (refused !== undefined) return transaction.respond(this.#answer(request, refused));
    const watched = existing?.watched ?? this.#watched(request);
    if (!('users' in watched)) return transaction.respond(this.#answer(request, watched));
    const subscription = existing ?? this.#begin(request, connection, watched);
    const seconds = this.#lifetime(request);
    subscription.renew(request, seconds);
    transaction.respond(this.#accepted(request, subscription, seconds));
    this.#notifyAll(subscription);
    if (seconds === 0) this.#end(subscription);
  }

  /** Subscriptions die with the watcher's connection. */
  drop(connection: Connection): void {
    for (const subscription of this.#subscriptions.values()) if (subscription.connection === connection) this.#end(subscription);
  }

  #existing({ headers }: SipRequest): Subscription | undefined {
    return this.#subscriptions.get([headers.get('call-id'), tagOf(headers.get('from')), tagOf(headers.get('to'))].join('|'));
  }

  #refusal(request: SipRequest, existing: Subscription | undefined): Refused | undefined {
    if (!isPresence(request)) return BAD_EVENT;
    const isWithinDialog = tagOf(request.headers.get('to')) !== undefined;
    return isWithinDialog && existing === undefined ? { status: 481, reason: 'Subscription Does Not Exist' } : undefined;
  }

  #watched(request: SipRequest): Watched | Refused {
    const { accounts, everyone } = this.#options;
    const user = accounts.userOf(request.uri) ?? '';
    const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
    const adHoc = type === 'application/resource-lists+xml' ? listedAddresses(request.body, MAX_LIST) : undefined;
    const members = user === everyone ? accounts.agentUsers() : accounts.members(user);
    const addresses = adHoc ?? members?.map((member) => accounts.addressOf(member));
    if (addresses === undefined) {
      if (accounts.agent(user) === undefined) return { status: 404, reason: 'No Such Agent' };
      return { users: [user], addresses: [request.uri], listUri: undefined };
    }
    const isAble = request.headers.list('supported').includes('eventlist');
    if (!isAble) return { status: 421, reason: 'Extension Required', header: ['Require', 'eventlist'] };
    const users = addresses.map((address) => accounts.userOf(address) ?? '');
    return { users: users.map((name) => (accounts.agent(name) === undefined ? '' : name)), addresses, listUri: request.uri };
  }

  #begin(request: SipRequest, connection: Connection, watched: Watched): Subscription {
    const subscription = new Subscription(this.#context, request, connection, watched);
    this.#subscriptions.set(subscription.id, subscription);
    for (const user of watched.users) {
      const watchers = this.#watchers.get(user) ?? new Set();
      this.#watchers.set(user, watchers.add(subscription));
    }
    return subscription;
  }

  #end(subscription: Subscription): void {
    subscription.stop();
    this.#subscriptions.delete(subscription.id);
    for (const user of subscription.watched.users) this.#watchers.get(user)?.delete(subscription);
  }

  #changed(user: string): void {
    const { timers, listDelay } = this.#options;
    for (const subscription of this.#watchers.get(user) ?? []) {
      if (subscription.watched.listUri === undefined) {
        subscription.notify(this.#document(user));
      } else {
        subscription.news.add(user);
        subscription.stopDue ??= timers.start(() => this.#notifyNews(subscription), listDelay);
      }
    }
  }

  #document(user: string): NotifyBody | undefined {
    const body = this.#publications.document(user);
    return body === undefined ? undefined : { contentType: 'application/pidf+xml', body };
  }

  #notifyAll(subscription: Subscription): void {
    const { listUri, users } = subscription.watched;
    subscription.news.clear();
    if (listUri === undefined) subscription.notify(this.#document(users[0] ?? ''));
    else this.#notifyList(subscription, listUri, true, () => true);
  }

  #notifyNews(subscription: Subscription): void {
    const news = new Set(subscription.news);
    subscription.stopDue = undefined;
    subscription.news.clear();
    this.#notifyList(subscription, subscription.watched.listUri ?? '', false, (user) => news.has(user));
  }

  /** Full state that does not fit one notification is sent in several partial ones, which RFC 4662 section 5.2 allows. */
  #notifyList(subscription: Subscription, uri: string, isFull: boolean, which: (user: string) => boolean): void {
    const { accounts, randomId } = this.#options;
    const { addresses, users } = subscription.watched;
    const resources = users.flatMap((user, index): ListedResource[] => {
      const address = addresses[index] ?? '';
      if (!which(user)) return [];
      return [
        { uri: address, name: accounts.agent(user)?.name ?? address, document: this.#publications.document(user), isUnknown: user === '' },
      ];
    });
    const pieces = chunks(resources);
    const list = { uri, domain: accounts.domain, randomId };
    for (const piece of pieces) subscription.notify(listBody(list, subscription.nextVersion(), isFull && pieces.length === 1, piece));
  }

  #accepted(request: SipRequest, subscription: Subscription, seconds: number): SipResponse {
    const response = answer(request, 200, 'OK', subscription.localTag);
    response.headers.append('Contact', `<sip:presence@${this.#options.accounts.domain}>`);
    response.headers.append('Expires', String(seconds));
    if (subscription.watched.listUri !== undefined) response.headers.append('Require', 'eventlist');
    return response;
  }

  #lifetime(request: SipRequest): number {
    const text = request.headers.get('expires') ?? '';
    return /^\d{1,10}$/.test(text) ? Math.min(Number(text), this.#options.maxExpires) : this.#options.maxExpires;
  }

  #answer(request: SipRequest, { status, reason, header }: Refused): SipResponse {
    const response = answer(request, status, reason, this.#options.randomId());
    if (header !== undefined) response.headers.append(header[0], header[1]);
    return response;
  }
}

const BAD_EVENT: Refused = { status: 489, reason: 'Bad Event', header: ['Allow-Events', 'presence'] };

function isPresence(request: SipRequest): boolean {
  return (request.headers.get('event') ?? '').split(';')[0]?.trim().toLowerCase() === 'presence';
}
