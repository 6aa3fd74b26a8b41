/** What only the embedded switch promises: it never throws, forgets what is over, and is fast enough. */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createSwitch, type Switch } from '../../demo/switch/core/switch.js';
import { startSwitch } from '../../demo/switch/start.js';
import { aor, DOMAIN, IM_SDP, RawAgent, session } from './support/agent.js';

const ACCOUNTS = ['kate', 'john'].map((user) => ({ address: aor(user), name: user, user, password: `${user}-secret` }));

/** Processor time of this process, which does not grow because the machine is busy with something else. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function plainSwitch(options = {}): Switch {
  return createSwitch({
    domain: DOMAIN,
    accounts: ACCOUNTS,
    now: () => Date.now(),
    randomId: () => crypto.randomUUID().replaceAll('-', ''),
    setTimeout: (callback, ms) => setTimeout(callback, ms),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
    options,
  });
}

const INVITE = [
  `INVITE ${aor('john')} SIP/2.0`,
  'Via: SIP/2.0/WS a.invalid;branch=z9hG4bK1',
  'Max-Forwards: 70',
  `From: "Kate" <${aor('kate')}>;tag=1`,
  `To: <${aor('john')}>`,
  'Call-ID: a',
  'CSeq: 1 INVITE',
  'Contact: <sip:a@a.invalid;transport=ws>',
  'Content-Type: application/sdp',
  `Content-Length: ${IM_SDP.length}`,
  '',
  IM_SDP,
].join('\r\n');

/** Frames that have gone wrong in every way that a small generator finds. */
function* mutants(count: number): Generator<string> {
  let state = 42;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
  const pieces = [
    '\r\n',
    '\0',
    '"',
    '<',
    '>',
    ';',
    ',',
    '@',
    ' '.repeat(300),
    ':',
    '=',
    '%',
    'sip:',
    '9'.repeat(40),
    '\ud800',
    'é',
    'Via: ',
    'tag=',
    '\r\n\r\n',
    'SIP/2.0 200 OK',
  ];
  for (let i = 0; i < count; i++) {
    let frame = INVITE;
    for (let changes = 1 + random(4); changes > 0; changes--) {
      const at = random(frame.length);
      const piece = pieces[random(pieces.length)] ?? '';
      frame = frame.slice(0, at) + piece + frame.slice(at + random(12));
    }
    yield frame;
  }
}

function torture(): string[] {
  const folder = new URL('../fixtures/', import.meta.url);
  const names = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.dat'));
  return names.map((name) => readFileSync(new URL(String(name), folder), 'utf8'));
}

void test('never throws and never hangs, whatever comes', () => {
  const target = plainSwitch();
  const port = target.connect({ send: () => undefined, close: () => undefined });
  const evil = [
    ...torture(),
    `MESSAGE ${aor('john')} SIP/2.0\r\nVia: SIP/2.0/WS a;branch=z\r\nFrom: ${' '.repeat(40_000)}<\r\nTo: a\r\nCall-ID: a\r\nCSeq: 1 MESSAGE\r\n\r\n`,
    INVITE.replace('"Kate"', `"${'\\'.repeat(40_000)}`),
    INVITE.replace('Contact: ', `Contact: ${'<'.repeat(20_000)}`),
    INVITE.replace('Max-Forwards: 70', `Proxy-Authorization: Digest ${'a="'.repeat(10_000)}`),
    INVITE.replace('Max-Forwards: 70', `Route: ${'<sip:deskside.test;lr>,'.repeat(1500)}`),
  ];
  for (const frame of [...evil, ...mutants(20_000)]) {
    const start = cpuMs();
    port.receive(frame);
    const took = cpuMs() - start;
    assert.ok(took < 250, `${took} ms for ${JSON.stringify(frame.slice(0, 200))}`);
  }
  target.stop();
});

void test('forgets what is over', async () => {
  const running = await startSwitch({ kind: 'embedded', port: 0, options: { timing: { linger: 50 } } });
  const target = plainSwitch({ timing: { linger: 10 } });
  const port = target.connect({ send: () => undefined, close: () => undefined });
  for (const frame of mutants(1000)) port.receive(frame);
  port.closed();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(target.counts, { connections: 0, transactions: 0, subscriptions: 0, timers: 0 });
  await running.stop();
});

void test('attached to a server of the caller’s, at /sip only', async () => {
  const httpServer = createServer((_request, response) => response.end('page')).listen(0, '127.0.0.1');
  await new Promise((resolve) => httpServer.once('listening', resolve));
  const running = await startSwitch({ kind: 'embedded', port: 0, httpServer });
  assert.equal(running.url, `ws://127.0.0.1:${(httpServer.address() as AddressInfo).port}/sip`);
  const kate = await RawAgent.login(running.url, 'kate');
  await running.restart();
  await kate.closedByPeer();
  const again = await RawAgent.login(running.url, 'kate');
  await running.stop();
  await again.closedByPeer();
  assert.ok(httpServer.listening, 'the caller’s server goes on');
  httpServer.close();
});

void test('closes a connection that sends a frame beyond 64 KiB', async () => {
  const running = await startSwitch({ kind: 'embedded', port: 0 });
  const kate = await RawAgent.login(running.url, 'kate');
  kate.raw('x'.repeat(70_000));
  assert.equal(await kate.closedByPeer(), 1009);
  await running.stop();
});

void test('refuses a port that is taken', async () => {
  const running = await startSwitch({ kind: 'embedded', port: 0 });
  await assert.rejects(startSwitch({ kind: 'embedded', port: Number(new URL(running.url).port) }), /EADDRINUSE/);
  await running.stop();
});

void test('relays more than 5,000 messages a second', async (context) => {
  const running = await startSwitch({ kind: 'embedded', port: 0 });
  const [kate, john] = [await RawAgent.login(running.url, 'kate'), await RawAgent.login(running.url, 'john')];
  const dialog = await session(kate, john);
  await Promise.all([kate.close(), john.close(), running.stop()]);
  const rate = await relayRate(dialog.caller.callId, 20_000);
  context.diagnostic(`${Math.round(rate)} messages per second of processor time, each with its 200`);
  assert.ok(rate > 5000, `${rate} messages a second`);
});

/** Messages and answers through the core alone: what the clients cost is not the switch's. */
async function relayRate(callId: string, count: number): Promise<number> {
  const target = plainSwitch();
  let answered = 0;
  const john = target.connect({
    send: (frame) => {
      if (!frame.startsWith('MESSAGE')) return;
      const head = frame.slice(frame.indexOf('\r\n') + 2, frame.indexOf('\r\n\r\n'));
      const kept = head.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
      john.receive(`SIP/2.0 200 OK\r\n${kept.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
    },
    close: () => undefined,
  });
  const kate = target.connect({ send: (frame) => (answered += frame.startsWith('SIP/2.0 200') ? 1 : 0), close: () => undefined });
  await register(target, 'john', john);
  await register(target, 'kate', kate);
  answered = 0;
  const start = cpuMs();
  for (let i = 0; i < count; i++) kate.receive(message(callId, i));
  const seconds = (cpuMs() - start) / 1000;
  target.stop();
  assert.equal(answered, count);
  return count / seconds;
}

function message(callId: string, index: number): string {
  const body = 'can you help me with this call? '.repeat(4);
  return (
    `MESSAGE ${aor('john')};gr=urn:uuid:john SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK${index}\r\nMax-Forwards: 70\r\n` +
    `From: <${aor('kate')}>;tag=1\r\nTo: <${aor('john')}>;tag=2\r\nCall-ID: ${callId}\r\nCSeq: ${index + 1} MESSAGE\r\n` +
    `Route: <sip:${DOMAIN};lr>\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

/** Registers over the core's own port, by way of a second connection that learns the challenge. */
async function register(target: Switch, user: string, port: { receive(frame: string): void }): Promise<void> {
  const { createHash } = await import('node:crypto');
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const request = (extra: string): string =>
    `REGISTER sip:${DOMAIN} SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bKreg${extra.length}\r\nMax-Forwards: 70\r\nFrom: <${aor(user)}>;tag=1\r\n` +
    `To: <${aor(user)}>\r\nCall-ID: r\r\nCSeq: 1 REGISTER\r\nContact: <sip:${user}@a.invalid>;+sip.instance="<urn:uuid:${user}>"\r\n${extra}Content-Length: 0\r\n\r\n`;
  let nonce = '';
  const probe = target.connect({ send: (frame) => (nonce = /nonce="([^"]+)"/.exec(frame)?.[1] ?? ''), close: () => undefined });
  probe.receive(request(''));
  probe.closed();
  const uri = `sip:${DOMAIN}`;
  const response = md5(`${md5(`${user}:${DOMAIN}:${user}-secret`)}:${nonce}:00000001:c:auth:${md5(`REGISTER:${uri}`)}`);
  port.receive(
    request(
      `Authorization: Digest username="${user}", realm="${DOMAIN}", nonce="${nonce}", uri="${uri}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c", response="${response}"\r\n`,
    ),
  );
  assert.equal(target.devices(user), 1);
}
