/** Between sip.js's messages and the port's. */
import type { Body, IncomingRequestMessage, IncomingResponseMessage, OutgoingRequestDelegate } from 'sip.js/lib/core/index.js';
import type { NameAddrHeader } from 'sip.js/lib/grammar/name-addr-header.js';
import { parseAddress } from '../../domain/party.js';
import { decodeNameAddrList } from '../codecs/name-addr.js';
import type { SipBody, SipIdentity, SipRequest, SipResponse } from '../gateway.js';

/** Content-Disposition that a method implies (RFC 3261, 20.11): what describes the session, and what is shown. */
const DISPOSITION: Readonly<Record<string, string>> = { INVITE: 'session', MESSAGE: 'render' };

/** A body as sip.js takes it. */
export function toBody(method: string, body: SipBody): Body {
  return { contentDisposition: body.disposition ?? DISPOSITION[method] ?? 'render', contentType: body.contentType, content: body.content };
}

function claimed(header: NameAddrHeader): { address: string; name?: string } {
  const address = parseAddress(header.uri.toString())?.address ?? header.uri.toString();
  return { address, ...(header.displayName ? { name: header.displayName } : {}) };
}

/** P-Asserted-Identity (RFC 3325, 9.1) where there is one that reads, else what the message claims. */
export function identityOf(asserted: string | undefined, header: NameAddrHeader): SipIdentity {
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

type IncomingMessage = IncomingRequestMessage | IncomingResponseMessage;

function bodyOf(message: IncomingMessage): SipBody | undefined {
  const contentType = message.getHeader('Content-Type');
  if (!message.body || !contentType) return undefined;
  const disposition = message.getHeader('Content-Disposition');
  return { contentType, content: message.body, ...(disposition ? { disposition } : {}) };
}

/** A request that arrived. */
export function requestOf(message: IncomingRequestMessage): SipRequest {
  const body = bodyOf(message);
  return {
    method: message.method,
    identity: identityOf(message.getHeader('P-Asserted-Identity'), message.from),
    from: claimed(message.from).address,
    to: claimed(message.to).address,
    callId: message.callId,
    header: (name) => message.getHeader(name),
    ...(body ? { body } : {}),
  };
}

/** No response: the connection went, or was never there. */
export const NO_RESPONSE: SipResponse = Object.freeze({ status: 0, reason: 'No connection', header: () => undefined });

/** A response. sip.js makes up a 503 where the transport failed; that is no response at all. */
export function responseOf(message: IncomingResponseMessage): SipResponse {
  const status = message.statusCode ?? 0;
  if (!message.data) return { status: status === 503 ? 0 : status, reason: message.reasonPhrase ?? '', header: () => undefined };
  const body = bodyOf(message);
  return {
    status,
    reason: message.reasonPhrase ?? '',
    header: (name) => message.getHeader(name),
    identity: identityOf(message.getHeader('P-Asserted-Identity'), message.to),
    ...(body ? { body } : {}),
  };
}

/** A delegate that settles on whatever final response comes. */
export function onFinal(settle: (response: SipResponse) => void): OutgoingRequestDelegate {
  const final = ({ message }: { message: IncomingResponseMessage }): void => settle(responseOf(message));
  return { onAccept: final, onReject: final, onRedirect: final };
}
