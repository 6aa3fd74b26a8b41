/** One established dialog on sip.js's session of the core. */
import type { IncomingRequestMessage, Session } from 'sip.js/lib/core/index.js';
import { Grammar } from 'sip.js/lib/grammar/grammar.js';
import type { DialogRef } from '../../domain/im-session.js';
import type { DialogEvents, IncomingRequest, SipDialog, SipIdentity, SipResponse } from '../gateway.js';
import { NO_RESPONSE, onFinal, requestOf, toBody } from './convert.js';
import type { SipStack } from './stack.js';

/** What sip.js gives for any received in-dialog request. */
interface CoreRequest {
  readonly message: IncomingRequestMessage;
  accept(options?: object): unknown;
  reject(options?: object): unknown;
}

/** Milliseconds that a BYE may wait for its answer. */
const BYE_LIMIT = 5000;

/** A request as the port shows it; the first answer counts. */
export function incomingRequest(request: CoreRequest): IncomingRequest {
  let answered = false;
  return {
    ...requestOf(request.message),
    respond(status, { reason, headers, body } = {}) {
      if (answered) return;
      answered = true;
      const options = {
        statusCode: status,
        ...(reason ? { reasonPhrase: reason } : {}),
        ...(headers ? { extraHeaders: [...headers] } : {}),
        ...(body ? { body: toBody(request.message.method, body) } : {}),
      };
      try {
        if (status < 300) request.accept(options);
        else request.reject(options);
      } catch {
        // The transaction is over (the socket went): nobody waits for this answer any more.
      }
    },
  };
}

/** A dialog. */
export class CoreDialog implements SipDialog {
  readonly ref: DialogRef;
  readonly remote: SipIdentity;
  readonly #stack: SipStack;
  readonly #session: Session;
  readonly #events: DialogEvents;
  readonly #onOver: (dialog: CoreDialog) => void;
  #queue: Promise<unknown> = Promise.resolve();
  #over = false;
  #onAck: (() => void) | undefined;

  constructor(stack: SipStack, session: Session, remote: SipIdentity, events: DialogEvents, onOver: (dialog: CoreDialog) => void) {
    this.#stack = stack;
    this.#session = session;
    this.#events = events;
    this.#onOver = onOver;
    this.remote = remote;
    this.ref = {
      callId: session.callId,
      localTag: session.localTag,
      remoteTag: session.remoteTag,
      remoteTarget: session.remoteTarget.toString(),
    };
    this.#listen();
  }

  /** Settles when the ACK of our 200 came; rejects never (a missing ACK ends the dialog). */
  acked(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#onAck = () => resolve(!this.#over);
      if (this.#session.sessionState === 'Confirmed') resolve(true);
    });
  }

  request(method: 'MESSAGE' | 'INFO' | 'REFER' | 'NOTIFY' | 'OPTIONS', options: Parameters<SipDialog['request']>[1] = {}): Promise<SipResponse> {
    const run = (): Promise<SipResponse> => (this.#over ? Promise.resolve({ ...NO_RESPONSE, status: 481, reason: 'Dialog is over' }) : this.#send(method, options));
    const result = this.#queue.then(run, run);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async bye({ reason, limit = BYE_LIMIT }: { reason?: string; limit?: number } = {}): Promise<SipResponse> {
    if (this.#over) return { ...NO_RESPONSE, status: 481, reason: 'Dialog is over' };
    this.#end();
    const { environment } = this.#stack;
    return new Promise((resolve) => {
      const timer = environment.setTimeout(() => resolve({ ...NO_RESPONSE, status: 408, reason: 'No answer' }), limit);
      void this.#stack
        .final((settle) => void this.#session.bye(onFinal(settle), reason ? { extraHeaders: [`Reason: ${reason}`] } : {}))
        .catch(() => NO_RESPONSE)
        .then((response) => {
          environment.clearTimeout(timer);
          this.#dispose();
          resolve(response);
        });
    });
  }

  abandon(): void {
    if (this.#over) return;
    this.#end();
    this.#dispose();
  }

  /** Another dialog took this one's place (RFC 3891): BYE goes out, and the owner is told. */
  replaced(): void {
    if (this.#over) return;
    void this.bye({ reason: 'SIP;cause=200;text="Replaced"' });
    this.#events.onEnd({ replaced: true });
  }

  #send(method: string, { body, headers }: NonNullable<Parameters<SipDialog['request']>[1]>): Promise<SipResponse> {
    const options = { ...(headers ? { extraHeaders: [...headers] } : {}), ...(body ? { body: toBody(method, body) } : {}) };
    const verb = method.toLowerCase() as 'message' | 'info' | 'refer' | 'notify';
    return this.#stack.final((settle) => void this.#session[verb](onFinal(settle), options));
  }

  #listen(): void {
    const other = (request: CoreRequest): void => this.#receive(request);
    this.#session.delegate = {
      onAck: () => this.#onAck?.(),
      onAckTimeout: () => this.#lost('SIP;cause=408;text="No ACK"'),
      onBye: (request) => {
        if (!this.#isPeer(request)) return;
        request.accept();
        this.#lost(request.message.getHeader('Reason'));
      },
      onMessage: other,
      onInfo: other,
      onNotify: other,
      onRefer: other,
      onInvite: other,
    };
  }

  /** Whether a request comes from whom the dialog is with; whoever else learnt its ids is refused. */
  #isPeer(request: CoreRequest): boolean {
    const { identity } = requestOf(request.message);
    if (identity.address === this.remote.address) return true;
    request.reject({ statusCode: 403, reasonPhrase: 'Not Your Dialog' });
    return false;
  }

  #receive(request: CoreRequest): void {
    if (this.#over) request.reject({ statusCode: 481 });
    else if (this.#isPeer(request)) this.#events.onRequest(incomingRequest(request));
  }

  #lost(reason: string | undefined): void {
    if (this.#over) return;
    this.#end();
    this.#events.onEnd({ replaced: false, ...(reason ? { reason } : {}) });
  }

  #end(): void {
    this.#over = true;
    this.#onAck?.();
    this.#onOver(this);
  }

  #dispose(): void {
    try {
      this.#session.dispose();
    } catch {
      // Already disposed of by the BYE's own end.
    }
  }
}

/** The dialog named by a Replaces header (RFC 3891, 6.1), for looking it up: Call-ID, and our tag, which is its to-tag. */
export function readReplaces(value: string): { callId: string; localTag: string; remoteTag: string } | undefined {
  const parsed = Grammar.parse(value, 'Replaces') as { call_id?: unknown; replaces_to_tag?: unknown; replaces_from_tag?: unknown } | -1;
  if (parsed === -1) return undefined;
  const { call_id: callId, replaces_to_tag: localTag, replaces_from_tag: remoteTag } = parsed;
  return typeof callId === 'string' && typeof localTag === 'string' && typeof remoteTag === 'string' ? { callId, localTag, remoteTag } : undefined;
}
