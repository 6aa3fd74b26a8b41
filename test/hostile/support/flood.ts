/** What floods are made of. */
import { encodePidf } from '../../../src/services/protocol/codecs/pidf.js';
import { encodeListNotification } from '../../../src/services/protocol/codecs/rlmi.js';
import type { SipRequest } from '../../../demo/switch/core/message.js';
import { IM_SDP } from '../../switch/support/dialog.js';
import { AGENT, fresh, request, type Written } from './hostile-switch.js';

/** Who floods. */
export const SENDER = 'sip:john@deskside.test';

/** A dialog that stands, seen from the sender. */
export interface Standing {
  readonly sender: string;
  readonly callId: string;
  readonly from: string;
  readonly to: string;
}

/** One of many invitations. */
export function invitation(number: number, sender = SENDER): Written {
  const headers = [`Contact: <${sender};gr=urn:x:${number}>`, 'Content-Type: application/sdp', 'Expires: 600', asserted(sender)];
  return request('INVITE', { from: `"Caller ${number}" <${sender}>;tag=${fresh()}`, headers, body: IM_SDP });
}

function asserted(sender: string): string {
  return `P-Asserted-Identity: <${sender}>`;
}

/** One of many lines. */
export function line({ sender, callId, from, to }: Standing, number: number, body = `line ${number}`): Written {
  return request('MESSAGE', { from, to, callId, cseq: 10 + number, headers: ['Content-Type: text/plain', asserted(sender)], body });
}

/** Ends the session. */
export function bye({ sender, callId, from, to }: Standing): Written {
  return request('BYE', { from, to, callId, cseq: 1_000_000, headers: [asserted(sender)] });
}

/** The presence of one agent, told by the list subscription that was asked for. */
export function presenceChange(subscribe: SipRequest, address: string, number: number): Written {
  const im =
    number % 2 ? ({ state: 'ready', since: 1e12 + number } as const) : ({ state: 'not-ready', reason: `r${number}`, since: 1e12 } as const);
  const document = { contentType: 'application/pidf+xml', body: encodePidf({ entity: address, device: 'd1', channels: { im } }) };
  const list = encodeListNotification({
    uri: subscribe.uri,
    version: number,
    fullState: number === 0,
    resources: [{ uri: address, state: 'active', document }],
  });
  return request('NOTIFY', {
    uri: AGENT,
    from: `<${subscribe.uri}>;tag=hostile`,
    to: subscribe.headers.get('from') ?? '',
    callId: subscribe.headers.get('call-id') ?? '',
    cseq: number + 1,
    headers: [
      'Event: presence',
      'Subscription-State: active;expires=500',
      'Contact: <sip:presence@deskside.test>',
      `P-Asserted-Identity: <${subscribe.uri}>`,
      'Require: eventlist',
      `Content-Type: ${list.contentType}`,
    ],
    body: list.body,
  });
}
