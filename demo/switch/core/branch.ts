/** One device that a request was forked to. */
import type { Connection } from './connection.js';
import type { SipRequest, SipResponse } from './message.js';
import { acknowledgement, cancellation } from './transactions.js';

/** Where a request goes. */
export interface Target {
  readonly connection: Connection;
  /** Request-URI for this device. */
  readonly uri: string;
  /** User part of the agent whose device it is; '' where nobody's. */
  readonly owner: string;
}

/** The client transaction toward one device. */
export class Branch {
  target: Target;
  /** The branch parameter of our Via; unique. */
  readonly id: string;
  readonly via: string;
  /** The final answer; local when the switch gave up waiting. */
  final: SipResponse | undefined;
  isLocal = false;
  /** Whether a 180 or the like has come. */
  rang = false;
  #heard = false;
  /** A CANCEL that waits for the first provisional response (RFC 3261 section 9.1). */
  #owedCancel: string | undefined;
  #cancelSent = false;

  constructor(target: Target, id: string, domain: string) {
    this.target = target;
    this.id = `z9hG4bK${id}`;
    this.via = `SIP/2.0/WS ${domain};branch=${this.id}`;
  }

  /** The device has not even said 100. */
  get isSilent(): boolean {
    return !this.#heard && this.final === undefined;
  }

  /** Whether an answer that comes on `connection` is this device's: it may have lost the one before, and answer on its next. */
  answersBy(connection: Connection): boolean {
    const before = this.target.connection;
    if (connection === before) return true;
    if (before.isOpen || connection.user === undefined || connection.user !== before.user) return false;
    this.target = { ...this.target, connection };
    return true;
  }

  /** Takes note of a response. */
  note(response: SipResponse, invite: SipRequest): void {
    this.#heard = true;
    this.isLocal = false;
    if (response.status >= 180 && response.status < 200) this.rang = true;
    if (response.status >= 200) this.final = response;
    else if (this.#owedCancel !== undefined) this.cancel(invite, this.#owedCancel);
  }

  /** Stops waiting; `response` stands for the answer that never came. */
  giveUp(response: SipResponse): void {
    this.final = response;
    this.isLocal = true;
  }

  /** Sends CANCEL, or as soon as the device has said anything. Does nothing after its final answer. */
  cancel(invite: SipRequest, reason: string): void {
    if ((this.final !== undefined && !this.isLocal) || this.#cancelSent) return;
    this.#owedCancel = reason;
    if (!this.#heard && !this.isLocal) return;
    this.#cancelSent = true;
    this.target.connection.send(cancellation(invite, { uri: this.target.uri, via: this.via }, reason));
  }

  /** Acknowledges a final non-2xx answer to an INVITE. */
  acknowledge(invite: SipRequest, response: SipResponse): void {
    const to = response.headers.get('to') ?? invite.headers.get('to') ?? '';
    this.target.connection.send(acknowledgement(invite, { uri: this.target.uri, via: this.via }, to));
  }
}
