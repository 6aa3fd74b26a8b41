/**
 * How many messages a second a switch relays within a session, each with its 200: the embedded one to Kamailio. The agents write and answer bytes, so
 * that no stack of theirs is what is measured.
 */
import type { SwitchKind } from '../../demo/switch/start.js';
import { RawAgent, session, type Dialog } from '../switch/support/agent.js';
import { median } from './median.js';
import type { Row } from './row.js';
import { benchAccounts } from './stacks/accounts.js';
import type { BenchAccount } from './stacks/pair.js';
import { startSwitch } from './start-switch.js';

export const name = 'Messages a second through the switch';

const MESSAGES = 10_000;
const ROUNDS = 5;
/** Messages under way at a time. */
const WINDOW = 100;
const TEXT = 'Can you help me with this call? '.repeat(4);

function message({ callId, local, remote, target, routes }: Dialog, number: number): string {
  const lines = [
    `MESSAGE ${target} SIP/2.0`,
    `Via: SIP/2.0/WS bench.invalid;branch=z9hG4bKbench${number}`,
    'Max-Forwards: 70',
    ...routes.map((route) => `Route: ${route}`),
    `From: ${local}`,
    `To: ${remote}`,
    `Call-ID: ${callId}`,
    `CSeq: ${1000 + number} MESSAGE`,
    'Content-Type: text/plain',
    `Content-Length: ${TEXT.length}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${TEXT}`;
}

/** The 200 to a request, from its bytes. */
function answerTo(frame: string): string {
  const head = frame.slice(frame.indexOf('\r\n') + 2, frame.indexOf('\r\n\r\n'));
  const kept = head.split('\r\n').filter((line) => /^(?:Via|From|To|Call-ID|CSeq|Record-Route):/i.test(line));
  return `SIP/2.0 200 OK\r\n${kept.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`;
}

/** Sends them all, `WINDOW` at a time. @returns messages a second */
async function relay(sender: RawAgent, dialog: Dialog, from: number): Promise<number> {
  const begun = performance.now();
  await new Promise<void>((resolve, reject) => {
    let sent = 0;
    let answered = 0;
    const next = (): void => {
      if (sent < MESSAGES) sender.raw(message(dialog, from + (sent += 1)));
    };
    sender.divert((frame) => {
      if (!frame.startsWith('SIP/2.0 200')) return reject(new Error(`A message was not relayed: ${frame.slice(0, 40)}`));
      if ((answered += 1) === MESSAGES) resolve();
      else next();
    });
    for (let count = 0; count < WINDOW; count += 1) next();
  });
  return MESSAGES / ((performance.now() - begun) / 1000);
}

async function rateOf(kind: SwitchKind, [sender, receiver]: readonly BenchAccount[]): Promise<number> {
  if (!sender || !receiver) throw new Error('The demo data has too few agents.');
  const running = await startSwitch(kind);
  try {
    const kate = await RawAgent.login(running.url, sender.user, { password: sender.password });
    const john = await RawAgent.login(running.url, receiver.user, { password: receiver.password });
    const { caller } = await session(kate, john);
    john.divert((frame) => {
      if (frame.startsWith('MESSAGE')) john.raw(answerTo(frame));
    });
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rates.push(await relay(kate, caller, round * MESSAGES));
    await Promise.all([kate.close(), john.close()]);
    return median(rates);
  } finally {
    await running.stop();
  }
}

/** One row: more is better. */
export async function run(): Promise<Row[]> {
  const agents = await benchAccounts();
  const ours = await rateOf('embedded', agents);
  const peer = await rateOf('kamailio', agents);
  return [
    { what: 'relayed, embedded to Kamailio', ours, peer, ratio: ours / peer, unit: '1/s', note: `median of ${ROUNDS}; more is better` },
  ];
}
