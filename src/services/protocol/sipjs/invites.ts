/** INVITEs, ours and others'. */
import type { AckableIncomingResponseWithSession, IncomingInviteRequest, Session } from 'sip.js/lib/core/index.js';
import { ServiceError } from '../../service-error.js';
import { decodeSdp, kindOfSdp } from '../codecs/im-sdp.js';
import { decodeMultipart } from '../codecs/multipart.js';
import type { DialogEvents, IncomingInvite, InviteOptions, OutgoingInvite, SipBody, SipDialog, SipIdentity, SipResponse } from '../gateway.js';
import { NO_RESPONSE, requestOf, responseOf, toBody } from './convert.js';
import { CoreDialog, readReplaces } from './dialog.js';
import type { SipStack } from './stack.js';

/** Milliseconds after CANCEL until the final response is taken for lost (RFC 3261, 9.1: 64 × T1 is sip.js's own; people wait less). */
const CANCEL_LIMIT = 5000;

/** Bounds of Expires, seconds. */
const MAX_EXPIRES = 3600;

/** Dialogs that are alive, for Replaces. */
export class Dialogs {
  readonly #alive = new Set<CoreDialog>();

  /** Makes a dialog and keeps it until it is over. */
  add(stack: SipStack, session: Session, remote: SipIdentity, events: DialogEvents): CoreDialog {
    const dialog = new CoreDialog(stack, session, remote, events, (over) => this.#alive.delete(over));
    this.#alive.add(dialog);
    return dialog;
  }

  /** The dialog that a Replaces header names. */
  find(value: string): CoreDialog | undefined {
    const wanted = readReplaces(value);
    if (!wanted) return undefined;
    return [...this.#alive].find(
      ({ ref }) => ref.callId === wanted.callId && ref.localTag === wanted.localTag && ref.remoteTag === wanted.remoteTag,
    );
  }
}

/** Sends an INVITE. */
export function sendInvite(stack: SipStack, dialogs: Dialogs, options: InviteOptions): OutgoingInvite {
  const { target, to, body, headers = [], expires, events } = options;
  const message = stack.message('INVITE', target, {
    body,
    headers: expires ? [...headers, `Expires: ${expires}`] : headers,
    ...(to ? { to } : {}),
  });
  let dialog: CoreDialog | undefined;
  let request: ReturnType<typeof stack.core.invite> | undefined;
  let cancelled = false;
  let finish: (response: SipResponse) => void = () => undefined;

  const accepted = (response: AckableIncomingResponseWithSession): void => {
    const confirmed = acknowledge(response);
    const answer = responseOf(response.message);
    // A second branch answered too, or our CANCEL met the 200: this one is ended at once (RFC 3261, 13.2.2.4).
    if (!confirmed || dialog || cancelled) {
      response.session.bye(undefined, { extraHeaders: ['Reason: SIP;cause=487'] });
      return finish(cancelled ? { ...answer, status: 487, reason: 'Cancelled' } : { ...answer, status: 488, reason: 'Unusable answer' });
    }
    const remote = answer.identity ?? { address: target, asserted: false };
    dialog = dialogs.add(stack, response.session, remote, events);
    finish(answer);
  };

  const final = stack
    .final((settle) => {
      finish = settle;
      request = stack.core.invite(message, {
        onAccept: accepted,
        onProgress: (response) => options.onProgress?.(responseOf(response.message)),
        onReject: (response) => settle(responseOf(response.message)),
        onRedirect: (response) => settle(responseOf(response.message)),
      });
    })
    .then((response) => (dialog && response.status < 300 ? { response, dialog: dialog as SipDialog } : { response }));

  return {
    final,
    cancel(reason) {
      if (cancelled || dialog) return;
      cancelled = true;
      request?.cancel(undefined, reason ? { extraHeaders: [`Reason: ${reason}`] } : {});
      stack.environment.setTimeout(() => finish({ ...NO_RESPONSE, status: 487, reason: 'Cancelled' }), CANCEL_LIMIT);
    },
  };
}

/** ACK; false where the answer cannot be used (no answer to our offer). */
function acknowledge(response: AckableIncomingResponseWithSession): boolean {
  try {
    response.ack();
    return true;
  } catch {
    return false;
  }
}

/** Our answer's media, from the offer. */
function mediaOf(body: SipBody | undefined): IncomingInvite['media'] {
  if (!body) return 'none';
  const multipart = /^multipart\//i.test(body.contentType) ? decodeMultipart(body.contentType, body.content) : undefined;
  const sdp = multipart ? multipart.find((part) => /^application\/sdp/i.test(part.contentType))?.body : body.content;
  if (sdp === undefined) return 'none';
  const kind = kindOfSdp(decodeSdp(sdp));
  return kind === 'video' ? 'unknown' : kind;
}

function expiresOf(value: string | undefined): number | undefined {
  const seconds = value !== undefined && /^\d{1,9}$/.test(value.trim()) ? Number(value) : 0;
  return seconds > 0 ? Math.min(seconds, MAX_EXPIRES) : undefined;
}

/** Wraps an INVITE that arrived; undefined where it was answered here already. */
export function receiveInvite(stack: SipStack, dialogs: Dialogs, request: IncomingInviteRequest): IncomingInvite | undefined {
  const { message } = request;
  request.trying();
  // Toward strangers who leave it out: sip.js would take a multipart body for "no offer".
  if (message.body && !message.hasHeader('Content-Disposition')) message.setHeader('Content-Disposition', 'session');
  const base = requestOf(message);
  const replaces = message.getHeader('Replaces');
  const replaced = replaces === undefined ? undefined : dialogs.find(replaces);
  if (replaces !== undefined && !replaced) return refuse(request, 481);
  if (replaced && replaced.remote.address !== base.identity.address) return refuse(request, 403);
  let over = false;
  let onCancel: (reason?: string) => void = () => undefined;
  request.delegate = {
    onCancel: (cancel) => {
      if (over) return;
      over = true;
      request.reject({ statusCode: 487 });
      onCancel(cancel.getHeader('Reason'));
    },
  };
  const expires = expiresOf(message.getHeader('Expires'));
  return {
    ...base,
    media: mediaOf(base.body),
    expires,
    ...(replaced ? { replaces: replaced } : {}),
    ring: () => void (over || request.progress({ statusCode: 180 })),
    reject(status, { reason, headers, body } = {}) {
      if (over) return;
      over = true;
      request.reject({
        statusCode: status,
        ...(reason ? { reasonPhrase: reason } : {}),
        ...(headers ? { extraHeaders: [...headers] } : {}),
        ...(body ? { body: toBody('MESSAGE', body) } : {}),
      });
    },
    async accept({ body, headers, events }) {
      if (over) throw new ServiceError('invalid-state', 'The invitation is over.');
      over = true;
      const { session } = request.accept({ statusCode: 200, body: toBody('INVITE', body), ...(headers ? { extraHeaders: [...headers] } : {}) });
      const dialog = dialogs.add(stack, session, base.identity, events);
      if (!(await dialog.acked())) throw new ServiceError('invalid-state', 'The invitation was answered elsewhere, or the caller is gone.');
      replaced?.replaced();
      return dialog;
    },
    onCancel: (listener) => (onCancel = listener),
  };
}

function refuse(request: IncomingInviteRequest, statusCode: number): undefined {
  request.reject({ statusCode });
  return undefined;
}
