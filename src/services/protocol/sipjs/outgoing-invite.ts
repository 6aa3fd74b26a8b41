/** An INVITE of ours. */
import {
  SessionDialog,
  type IncomingResponseMessage,
  type OutgoingInviteRequest,
  type OutgoingRequestMessage,
  type Session,
} from 'sip.js/lib/core/index.js';
import type { TimerHandle } from '../../environment.js';
import type { InviteOptions, OutgoingInvite, SipDialog, SipResponse } from '../gateway.js';
import { encodeReason } from '../codecs/reason.js';
import { headerText } from '../codecs/header.js';
import { isSuccess, madeUp, responseOf, type CoreResponse } from './convert.js';
import { CoreDialog } from './dialog.js';
import type { Dialogs } from './dialogs.js';
import { MovedDevices } from './moved-devices.js';
import { Peer } from './peer.js';
import { REQUEST_LIMIT, type Settle } from './requests.js';
import type { SipStack } from './stack.js';

/** Milliseconds after CANCEL until the final response is taken for lost (64 × T1 of RFC 3261, 9.1 is longer than people wait). */
const CANCEL_LIMIT = 5000;

/** Milliseconds after CANCEL until the callee's device is looked for elsewhere. */
const UNCONFIRMED = 1000;

/** Milliseconds beyond Expires: the callee's and the switch's own answers come first. */
const EXPIRES_MARGIN = 5000;

const EXPIRED = encodeReason({ protocol: 'SIP', cause: 408, text: 'Not answered in time' });
const SECOND_BRANCH = encodeReason({ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' });
const DECLINED = encodeReason({ protocol: 'SIP', cause: 603, text: 'Rejected on another device' });
const CANCELLED = encodeReason({ protocol: 'SIP', cause: 487, text: 'Cancelled' });

type Accepted = Parameters<NonNullable<NonNullable<Parameters<SipStack['core']['invite']>[1]>['onAccept']>>[0];

/** See the head of the file. */
export class CoreInvite implements OutgoingInvite {
  readonly final: Promise<{ response: SipResponse; dialog?: SipDialog }>;
  readonly #stack: SipStack;
  readonly #dialogs: Dialogs;
  readonly #options: InviteOptions;
  /** What a repetition after a challenge shares with the first try (RFC 3261, 8.1.3.5). */
  readonly #series: { readonly callId: string; readonly fromTag: string };
  readonly #early = new Map<string, Session>();
  readonly #moved: MovedDevices;
  readonly #timers = new Set<TimerHandle>();
  #cseq = 0;
  #request: OutgoingInviteRequest | undefined;
  #settle: Settle = () => undefined;
  #answered = false;
  #isCancelled = false;
  #isOver = false;
  #dialog: CoreDialog | undefined;

  constructor(stack: SipStack, dialogs: Dialogs, options: InviteOptions) {
    this.#stack = stack;
    this.#dialogs = dialogs;
    this.#options = options;
    this.#moved = new MovedDevices(stack);
    this.#series = { callId: stack.freshId(), fromTag: stack.freshId().slice(0, 16) };
    this.final = this.#run();
  }

  cancel(reason?: string): void {
    if (this.#isCancelled || this.#isOver) return;
    this.#isCancelled = true;
    this.#moved.over(reason ?? CANCELLED);
    this.#request?.cancel(undefined, reason ? { extraHeaders: [`Reason: ${headerText(reason)}`] } : {});
    this.#after(UNCONFIRMED, () => this.#moved.unconfirmed());
    this.#after(CANCEL_LIMIT, () => this.#settle(madeUp(487, 'Cancelled')));
  }

  async #run(): Promise<{ response: SipResponse; dialog?: SipDialog }> {
    const { expires } = this.#options;
    if (expires !== undefined) this.#after(expires * 1000 + EXPIRES_MARGIN, () => this.cancel(EXPIRED));
    try {
      const response = await this.#stack.requests.run({
        limit: Infinity,
        build: () => this.#build(),
        transmit: (message, settle) => this.#transmit(message, settle),
      });
      return this.#dialog && isSuccess(response) ? { response, dialog: this.#dialog } : { response };
    } finally {
      this.#close();
    }
  }

  #build(): OutgoingRequestMessage {
    const { target, to, body, headers = [], expires } = this.#options;
    return this.#stack.message('INVITE', target, {
      ...this.#series,
      cseq: (this.#cseq += 1),
      body,
      headers: expires === undefined ? headers : [...headers, `Expires: ${expires}`],
      ...(to ? { to } : {}),
    });
  }

  #transmit(message: OutgoingRequestMessage, settle: Settle): void {
    this.#settle = settle;
    // Cancelled while credentials were fetched: it never goes out again.
    if (this.#isCancelled) return settle(madeUp(487, 'Cancelled'));
    const final = ({ message: answer }: { message: IncomingResponseMessage }): void => {
      this.#moved.over(answer.statusCode === 603 ? DECLINED : CANCELLED);
      settle(responseOf(answer));
    };
    this.#request = this.#stack.core.invite(message, {
      onTrying: () => (this.#answered = true),
      onProgress: ({ message: progress, session }) => this.#progress(progress, session),
      onAccept: (response) => this.#accept(response),
      onReject: final,
      onRedirect: final,
    });
    this.#after(REQUEST_LIMIT, () => this.#answered || settle(madeUp(408, 'No answer')));
  }

  #progress(message: IncomingResponseMessage, session: Session): void {
    this.#answered = true;
    if (this.#isOver) return;
    const response = responseOf(message);
    this.#moved.rings(session);
    this.#early.set(session.id, session);
    this.#dialogs.begin(session, this.#peerOf(response, session));
    this.#options.onProgress?.(response);
  }

  /** A second branch that answered, or an answer that our CANCEL met: acknowledged and ended (RFC 3261, 13.2.2.4). */
  #accept(response: Accepted): void {
    response.ack();
    const { message, session } = response;
    const isUseless = this.#isCancelled || this.#isOver || this.#dialog !== undefined;
    if (isUseless || !(session instanceof SessionDialog)) {
      this.#dialogs.forget(session);
      session.bye(undefined, { extraHeaders: [`Reason: ${this.#isCancelled ? CANCELLED : SECOND_BRANCH}`] });
      return this.#settle(madeUp(487, 'Cancelled'));
    }
    this.#establish(responseOf(message), session);
  }

  #establish(response: CoreResponse, session: SessionDialog): void {
    const { events } = this.#options;
    const peer = this.#peerOf(response, session);
    this.#early.delete(session.id);
    this.#moved.over(SECOND_BRANCH, session);
    this.#dialog = new CoreDialog({ stack: this.#stack, dialogs: this.#dialogs, session, peer, events, isCaller: true });
    this.#dialogs.establish(session, this.#dialog);
    this.#settle(response);
  }

  #peerOf(response: CoreResponse, session: Session): Peer {
    const identity = response.identity ?? { address: this.#options.target, asserted: false };
    return new Peer(identity, session.remoteURI.toString(), session.remoteTarget.toString());
  }

  #after(ms: number, action: () => void): void {
    if (!this.#isOver) this.#timers.add(this.#stack.environment.setTimeout(action, ms));
  }

  #close(): void {
    this.#isOver = true;
    for (const timer of this.#timers) this.#stack.environment.clearTimeout(timer);
    for (const session of this.#early.values()) this.#dialogs.forget(session);
  }
}
