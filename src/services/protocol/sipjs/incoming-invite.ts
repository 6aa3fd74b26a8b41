/** An INVITE that arrived, outside any dialog. */
import { SessionDialog, type IncomingInviteRequest, type IncomingRequestMessage } from 'sip.js/lib/core/index.js';
import type { TimerHandle } from '../../environment.js';
import { ServiceError } from '../../service-error.js';
import { parseAddress } from '../../domain/party.js';
import { headerText } from '../codecs/header.js';
import { decodeSdp, kindOfSdp } from '../codecs/im-sdp.js';
import { decodeMultipart } from '../codecs/multipart.js';
import { decodeNameAddr } from '../codecs/name-addr.js';
import { encodeReason } from '../codecs/reason.js';
import type { DialogEvents, DialogName, IncomingInvite, IncomingRequest, SipBody, SipDialog } from '../gateway.js';
import { headersWith, requestOf, senderOf, toBody } from './convert.js';
import { CoreDialog } from './dialog.js';
import { dialogNamedBy, type Dialogs } from './dialogs.js';
import { answerOptions } from './incoming-request.js';
import { Peer } from './peer.js';
import { addField } from './sip-message.js';
import type { SipStack } from './stack.js';

/** Bounds of Expires, seconds. */
const MAX_EXPIRES = 3600;

/** Milliseconds beyond Expires after which the invitation ends even where nobody ended it. */
const EXPIRES_MARGIN = 2000;

const EXPIRED = encodeReason({ protocol: 'SIP', cause: 408, text: 'Not answered in time' });

type AcceptOptions = Parameters<IncomingInvite['accept']>[0];
type Answer = Parameters<IncomingRequest['respond']>[1];

/** What the offer is for. */
function mediaOf(body: SipBody | undefined): IncomingInvite['media'] {
  if (!body) return 'none';
  const isMultipart = /^multipart\//i.test(body.contentType);
  const parts = isMultipart
    ? (decodeMultipart(body.contentType, body.content) ?? [])
    : [{ contentType: body.contentType, body: body.content }];
  const sdp = parts.find((part) => /^application\/sdp/i.test(part.contentType))?.body;
  if (sdp === undefined) return 'none';
  const kind = kindOfSdp(decodeSdp(sdp));
  return kind === 'video' ? 'unknown' : kind;
}

/** Expires in seconds, bounded; sip.js fires at once on nonsense and on more than its timers hold. */
function expiresOf(value: string | undefined): number | undefined {
  const seconds = value !== undefined && /^\s*\d{1,10}\s*$/.test(value) ? Number(value) : 0;
  return seconds > 0 ? Math.min(seconds, MAX_EXPIRES) : undefined;
}

/** What is to be replaced, or the status that refuses it (RFC 3891, 3). */
type Replaced = { readonly name?: DialogName; readonly dialog?: CoreDialog; readonly isTransfer?: boolean; readonly refusal?: number };

function replacedBy(dialogs: Dialogs, message: IncomingRequestMessage, media: IncomingInvite['media']): Replaced {
  const header = message.getHeader('Replaces');
  if (header === undefined) return {};
  const name = dialogNamedBy(header);
  const dialog = name && dialogs.find(name);
  const earlyOnly = /;\s*early-only/i.test(header);
  // An earlier page may have had it, and the session may live on: its owner knows.
  if (!dialog) return name && media === 'im' && !earlyOnly ? { name } : { refusal: 481 };
  if (earlyOnly) return { refusal: 486 };
  const sender = senderOf(message);
  if (sender.asserted === dialog.remote.asserted && sender.address === dialog.remote.address) return { name, dialog };
  if (dialog.peer.sent(message) && (sender.asserted || !dialog.remote.asserted)) return { name, dialog };
  const referredBy = parseAddress(decodeNameAddr(message.getHeader('Referred-By') ?? '')?.uri ?? '')?.address;
  return media === 'audio' && referredBy === dialog.remote.address ? { name, dialog, isTransfer: true } : { refusal: 403 };
}

/** The invitation as long as it waits for an answer; each answer counts once. */
class Waiting {
  readonly #stack: SipStack;
  readonly #dialogs: Dialogs;
  readonly #request: IncomingInviteRequest;
  readonly #peer: () => Peer;
  readonly #timer: TimerHandle;
  #leave: () => void = () => undefined;
  #isOver = false;
  #onCancel: (reason?: string) => void = () => undefined;
  #id: { readonly id: string } | undefined;

  constructor(stack: SipStack, dialogs: Dialogs, request: IncomingInviteRequest, expires: number | undefined) {
    this.#stack = stack;
    this.#dialogs = dialogs;
    this.#request = request;
    const { message } = request;
    this.#peer = () => new Peer(senderOf(message), message.from.uri.toString(), '');
    request.delegate = { onCancel: (cancel) => this.#cancelled(cancel.getHeader('Reason')) };
    if (stack.isTakingOver) this.#leave = dialogs.wait(message, this.#peer(), (bye) => this.#cancelled(bye.getHeader('Reason')));
    const limit = (expires ?? MAX_EXPIRES) * 1000 + EXPIRES_MARGIN;
    this.#timer = stack.environment.setTimeout(() => this.#cancelled(EXPIRED), limit);
  }

  ring(): void {
    if (this.#isOver) return;
    const { session } = this.#request.progress({ statusCode: 180 });
    this.#begin(session);
    // A caller may end an early dialog by BYE instead of CANCEL (RFC 3261, 15).
    session.delegate = {
      onBye: (bye) => {
        bye.accept();
        this.#cancelled(bye.message.getHeader('Reason'));
      },
    };
  }

  reject(status: number, options: Answer = {}): void {
    if (!this.#close()) return;
    if (this.#id) this.#dialogs.forget(this.#id);
    this.#request.reject(answerOptions('MESSAGE', status, options));
  }

  onCancel(listener: (reason?: string) => void): void {
    this.#onCancel = listener;
  }

  async accept({ body, headers, events }: AcceptOptions): Promise<CoreDialog> {
    if (!this.#close()) throw gone();
    const dialog = this.#answer(body, headers, events);
    if (!(await dialog.acked())) throw gone();
    return dialog;
  }

  #answer(body: SipBody, headers: readonly string[] | undefined, events: DialogEvents): CoreDialog {
    const answer = { statusCode: 200, body: toBody('INVITE', body), extraHeaders: headersWith('INVITE', headers, body) };
    const { session } = this.#request.accept(answer);
    if (!(session instanceof SessionDialog)) throw gone();
    this.#begin(session);
    return new CoreDialog({ stack: this.#stack, dialogs: this.#dialogs, session, peer: this.#peer(), events, isCaller: false });
  }

  #begin(session: { readonly id: string }): void {
    this.#id = { id: session.id };
    this.#dialogs.begin(this.#id, this.#peer());
  }

  #cancelled(reason: string | undefined): void {
    if (this.#isOver) return;
    this.reject(487);
    this.#onCancel(reason);
  }

  #close(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#leave();
    this.#stack.environment.clearTimeout(this.#timer);
    return true;
  }
}

function gone(): ServiceError {
  return new ServiceError('invalid-state', 'The invitation is over: it was answered elsewhere, or the caller is gone.');
}

/** Takes an INVITE that arrived; undefined where it was answered here already. */
export function receiveInvite(stack: SipStack, dialogs: Dialogs, request: IncomingInviteRequest): IncomingInvite | undefined {
  const { message } = request;
  request.trying();
  // Strangers leave it out, and sip.js then takes a multipart body for "no offer" (RFC 3261, 20.11: the parts say what they are).
  if (message.body && !message.hasHeader('Content-Disposition')) addField(message, 'content-disposition', 'session');
  const base = requestOf(message);
  const media = mediaOf(base.body);
  const replaced = replacedBy(dialogs, message, media);
  if (replaced.refusal !== undefined) {
    request.reject({ statusCode: replaced.refusal, ...(replaced.refusal === 403 ? { reasonPhrase: headerText('Not Your Dialog') } : {}) });
    return undefined;
  }
  const expires = expiresOf(message.getHeader('Expires'));
  const waiting = new Waiting(stack, dialogs, request, expires);
  return {
    ...base,
    media,
    expires,
    ...(replaced.name ? { replacing: replaced.name } : {}),
    frame: message.data,
    ...(replaced.dialog ? { replaces: replaced.dialog } : {}),
    ...(replaced.isTransfer ? { isTransfer: true } : {}),
    ring: () => waiting.ring(),
    reject: (status, options) => waiting.reject(status, options),
    onCancel: (listener) => waiting.onCancel(listener),
    accept: async (options): Promise<SipDialog> => {
      const dialog = await waiting.accept(options);
      replaced.dialog?.replaced();
      dialogs.establish({ id: dialog.id }, dialog);
      return dialog;
    },
  };
}
