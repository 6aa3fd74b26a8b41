/** Addresses, session descriptions and dialogs of the raw SIP cases. */
import type { SipRequest, SipResponse } from '../../../demo/switch/core/message.js';

export const DOMAIN = 'deskside.test';
export const aor = (user: string): string => `sip:${user}@${DOMAIN}`;

export const IM_SDP = [
  'v=0',
  'o=- 1 1 IN IP4 0.0.0.0',
  's=-',
  'c=IN IP4 0.0.0.0',
  't=0 0',
  'm=message 5060 sip sip:x@deskside.test',
  'a=accept-types:text/plain',
  '',
].join('\r\n');
export const AUDIO_SDP = ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 'c=IN IP4 0.0.0.0', 't=0 0', 'm=audio 4000 RTP/AVP 0', ''].join('\r\n');

/** The two tags, Call-ID, route and target of a dialog, from one side. */
export interface Dialog {
  readonly callId: string;
  readonly local: string;
  readonly remote: string;
  readonly target: string;
  readonly routes: readonly string[];
}

const uriOf = (value: string | undefined): string => /<([^>]*)>/.exec(value ?? '')?.[1] ?? '';

/** The caller's view of the dialog that a response makes. */
export function dialogOfCaller({ headers }: SipResponse): Dialog {
  return {
    callId: headers.get('call-id') ?? '',
    local: headers.get('from') ?? '',
    remote: headers.get('to') ?? '',
    target: uriOf(headers.get('contact')),
    routes: headers.list('record-route').reverse(),
  };
}

/** The callee's view of the dialog that it answered with `tag`. */
export function dialogOfCallee({ headers }: SipRequest, tag: string): Dialog {
  return {
    callId: headers.get('call-id') ?? '',
    local: `${headers.get('to') ?? ''};tag=${tag}`,
    remote: headers.get('from') ?? '',
    target: uriOf(headers.get('contact')),
    routes: headers.list('record-route'),
  };
}
