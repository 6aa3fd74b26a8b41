/** The far end as the fuzzer plays it: answers and in-dialog requests that fit what the user agent has sent. */
import { below, pick } from './random.js';
import { SIP_SAMPLES } from './sip-samples.js';

/** The whole header line of that name, or ''. */
function line(message: string, name: string): string {
  return new RegExp(`^${name}: .*$`, 'mi').exec(message)?.[0] ?? '';
}

function value(message: string, name: string): string {
  return line(message, name).slice(name.length + 2);
}

const STATUS_LINES: readonly string[] = [
  '180 Ringing',
  '183 Progress',
  '200 OK',
  '200 OK',
  '302 Moved',
  '401 Unauthorized',
  '423 Too Brief',
  '486 Busy',
  '489 Bad Event',
  '503 Away',
];
const EXTRA = [
  'Contact: <sip:kate@deskside.test;gr=1>;expires=60',
  'Expires: 60',
  'SIP-ETag: x',
  'Min-Expires: 90',
  'Retry-After: 5',
  'RSeq: 1',
  'Require: 100rel',
  'WWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5, qop="auth"',
];
const IN_DIALOG: readonly string[] = ['ACK', 'BYE', 'MESSAGE', 'INVITE', 'INFO', 'REFER', 'UPDATE', 'NOTIFY', 'CANCEL', 'PRACK'];

const join = (lines: readonly string[], body = ''): string =>
  [...lines.filter(Boolean), `Content-Length: ${body.length}`, '', body].join('\r\n');

/** An answer to a request of the user agent. */
function answerTo(request: string, random: () => number): string {
  const body = request.startsWith('INVITE') && random() < 0.5 ? 'v=0\r\n' : '';
  const to = `${line(request, 'To')}${random() < 0.85 ? ';tag=pp' : ''}`;
  const extra = EXTRA.filter(() => random() < 0.6);
  const type = body ? 'Content-Type: application/sdp' : '';
  return join(
    [
      `SIP/2.0 ${pick(random, STATUS_LINES)}`,
      line(request, 'Via'),
      line(request, 'From'),
      to,
      line(request, 'Call-ID'),
      line(request, 'CSeq'),
      ...extra,
      type,
    ],
    body,
  );
}

/** The notification that follows a SUBSCRIBE of the user agent. */
function notifyFor(subscribe: string, branch: string): string {
  return join([
    'NOTIFY sip:john@deskside.test SIP/2.0',
    `Via: SIP/2.0/WS k;branch=${branch}`,
    `From: ${value(subscribe, 'To')};tag=pp`,
    `To: ${value(subscribe, 'From')}`,
    line(subscribe, 'Call-ID'),
    'CSeq: 1 NOTIFY',
    'Event: presence',
    'Subscription-State: active;expires=60',
    'Contact: <sip:p@x.invalid>',
  ]);
}

/** A request inside the dialog that the user agent's 200 made. */
function insideDialog(accepted: string, branch: string, random: () => number): string {
  const method = pick(random, IN_DIALOG);
  const extra =
    method === 'REFER' ? ['Refer-To: <sip:x@y.invalid>'] : method === 'NOTIFY' ? ['Event: refer', 'Subscription-State: active'] : [];
  const cseq = method === 'ACK' ? 1 : 2 + below(random, 5);
  return join(
    [
      `${method} sip:john@deskside.test SIP/2.0`,
      `Via: SIP/2.0/WS k;branch=${branch}`,
      line(accepted, 'From'),
      line(accepted, 'To'),
      line(accepted, 'Call-ID'),
      `CSeq: ${cseq} ${method}`,
      'Contact: <sip:kate@x.invalid>',
      ...extra,
      'Content-Type: application/sdp',
    ],
    'v=0\r\n',
  );
}

/** The next well-formed message for a user agent that has sent these. */
export function nextFromPeer(sent: readonly string[], random: () => number): string {
  const branch = `z9hG4bK${below(random, 2 ** 31).toString(36)}`;
  const kind = random();
  const request = sent.filter((message) => !message.startsWith('SIP/')).at(-1);
  if (kind < 0.35 && request)
    return request.startsWith('SUBSCRIBE') && random() < 0.6 ? notifyFor(request, branch) : answerTo(request, random);
  const accepted = sent.filter((message) => message.startsWith('SIP/2.0 200') && /^CSeq: 1 INVITE/m.test(message)).at(-1);
  if (kind < 0.5 && accepted) return insideDialog(accepted, branch, random);
  return pick(random, SIP_SAMPLES)();
}
