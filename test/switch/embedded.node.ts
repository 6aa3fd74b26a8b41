/** What only the embedded switch promises: it never throws, and forgets what is over. */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createSwitch, type Switch } from '../../demo/switch/core/switch.js';
import { startSwitch } from '../../demo/switch/start.js';
import { aor, DOMAIN, IM_SDP, RawAgent } from './support/agent.js';

const ACCOUNTS = ['kate', 'john'].map((user) => ({ address: aor(user), name: user, user, password: `${user}-secret` }));

/** Processor time of this process, which does not grow because the machine is busy with something else. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor milliseconds that the switch takes over a frame. */
function timeToReceive(port: ReturnType<Switch['connect']>, frame: string): number {
  const start = cpuMs();
  port.receive(frame);
  return cpuMs() - start;
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
    let took = timeToReceive(port, frame);
    // What takes long by itself does so again; a collection of garbage that fell into it does not.
    for (let tries = 0; took >= 250 && tries < 2; tries++) took = timeToReceive(port, frame);
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
