/** Well-formed SIP messages of every kind that the user agent meets, to be mutated. */
import { encodeImOffer } from '../../src/services/protocol/codecs/im-sdp.js';
import { encodeMultipart } from '../../src/services/protocol/codecs/multipart.js';
import { utf8Length } from '../../src/services/protocol/codecs/text.js';

const SDP = encodeImOffer({ address: 'sip:kate@deskside.test', sessionId: 1 });
const CPIM =
  'From: "Kate Lewis" <sip:kate@deskside.test>\r\nTo: <sip:john@deskside.test>\r\nDateTime: 2026-01-02T03:04:05.678Z\r\n' +
  'NS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: a1b2\r\nimdn.Disposition-Notification: positive-delivery, display\r\n' +
  'NS: Deskside <urn:deskside:cpim>\r\nDeskside.Seq: 17\r\n\r\nContent-Type: text/plain;charset=utf-8\r\n\r\ncan you help me\r\nwith this call? 😀';

/** A message/cpim body. */
export const CPIM_SAMPLE = CPIM;
/** An SDP body. */
export const SDP_SAMPLE = SDP;

let serial = 0;

interface Made {
  readonly start?: string;
  readonly method: string;
  readonly extra?: readonly string[];
  readonly body?: string;
  readonly toTag?: string;
}

/** A message as a switch would deliver it; ids differ from one to the next. */
export function sipMessage({ start, method, extra = [], body = '', toTag }: Made): string {
  serial += 1;
  const lines = [
    start ?? `${method} sip:john@deskside.test SIP/2.0`,
    ...(start ? [] : ['Record-Route: <sip:127.0.0.1;transport=ws;lr>']),
    `Via: SIP/2.0/WS ${start ? 'client.invalid' : '127.0.0.1:5060'};branch=z9hG4bK${serial.toString(36)}`,
    'Max-Forwards: 69',
    `From: "Kate \\"Katie\\" Lewis" <sip:kate@deskside.test>;tag=f${serial}`,
    `To: <sip:john@deskside.test>${toTag ? `;tag=${toTag}` : ''}`,
    `Call-ID: ${serial}@client.invalid`,
    `CSeq: 1 ${method}`,
    ...extra,
    `Content-Length: ${utf8Length(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

const CONTACT = 'Contact: <sip:kate@deskside.test;gr=urn:uuid:1>;+sip.instance="<urn:uuid:1>"';
const ASSERTED = 'P-Asserted-Identity: "Kate Lewis" <sip:kate@deskside.test>';
const INVITATION = encodeMultipart([
  { contentType: 'application/sdp', disposition: 'session', body: SDP },
  { contentType: 'message/cpim', disposition: 'render;handling=optional', body: CPIM },
  { contentType: 'application/vnd.deskside.case+json', disposition: 'render;handling=optional', body: '{"v":1,"seq":1}' },
]);

/** One of each kind of message. */
const KINDS: readonly Made[] = [
  {
    method: 'INVITE',
    extra: [
      CONTACT,
      ASSERTED,
      'Expires: 60',
      'Supported: replaces,gruu',
      'Content-Disposition: session',
      `Content-Type: ${INVITATION.contentType}`,
    ],
    body: INVITATION.body,
  },
  {
    method: 'INVITE',
    extra: [CONTACT, ASSERTED, 'Replaces: x@y;to-tag=1;from-tag=2', 'Require: replaces', 'Content-Type: application/sdp'],
    body: SDP,
  },
  { method: 'MESSAGE', toTag: 'zz', extra: [ASSERTED, 'Content-Type: message/cpim'], body: CPIM },
  { method: 'MESSAGE', extra: ['Content-Type: text/plain;charset=utf-8'], body: 'hello' },
  {
    method: 'NOTIFY',
    toTag: 'zz',
    extra: [CONTACT, 'Event: presence', 'Subscription-State: active;expires=60', 'Content-Type: application/pidf+xml'],
    body: '<a/>',
  },
  {
    method: 'REFER',
    extra: [
      CONTACT,
      'Refer-To: <sip:max@deskside.test?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2>',
      'Referred-By: <sip:kate@deskside.test>',
    ],
  },
  { method: 'BYE', toTag: 'zz', extra: ['Reason: SIP;cause=200;text="End IM"'] },
  { method: 'CANCEL', extra: ['Reason: SIP;cause=200;text="Call completed elsewhere"'] },
  { method: 'OPTIONS', extra: ['Accept: application/sdp'] },
  { method: 'ACK', toTag: 'zz' },
  { method: 'SUBSCRIBE', extra: [CONTACT, 'Event: presence', 'Expires: 600', 'Accept: application/pidf+xml'] },
  { method: 'INVITE', start: 'SIP/2.0 200 OK', toTag: 'tt', extra: [CONTACT, 'Content-Type: application/sdp'], body: SDP },
  { method: 'INVITE', start: 'SIP/2.0 180 Ringing', toTag: 'tt', extra: [CONTACT] },
  {
    method: 'REGISTER',
    start: 'SIP/2.0 200 OK',
    toTag: 'tt',
    extra: [
      'Contact: <sip:a@b.invalid>;expires=300, <sip:c@d.invalid>;expires=1;pub-gruu="sip:kate@deskside.test;gr=urn:uuid:1"',
      'Expires: 300',
    ],
  },
  {
    method: 'REGISTER',
    start: 'SIP/2.0 401 Unauthorized',
    toTag: 'tt',
    extra: [
      'WWW-Authenticate: Digest realm="deskside.test", nonce="abc", algorithm=MD5, qop="auth"',
      'WWW-Authenticate: Digest realm="deskside.test", nonce="abc", algorithm=SHA-256, qop="auth,auth-int", opaque="o"',
    ],
  },
];

/** One maker for each kind of message. */
export const SIP_SAMPLES: readonly (() => string)[] = KINDS.map((made) => (): string => sipMessage(made));
