/** One established dialog on sip.js's session of the core. */
import type { SessionDialog } from 'sip.js/lib/core/index.js';
import type { DialogRef } from '../../domain/im-session.js';
import type { DialogEvents, IncomingRequest, SipBody, SipDialog, SipIdentity, SipResponse } from '../gateway.js';
import { headersWith, madeUp, NO_RESPONSE, requestOf, toBody } from './convert.js';
import type { Dialogs } from './dialogs.js';
import { incomingRequest, orRefuse, type CoreRequest } from './incoming-request.js';
import type { Peer } from './peer.js';
import { ReInvites } from './re-invites.js';
import { ALLOW, type SipStack } from './stack.js';

/** Milliseconds in which the ACK of a re-INVITE must come: 64 × T1 (RFC 3261, 14.2). sip.js waits for ever. */
const ACK_LIMIT = 32_000;

/** Milliseconds that a BYE may wait for its answer. */
const BYE_LIMIT = 5000;

/** Methods that refresh the remote target, and so name ours (RFC 3261, 12.2; RFC 3515, 2.2; RFC 6665, 8.1.2). */
const WITH_CONTACT: ReadonlySet<string> = new Set(['REFER', 'NOTIFY']);

/** What a dialog is made of. */
export interface CoreDialogOptions {
  readonly stack: SipStack;
  readonly dialogs: Dialogs;
  readonly session: SessionDialog;
  readonly peer: Peer;
  readonly events: DialogEvents;
  /** Whether the INVITE was ours. */
  readonly isCaller: boolean;
}

/** See the head of the file. */
export class CoreDialog implements SipDialog {
  readonly peer: Peer;
  readonly #options: CoreDialogOptions;
  readonly #reInvites: ReInvites;
  #over = false;
  #acknowledge: ((isEstablished: boolean) => void) | undefined;
  /** Who waits for the ACK of a re-INVITE. */
  #reAcknowledge: ((body: SipBody | undefined) => void) | undefined;

  constructor(options: CoreDialogOptions) {
    this.#options = options;
    this.peer = options.peer;
    this.#reInvites = new ReInvites(options.stack, options.session, options.isCaller);
    this.#listen();
  }

  /** sip.js's id of the dialog. */
  get id(): string {
    return this.#options.session.id;
  }

  get remote(): SipIdentity {
    return this.peer.identity;
  }

  get ref(): DialogRef {
    const { callId, localTag, remoteTag, remoteTarget } = this.#options.session;
    const asserted = this.remote.asserted ? { asserted: true } : {};
    return { callId, localTag, remoteTag, remoteTarget: remoteTarget.toString(), ...asserted };
  }

  /** Settles when the ACK of our 200 came; false where it never did, or the caller ended the dialog first. */
  acked(): Promise<boolean> {
    return new Promise((resolve) => (this.#acknowledge = resolve));
  }

  request(
    method: Parameters<SipDialog['request']>[0],
    { body, headers }: NonNullable<Parameters<SipDialog['request']>[1]> = {},
  ): Promise<SipResponse> {
    const { session, stack } = this.#options;
    if (this.#over) return Promise.resolve(madeUp(481, 'Dialog is over'));
    return stack.requests.run({
      build: () =>
        session.createOutgoingRequestMessage(method, {
          extraHeaders: [...(WITH_CONTACT.has(method) ? [`Contact: ${stack.contact}`] : []), ...headersWith(method, headers, body)],
          ...(body ? { body: toBody(method, body) } : {}),
        }),
    });
  }

  reinvite(options: Parameters<SipDialog['reinvite']>[0]): Promise<SipResponse> {
    if (this.#over) return Promise.resolve(madeUp(481, 'Dialog is over'));
    return this.#reInvites.send(options);
  }

  async bye({ reason, limit = BYE_LIMIT }: { reason?: string; limit?: number } = {}): Promise<SipResponse> {
    if (this.#over) return madeUp(481, 'Dialog is over');
    const { session, stack } = this.#options;
    const extraHeaders = headersWith('BYE', reason ? [`Reason: ${reason}`] : [], undefined);
    const answer = stack.requests.run({ limit, build: () => session.createOutgoingRequestMessage('BYE', { extraHeaders }) });
    this.#end();
    return answer.catch(() => NO_RESPONSE);
  }

  abandon(): void {
    if (!this.#over) this.#end();
  }

  /** Another dialog took this one's place (RFC 3891): BYE goes out, and the owner is told. */
  replaced(): void {
    if (this.#over) return;
    void this.bye({ reason: 'SIP;cause=200;text="Replaced"' });
    this.#options.events.onEnd({ replaced: true });
  }

  #listen(): void {
    const { session } = this.#options;
    const receive = (request: CoreRequest): void => this.#receive(incomingRequest(request));
    session.delegate = {
      onAck: ({ message }) => {
        if (this.#acknowledge) this.#settleAck(true);
        else this.#settleReAck(requestOf(message).body);
      },
      onAckTimeout: () => this.#unacknowledged(),
      onBye: (request) => {
        request.accept();
        this.#ended(request.message.getHeader('Reason'));
      },
      onMessage: receive,
      onInfo: receive,
      onNotify: receive,
      onRefer: receive,
      onInvite: (request) => this.#reInvited(request),
    };
  }

  #reInvited(request: CoreRequest): void {
    const { stack } = this.#options;
    const received = incomingRequest(request, () => [`Contact: ${stack.contact}`, ALLOW]);
    const acknowledged = (): Promise<SipBody | undefined> => {
      const late = stack.environment.setTimeout(() => this.#unacknowledged(), ACK_LIMIT);
      return new Promise((resolve) => {
        this.#reAcknowledge = (body) => {
          stack.environment.clearTimeout(late);
          resolve(body);
        };
      });
    };
    this.#receive({ ...received, acknowledged });
  }

  #receive(request: IncomingRequest): void {
    orRefuse(
      () => this.#options.events.onRequest(request),
      () => request.respond(500),
    );
  }

  /** The caller, or who changed the dialog, never acknowledged (RFC 3261, 13.3.1.4 and 14.2). */
  #unacknowledged(): void {
    if (this.#over) return;
    const reason = 'SIP;cause=408;text="No ACK"';
    const isNews = this.#acknowledge === undefined;
    void this.bye({ reason });
    if (isNews) this.#options.events.onEnd({ replaced: false, reason });
  }

  #ended(reason: string | undefined): void {
    if (this.#over) return;
    const isNews = this.#acknowledge === undefined;
    this.#end();
    if (isNews) this.#options.events.onEnd({ replaced: false, ...(reason ? { reason } : {}) });
  }

  #end(): void {
    const { dialogs, session } = this.#options;
    this.#over = true;
    dialogs.forget(session);
    this.#settleAck(false);
    this.#settleReAck(undefined);
    session.dispose();
  }

  #settleAck(isEstablished: boolean): void {
    const settle = this.#acknowledge;
    this.#acknowledge = undefined;
    settle?.(isEstablished);
  }

  #settleReAck(body: SipBody | undefined): void {
    const settle = this.#reAcknowledge;
    this.#reAcknowledge = undefined;
    settle?.(body);
  }
}
