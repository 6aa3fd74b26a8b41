/**
 * Transactions over reliable transports (RFC 3261 section 17): nothing is retransmitted, so what remains is matching
 * requests to their answers, and telling a repeated request from a new one.
 */
import type { Connection } from './connection.js';
import { Headers } from './headers.js';
import { writeMessage, writeResponse, type SipRequest, type SipResponse } from './message.js';
import { parameter } from './uri.js';

/** Who waits for the responses to a request that the switch sent. */
export interface ResponseListener {
  /** `branch` is the one it was sent with, `connection` where the response came from. */
  onResponse(response: SipResponse, branch: string, connection: Connection): void;
}

/** The branch of a Via value, '' when it has none. */
function branchOf(via: string): string {
  const semicolon = via.indexOf(';');
  return semicolon < 0 ? '' : (parameter(via.slice(semicolon), 'branch') ?? '');
}

/** One request that a client sent us and that we answer. */
export class ServerTransaction {
  readonly request: SipRequest;
  readonly connection: Connection;
  readonly key: string;
  /** The latest response, sent again when the client repeats itself. */
  #last: SipResponse | undefined;
  readonly #onFinal: (transaction: ServerTransaction) => void;

  constructor(request: SipRequest, connection: Connection, key: string, onFinal: (transaction: ServerTransaction) => void) {
    this.request = request;
    this.connection = connection;
    this.key = key;
    this.#onFinal = onFinal;
  }

  /** Status of the final response; undefined before it. */
  get finalStatus(): number | undefined {
    return this.#last !== undefined && this.#last.status >= 200 ? this.#last.status : undefined;
  }

  /** Sends a response to the client. After a final one only further 2xx to a 2xx pass (RFC 6026), everything else is dropped. */
  respond(response: SipResponse): void {
    const before = this.finalStatus;
    if (before !== undefined && !(before < 300 && response.status >= 200 && response.status < 300)) return;
    this.#last = response;
    this.connection.send(writeResponse(response));
    if (before === undefined && response.status >= 200) this.#onFinal(this);
  }

  /** The client sent the same request again. */
  repeat(): void {
    if (this.#last !== undefined) this.connection.send(writeResponse(this.#last));
  }
}

/** All transactions of the switch. */
export class Transactions {
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, ResponseListener>();

  /** The running transaction that a request belongs to; an ACK or CANCEL belongs to its INVITE, of the same connection. */
  find(request: SipRequest, connection: Connection): ServerTransaction | undefined {
    return this.#servers.get(serverKey(request, connection));
  }

  /** Begins a transaction. An INVITE's ends with `end`, any other once it is answered. */
  begin(request: SipRequest, connection: Connection): ServerTransaction {
    const transaction = new ServerTransaction(request, connection, serverKey(request, connection), (done) => {
      if (request.method !== 'INVITE') this.end(done);
    });
    this.#servers.set(transaction.key, transaction);
    return transaction;
  }

  /** Forgets a transaction. */
  end(transaction: ServerTransaction): void {
    if (this.#servers.get(transaction.key) === transaction) this.#servers.delete(transaction.key);
  }

  /** Responses to `branch` go to `listener` from now on. */
  expect(branch: string, listener: ResponseListener): void {
    this.#clients.set(branch, listener);
  }

  /** No more responses are wanted for `branch`. */
  forget(branch: string): void {
    this.#clients.delete(branch);
  }

  /** Hands a response to whoever waits for it; a response that nobody asked for is dropped. */
  dispatch(response: SipResponse, connection: Connection): void {
    const branch = branchOf(response.headers.get('via') ?? '');
    this.#clients.get(branch)?.onResponse(response, branch, connection);
  }

  /** Running transactions, both kinds. */
  get size(): number {
    return this.#servers.size + this.#clients.size;
  }

  /** Forgets everything. */
  clear(): void {
    this.#servers.clear();
    this.#clients.clear();
  }
}

/** Requests without the RFC 3261 cookie in their branch are told apart by their dialog identifiers as well. */
function serverKey(request: SipRequest, connection: Connection): string {
  const { headers } = request;
  const via = headers.list('via')[0] ?? '';
  const branch = branchOf(via);
  const method = request.method === 'ACK' || request.method === 'CANCEL' ? 'INVITE' : request.method;
  const sequence = parseInt(headers.get('cseq') ?? '', 10);
  const old = branch.startsWith('z9hG4bK') ? '' : [via, headers.get('call-id'), sequence, headers.get('from')].join('|');
  return `${connection.id}|${method}|${branch}|${old}`;
}

/** What an INVITE looked like on the way to one device. */
export interface SentInvite {
  readonly uri: string;
  readonly via: string;
}

/** The ACK to a final non-2xx response, which carries that response's To (RFC 3261 section 17.1.1.3). */
export function acknowledgement(invite: SipRequest, sent: SentInvite, to: string): string {
  return writeMessage(`ACK ${sent.uri} SIP/2.0`, companionHeaders('ACK', invite, sent, to), '');
}

/** The CANCEL of one branch, with the Reason of RFC 3326 (RFC 3261 section 9.1). */
export function cancellation(invite: SipRequest, sent: SentInvite, reason: string): string {
  const headers = companionHeaders('CANCEL', invite, sent, invite.headers.get('to') ?? '');
  headers.append('Reason', reason);
  return writeMessage(`CANCEL ${sent.uri} SIP/2.0`, headers, '');
}

function companionHeaders(method: string, invite: SipRequest, sent: SentInvite, to: string): Headers {
  const headers = new Headers();
  headers.append('Via', sent.via);
  headers.append('From', invite.headers.get('from') ?? '');
  headers.append('To', to);
  headers.append('Call-ID', invite.headers.get('call-id') ?? '');
  headers.append('CSeq', `${parseInt(invite.headers.get('cseq') ?? '0', 10)} ${method}`);
  headers.append('Max-Forwards', '70');
  return headers;
}
