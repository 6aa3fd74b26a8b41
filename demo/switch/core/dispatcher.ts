/** What happens to each frame that arrives: the order of the checks, and who handles what passes them. */
import type { Accounts } from './accounts.js';
import type { Bindings } from './bindings.js';
import type { Connection } from './connection.js';
import { Authenticator, type DigestAlgorithm } from './digest.js';
import { Fork, type ForkContext, type ForkTiming } from './fork.js';
import { answer, parseMessage, tagOf, writeMessage, writeResponse, type SipRequest, type SipResponse } from './message.js';
import { outgoingHeaders } from './outgoing.js';
import type { Presence } from './presence/presence.js';
import { Registrar } from './registrar.js';
import { dialogDestination, initialDestination, type Destination, type RoutingTables } from './routing.js';
import { isAnswerable, refusalOf, type Refusal } from './sanity.js';
import { utf8Length } from './text.js';
import type { Timers } from './timers.js';
import type { ServerTransaction, Transactions } from './transactions.js';
import { parseNameAddress, parseUri } from './uri.js';

/** Everything that the dispatcher connects. */
export interface DispatcherOptions {
  readonly accounts: Accounts;
  readonly bindings: Bindings;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly presence: Presence;
  readonly transactions: Transactions;
  readonly timers: Timers;
  readonly timing: ForkTiming;
  readonly now: () => number;
  readonly randomId: () => string;
  readonly algorithms: readonly DigestAlgorithm[];
  readonly nonceLifetime: number;
  readonly minExpires: number;
  readonly maxExpires: number;
  readonly maxContacts: number;
  readonly maxMessageBytes: number;
}

const KEEP_ALIVE = /^(?:\r\n)+$/;
const METHODS = 'INVITE, ACK, CANCEL, BYE, MESSAGE, OPTIONS, REGISTER, SUBSCRIBE, NOTIFY, PUBLISH, REFER, INFO, UPDATE, PRACK';

/** One per switch. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #tables: RoutingTables;
  readonly #authenticator: Authenticator;
  readonly #registrar: Registrar;
  readonly #forkContext: ForkContext;
  /** INVITEs under way: a caller who vanishes must not leave telephones ringing. */
  readonly #invites = new Map<ServerTransaction, Fork>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#tables = options;
    this.#authenticator = new Authenticator(options);
    this.#registrar = new Registrar({ ...options, authenticator: this.#authenticator });
    this.#forkContext = { ...options, ended: (fork) => this.#forget(fork) };
  }

  /** One frame from a client. Never throws; what makes no sense is dropped. */
  receive(frame: string, connection: Connection): void {
    if (KEEP_ALIVE.test(frame)) return connection.send('\r\n');
    const message = parseMessage(frame);
    if (message.kind === 'response') this.#options.transactions.dispatch(message, connection);
    else if (message.kind === 'request' && isAnswerable(message)) this.#request(message, connection, utf8Length(frame));
  }

  /** A client is gone: its contacts, its subscriptions and what it was calling go with it. */
  closed(connection: Connection): void {
    this.#options.bindings.drop(connection);
    this.#options.presence.drop(connection);
    for (const [transaction, fork] of this.#invites) {
      if (transaction.connection === connection) fork.callerGone();
    }
  }

  #request(request: SipRequest, connection: Connection, bytes: number): void {
    const refusal = this.#firstRefusal(request, bytes);
    if (request.method === 'ACK') {
      if (refusal === undefined) this.#acknowledge(request, connection);
      return;
    }
    if (refusal !== undefined) return connection.send(writeResponse(this.#refused(request, refusal)));
    const running = this.#options.transactions.find(request, connection);
    if (request.method === 'CANCEL') return this.#cancel(request, connection, running);
    if (running !== undefined) return running.repeat();
    this.#begin(this.#options.transactions.begin(request, connection));
  }

  #firstRefusal(request: SipRequest, bytes: number): Refusal | undefined {
    if (bytes > this.#options.maxMessageBytes) return { status: 513, reason: 'Message Too Large' };
    const refusal = refusalOf(request);
    if (refusal !== undefined) return refusal;
    return request.headers.get('max-forwards') === '0' ? { status: 483, reason: 'Too Many Hops' } : undefined;
  }

  /** The ACK to a refusal ends here; the ACK to a 200 goes on to the device that sent it. */
  #acknowledge(request: SipRequest, connection: Connection): void {
    const { accounts, randomId, transactions } = this.#options;
    const running = transactions.find(request, connection);
    if (running !== undefined) {
      if ((running.finalStatus ?? 0) >= 300) transactions.end(running);
      return;
    }
    if (!this.#popRoute(request)) return;
    const destination = dialogDestination(this.#tables, request);
    const target = 'targets' in destination ? destination.targets[0] : undefined;
    if (target === undefined) return;
    const headers = outgoingHeaders(request, connection, connection.user, accounts);
    headers.prepend('Via', `SIP/2.0/WS ${accounts.domain};branch=z9hG4bK${randomId()}`);
    target.connection.send(writeMessage(`ACK ${target.uri} SIP/2.0`, headers, request.body));
  }

  #cancel(request: SipRequest, connection: Connection, invite: ServerTransaction | undefined): void {
    const found = invite !== undefined;
    connection.send(writeResponse(answer(request, found ? 200 : 481, found ? 'OK' : 'No Such Transaction', this.#options.randomId())));
    if (found) this.#invites.get(invite)?.cancel(request.headers.get('reason'));
  }

  #begin(transaction: ServerTransaction): void {
    const { request, connection } = transaction;
    const uri = parseUri(request.uri);
    if (request.method === 'OPTIONS' && uri?.host === this.#options.accounts.domain && uri.user === undefined) {
      return transaction.respond(this.#capabilities(request));
    }
    if (request.method === 'REGISTER') return transaction.respond(this.#registrar.register(request, connection));
    if (tagOf(request.headers.get('to')) !== undefined) return this.#withinDialog(transaction);
    const sender = this.#sender(transaction);
    if (sender !== undefined) this.#outsideDialog(transaction, sender);
  }

  /** Never challenged: clients reuse the CSeq after an occasional 407 within a dialog. */
  #withinDialog(transaction: ServerTransaction): void {
    const { request, connection } = transaction;
    if (connection.user === undefined) return this.#refuse(transaction, { status: 403, reason: 'Register First' });
    if (request.method === 'SUBSCRIBE' && this.#options.presence.owns(request)) return this.#options.presence.subscribe(transaction);
    if (!this.#popRoute(request)) return this.#refuse(transaction, { status: 403, reason: 'Internal Routes Only' });
    this.#fork(transaction, connection.user, dialogDestination(this.#tables, request));
  }

  #outsideDialog(transaction: ServerTransaction, sender: string): void {
    const { accounts, presence } = this.#options;
    const { request } = transaction;
    if (accounts.userOf(parseNameAddress(request.headers.get('from') ?? '')?.uri ?? '') !== sender) {
      return this.#refuse(transaction, { status: 403, reason: 'From Is Not You' });
    }
    if (parseUri(request.uri)?.host !== accounts.domain)
      return this.#refuse(transaction, { status: 403, reason: 'Internal Sessions Only' });
    if (request.method === 'PUBLISH') return transaction.respond(presence.publish(request, sender));
    if (request.method === 'SUBSCRIBE') return presence.subscribe(transaction);
    if (!this.#popRoute(request)) return this.#refuse(transaction, { status: 403, reason: 'Internal Routes Only' });
    this.#fork(transaction, sender, initialDestination(this.#tables, request, sender));
  }

  /** Who sends a request: the agent of the connection, or of valid credentials; undefined when it was challenged. */
  #sender(transaction: ServerTransaction): string | undefined {
    const { request, connection } = transaction;
    if (connection.user !== undefined) return connection.user;
    const proof = this.#authenticator.verify(request, 'Proxy-Authorization');
    if (proof.kind === 'user') return proof.user;
    const response = this.#refused(request, { status: 407, reason: 'Proxy Authentication Required' });
    for (const value of this.#authenticator.challenges(proof.kind === 'stale')) response.headers.append('Proxy-Authenticate', value);
    transaction.respond(response);
    this.#endLater(transaction);
    return undefined;
  }

  #fork(transaction: ServerTransaction, sender: string, destination: Destination): void {
    if (!('targets' in destination)) return this.#refuse(transaction, destination);
    const fork = new Fork(this.#forkContext, transaction, sender, destination.targets);
    if (transaction.request.method === 'INVITE') this.#invites.set(transaction, fork);
    fork.start();
  }

  /** Keeps a refused INVITE's transaction until its ACK, at most for the linger time. */
  #refuse(transaction: ServerTransaction, refusal: Refusal): void {
    transaction.respond(this.#refused(transaction.request, refusal));
    this.#endLater(transaction);
  }

  #forget(fork: Fork): void {
    this.#invites.delete(fork.transaction);
    if ((fork.transaction.finalStatus ?? 0) >= 300) this.#endLater(fork.transaction);
    else this.#options.transactions.end(fork.transaction);
  }

  #endLater(transaction: ServerTransaction): void {
    const { timers, timing, transactions } = this.#options;
    if (transaction.request.method === 'INVITE') timers.start(() => transactions.end(transaction), timing.linger);
  }

  /** Takes our own Route values off; false when a foreign one is left, which we would not serve. */
  #popRoute(request: SipRequest): boolean {
    const { headers } = request;
    for (let route = headers.list('route')[0]; route !== undefined; route = headers.list('route')[0]) {
      if (parseUri(parseNameAddress(route)?.uri ?? '')?.host !== this.#options.accounts.domain) return false;
      headers.shift('route');
    }
    return true;
  }

  #capabilities(request: SipRequest): SipResponse {
    const response = answer(request, 200, 'OK', this.#options.randomId());
    response.headers.append('Allow', METHODS);
    response.headers.append('Supported', 'gruu, eventlist, recipient-list-subscribe');
    response.headers.append('Allow-Events', 'presence');
    return response;
  }

  #refused(request: SipRequest, { status, reason }: Refusal): SipResponse {
    const response = answer(request, status, reason, this.#options.randomId());
    if (status === 405) response.headers.append('Allow', 'INVITE, SUBSCRIBE');
    if (status === 420) response.headers.append('Unsupported', request.headers.get('proxy-require') ?? '');
    return response;
  }
}
