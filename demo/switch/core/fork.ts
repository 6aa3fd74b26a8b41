/**
 * One request on its way to one or more devices (RFC 3261 section 16).
 *
 * INVITE:  calling ──1xx──▶ ringing ──2xx──▶ answered   the other devices get CANCEL "completed elsewhere"
 *             │                ├──6xx──▶ that agent's other devices get CANCEL with the same cause
 *             │                ├──CANCEL of the caller──▶ cancelled (487)
 *             │                └──Expires + margin──▶ 480 after a 180, else 408
 *             └── all devices refused ──▶ the best of their answers
 */
import type { Accounts } from './accounts.js';
import { bestAnswer } from './best-response.js';
import { Branch, type Target } from './branch.js';
import type { Connection } from './connection.js';
import { answer, writeMessage, type SipResponse } from './message.js';
import { outgoingHeaders, stampResponse } from './outgoing.js';
import type { Timers } from './timers.js';
import type { ResponseListener, ServerTransaction, Transactions } from './transactions.js';

/** How long the switch waits; milliseconds. */
export interface ForkTiming {
  /** A device that says nothing at all, not even 100, is given up after this. */
  readonly silence: number;
  /** How much longer than an INVITE's Expires the switch waits, so that the device's own 487 comes first. */
  readonly expiresMargin: number;
  /** Lifetime of an INVITE without Expires. */
  readonly defaultExpires: number;
  /** How long devices have to answer a CANCEL before the caller gets 487 anyway. */
  readonly cancelGrace: number;
  /** How long a caller whose connection went may take to call again from the next one before the devices get CANCEL. */
  readonly callerGrace: number;
  /** How long answers that come too late are still taken. */
  readonly linger: number;
}

/** What a fork shares with the rest of the switch. */
export interface ForkContext {
  readonly accounts: Accounts;
  readonly transactions: Transactions;
  readonly timers: Timers;
  readonly timing: ForkTiming;
  readonly randomId: () => string;
  /** Called once no more answers are awaited. */
  readonly ended: (fork: Fork) => void;
}

const ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"';
const GIVEN_UP = 'SIP;cause=408;text="Answered too late"';

/** See the picture above. */
export class Fork implements ResponseListener {
  readonly transaction: ServerTransaction;
  readonly #context: ForkContext;
  readonly #user: string | undefined;
  readonly #branches: Branch[];
  readonly #stops: (() => void)[] = [];
  #cancelled = false;
  #ended = false;

  /** `user` is the sender, as proven to the switch. */
  constructor(context: ForkContext, transaction: ServerTransaction, user: string | undefined, targets: readonly Target[]) {
    this.#context = context;
    this.transaction = transaction;
    this.#user = user;
    this.#branches = targets.map((target) => new Branch(target, context.randomId(), context.accounts.domain));
  }

  get #isInvite(): boolean {
    return this.transaction.request.method === 'INVITE';
  }

  /** Sends the request to every device. */
  start(): void {
    const { request, connection } = this.transaction;
    const { accounts, transactions, timing } = this.#context;
    if (this.#isInvite) this.transaction.respond(answer(request, 100, 'Trying'));
    const tail = writeMessage('', outgoingHeaders(request, connection, this.#user, accounts), request.body);
    for (const branch of this.#branches) {
      transactions.expect(branch.id, this);
      branch.target.connection.send(`${request.method} ${branch.target.uri} SIP/2.0\r\nVia: ${branch.via}${tail}`);
    }
    this.#after(timing.silence, () => this.#giveUpSilent());
    if (!this.#isInvite) return;
    const lifetime = this.#lifetime();
    this.#after(lifetime, () => this.#runOut());
    this.#after(lifetime + timing.linger, () => this.#end());
  }

  /** The caller's CANCEL; its Reason goes on to every device (RFC 3326). */
  cancel(reason: string | undefined): void {
    if (this.transaction.finalStatus !== undefined || this.#cancelled) return;
    this.#cancelled = true;
    this.#cancelBranches(reason ?? 'SIP;cause=487', () => true);
    this.#after(this.#context.timing.cancelGrace, () => this.#finish(487, 'Request Terminated'));
  }

  /** The caller's connection is gone. A page that comes back calls again, and its devices refuse this one by themselves. */
  callerGone(): void {
    this.#after(this.#context.timing.callerGrace, () => this.cancel('SIP;cause=487;text="Caller disconnected"'));
  }

  onResponse(response: SipResponse, id: string, connection: Connection): void {
    const branch = this.#branches.find((candidate) => candidate.id === id && candidate.answersBy(connection));
    if (branch === undefined || /\sCANCEL$/.test(response.headers.get('cseq') ?? '')) return;
    const { request } = this.transaction;
    if (response.status >= 300 && this.#isInvite) branch.acknowledge(request, response);
    if (branch.final !== undefined && !branch.isLocal) return;
    if (branch.isLocal && response.status < 200) return branch.cancel(request, GIVEN_UP);
    branch.note(response, request);
    if (response.status < 300 && response.status > 100) this.#pass(response, connection);
    if (response.status >= 200) this.#answered(branch, response.status);
  }

  /** A device gave its final answer: what that means for the others. */
  #answered(branch: Branch, status: number): void {
    this.#context.transactions.forget(branch.id);
    if (status < 300) this.#cancelBranches(ELSEWHERE, () => true);
    if (status >= 600) {
      const reason = `SIP;cause=${status};text="Rejected on another device"`;
      this.#cancelBranches(reason, (other) => other.target.owner === branch.target.owner);
    }
    this.#settle();
  }

  #pass(response: SipResponse, from: Connection): void {
    response.headers.shift('via');
    stampResponse(response.headers, response.status, from, this.#isInvite, this.#context.accounts);
    this.transaction.respond(response);
  }

  #cancelBranches(reason: string, which: (branch: Branch) => boolean): void {
    if (!this.#isInvite) return;
    for (const branch of this.#branches) if (which(branch)) branch.cancel(this.transaction.request, reason);
  }

  /** Once every device has answered, the caller gets the best answer. A device that was given up may still wake and need its CANCEL. */
  #settle(): void {
    if (this.#branches.some((branch) => branch.final === undefined)) return;
    if (this.transaction.finalStatus === undefined) this.#passBest();
    if (!this.#isInvite || this.#branches.every((branch) => !branch.isLocal)) this.#end();
  }

  #passBest(): void {
    if (this.#cancelled) return this.#finish(487, 'Request Terminated');
    const answers = this.#branches.map((branch) => ({ branch, owner: branch.target.owner, status: branch.final?.status ?? 408 }));
    const chosen = bestAnswer(answers)?.branch;
    if (chosen?.final === undefined) return this.#finish(480, 'Not Logged In');
    if (chosen.isLocal) return this.#finish(chosen.final.status, chosen.final.reason);
    this.#pass(chosen.final, chosen.target.connection);
  }

  #finish(status: number, reason: string): void {
    this.transaction.respond(answer(this.transaction.request, status, reason, this.#context.randomId()));
  }

  #giveUpSilent(): void {
    const { request } = this.transaction;
    for (const branch of this.#branches) {
      const isDue = this.#isInvite ? branch.isSilent : branch.final === undefined;
      if (isDue) branch.giveUp(answer(request, 408, 'No Answer From Client', this.#context.randomId()));
    }
    this.#settle();
  }

  #runOut(): void {
    if (this.transaction.finalStatus !== undefined) return;
    const rang = this.#branches.some((branch) => branch.rang);
    this.#finish(rang ? 480 : 408, rang ? 'No Answer' : 'No Answer From Client');
    this.#cancelBranches('SIP;cause=480;text="No answer in time"', () => true);
  }

  #lifetime(): number {
    const { expiresMargin, defaultExpires } = this.#context.timing;
    const text = this.transaction.request.headers.get('expires') ?? '';
    const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    return (seconds > 0 ? seconds * 1000 : defaultExpires) + expiresMargin;
  }

  #after(ms: number, callback: () => void): void {
    this.#stops.push(this.#context.timers.start(callback, ms));
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const stop of this.#stops) stop();
    for (const branch of this.#branches) this.#context.transactions.forget(branch.id);
    this.#context.ended(this);
  }
}
