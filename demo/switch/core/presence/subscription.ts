/** One watcher's subscription: a dialog in which the switch sends NOTIFY (RFC 6665). */
import type { Connection } from '../connection.js';
import { Headers } from '../headers.js';
import { tagOf, writeMessage, type SipRequest, type SipResponse } from '../message.js';
import type { Timers } from '../timers.js';
import type { ResponseListener, Transactions } from '../transactions.js';
import { parseNameAddress } from '../uri.js';

/** What a notification carries. */
export interface NotifyBody {
  readonly contentType: string;
  readonly body: string;
}

/** What a subscription is about. */
export interface Watched {
  /** User parts of the agents; empty strings stand for addresses that are not agents. */
  readonly users: readonly string[];
  /** Addresses as the watcher wrote them, in the order of `users`. */
  readonly addresses: readonly string[];
  /** Address of the list; undefined for a single agent. */
  readonly listUri: string | undefined;
}

/** What a subscription shares with the rest of the switch. */
export interface SubscriptionContext {
  readonly domain: string;
  readonly transactions: Transactions;
  readonly timers: Timers;
  readonly now: () => number;
  readonly randomId: () => string;
  /** The subscription is over: expired, or the watcher denies it. */
  readonly ended: (subscription: Subscription) => void;
}

/** The dialog of one watcher. */
export class Subscription implements ResponseListener {
  readonly connection: Connection;
  readonly watched: Watched;
  /** Our tag, for the To of the answer. */
  readonly localTag: string;
  /** Agents with news that the watcher has not been told of (lists only). */
  readonly news = new Set<string>();
  /** Stops the list notification that is due. */
  stopDue: (() => void) | undefined;
  readonly #context: SubscriptionContext;
  readonly #request: SipRequest;
  readonly #unanswered = new Set<string>();
  #contact: string;
  #cseq = 0;
  #version = 0;
  #expiresAt = 0;
  #stopExpiry: (() => void) | undefined;

  constructor(context: SubscriptionContext, request: SipRequest, connection: Connection, watched: Watched) {
    this.#context = context;
    this.#request = request;
    this.connection = connection;
    this.watched = watched;
    this.localTag = context.randomId();
    this.#contact = contactOf(request) ?? request.uri;
  }

  /** Call-ID and both tags. */
  get id(): string {
    const { headers } = this.#request;
    return [headers.get('call-id'), tagOf(headers.get('from')), this.localTag].join('|');
  }

  /** The version of the next list notification, counted from 0. */
  nextVersion(): number {
    return this.#version++;
  }

  /** Begins or prolongs; 0 seconds makes the next NOTIFY the last. */
  renew(request: SipRequest, seconds: number): void {
    this.#contact = contactOf(request) ?? this.#contact;
    this.#stopExpiry?.();
    this.#expiresAt = this.#context.now() + seconds * 1000;
    if (seconds > 0) this.#stopExpiry = this.#context.timers.start(() => this.#expire(), seconds * 1000);
  }

  /** Sends one NOTIFY; without a body when nothing is known. */
  notify(content: NotifyBody | undefined): void {
    const { domain, randomId, transactions } = this.#context;
    const { headers: theirs } = this.#request;
    const branch = `z9hG4bK${randomId()}`;
    const headers = new Headers();
    headers.append('Via', `SIP/2.0/WS ${domain};branch=${branch}`);
    headers.append('Max-Forwards', '70');
    headers.append('From', `${theirs.get('to') ?? ''};tag=${this.localTag}`);
    headers.append('To', theirs.get('from') ?? '');
    headers.append('Call-ID', theirs.get('call-id') ?? '');
    headers.append('CSeq', `${++this.#cseq} NOTIFY`);
    headers.append('Contact', `<sip:presence@${domain}>`);
    headers.append('Event', theirs.get('event') ?? 'presence');
    headers.append('Subscription-State', this.#state());
    if (this.watched.listUri !== undefined) headers.append('Require', 'eventlist');
    if (content !== undefined) headers.append('Content-Type', content.contentType);
    transactions.expect(branch, this);
    this.#unanswered.add(branch);
    this.connection.send(writeMessage(`NOTIFY ${this.#contact} SIP/2.0`, headers, content?.body ?? ''));
  }

  onResponse(response: SipResponse, branch: string): void {
    if (response.status < 200) return;
    this.#unanswered.delete(branch);
    this.#context.transactions.forget(branch);
    if (response.status === 481) this.#context.ended(this);
  }

  /** Frees what the subscription holds. */
  stop(): void {
    this.#stopExpiry?.();
    this.stopDue?.();
    for (const branch of this.#unanswered) this.#context.transactions.forget(branch);
  }

  #state(): string {
    const seconds = Math.ceil((this.#expiresAt - this.#context.now()) / 1000);
    return seconds > 0 ? `active;expires=${seconds}` : 'terminated;reason=timeout';
  }

  #expire(): void {
    this.#expiresAt = 0;
    this.notify(undefined);
    this.#context.ended(this);
  }
}

function contactOf(request: SipRequest): string | undefined {
  return parseNameAddress(request.headers.list('contact')[0] ?? '')?.uri;
}
