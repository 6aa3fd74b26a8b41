/** Between sip.js's messages and the port's. */
import type { Body, IncomingRequestMessage, IncomingResponseMessage, NameAddrHeader } from 'sip.js/lib/core/index.js';
import { parseAddress } from '../../domain/party.js';
import { headerText, isToken, unquoted } from '../codecs/header.js';
import { decodeNameAddrList } from '../codecs/name-addr.js';
import { isIgnorable } from '../codecs/screen-body.js';
import { wellFormed } from '../codecs/text.js';
import type { SipBody, SipIdentity, SipRequest, SipResponse } from '../gateway.js';

/** A response with all values of a header, which the port does not need. */
export interface CoreResponse extends SipResponse {
  all(name: string): readonly string[];
}

/** Content-Disposition that a method implies (RFC 3261, 20.11): what describes the session, and what is shown. */
const DISPOSITION: Readonly<Record<string, string>> = { INVITE: 'session', MESSAGE: 'render' };

/** What a body of this method is for. */
function dispositionOf(method: string, body: SipBody): string {
  return headerText(body.disposition ?? DISPOSITION[method] ?? 'render');
}

/** A body as sip.js takes it. A lone surrogate would make sip.js throw, at once and again when its timer ends. */
export function toBody(method: string, body: SipBody): Body {
  return { contentDisposition: dispositionOf(method, body), contentType: headerText(body.contentType), content: wellFormed(body.content) };
}

/** Header lines that cannot end early or add others, which sip.js would let them; a line without a name is left out. */
export function safeHeaders(lines: readonly string[] = []): string[] {
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    return isToken(name) ? [`${name}: ${headerText(line.slice(colon + 1))}`] : [];
  });
}

/** Headers of a request with a body: sip.js keeps Content-Disposition to itself. */
export function headersWith(method: string, headers: readonly string[] | undefined, body: SipBody | undefined): string[] {
  const lines = safeHeaders(headers);
  if (!body || (!body.disposition && method !== 'INVITE')) return lines;
  return [...lines.filter((line) => !/^content-disposition:/i.test(line)), `Content-Disposition: ${dispositionOf(method, body)}`];
}

function claimed(header: NameAddrHeader): { address: string; name?: string } {
  const uri = header.uri.toString();
  const name = unquoted(`"${header.displayName}"`);
  return { address: parseAddress(uri)?.address ?? uri, ...(name ? { name } : {}) };
}

/** P-Asserted-Identity (RFC 3325, 9.1) where there is one that reads, else what the message claims. */
function identityOf(asserted: string | undefined, header: NameAddrHeader): SipIdentity {
  const own = claimed(header);
  for (const value of asserted ? (decodeNameAddrList(asserted) ?? []) : []) {
    const address = parseAddress(value.uri)?.address;
    if (address) {
      const name = value.displayName || (address === own.address ? own.name : undefined);
      return { address, asserted: true, ...(name ? { name } : {}) };
    }
  }
  return { ...own, asserted: false };
}

/** Who a request comes from. */
export function senderOf(message: IncomingRequestMessage): SipIdentity {
  return identityOf(message.getHeader('P-Asserted-Identity'), message.from);
}

function bodyOf(message: IncomingRequestMessage | IncomingResponseMessage): SipBody | undefined {
  const contentType = message.getHeader('Content-Type');
  if (!message.body || !contentType) return undefined;
  const disposition = message.getHeader('Content-Disposition');
  if (isIgnorable(disposition)) return undefined;
  return { contentType, content: message.body, ...(disposition ? { disposition } : {}) };
}

/** A request that arrived. */
export function requestOf(message: IncomingRequestMessage): SipRequest {
  const body = bodyOf(message);
  return {
    method: message.method,
    identity: senderOf(message),
    from: claimed(message.from).address,
    to: claimed(message.to).address,
    callId: message.callId,
    header: (name) => message.getHeader(name),
    ...(body ? { body } : {}),
  };
}

/** An answer that did not come over the wire. */
export function madeUp(status: number, reason: string): CoreResponse {
  return { status, reason, header: () => undefined, all: () => [] };
}

/** No response: the connection went, or was never there. */
export const NO_RESPONSE: CoreResponse = Object.freeze(madeUp(0, 'No connection'));

/** A response. sip.js makes up a 503 where the transport failed; that is no response at all. */
export function responseOf(message: IncomingResponseMessage): CoreResponse {
  const status = message.statusCode ?? 0;
  if (!message.data) return status === 503 ? NO_RESPONSE : madeUp(status, message.reasonPhrase ?? '');
  const body = bodyOf(message);
  return {
    status,
    reason: message.reasonPhrase ?? '',
    header: (name) => message.getHeader(name),
    all: (name) => message.getHeaders(name),
    identity: identityOf(message.getHeader('P-Asserted-Identity'), message.to),
    ...(body ? { body } : {}),
  };
}

/** Whether a status means success. */
export function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}
