/**
 * How long a message takes until its 200, between two agents: ours, bare sip.js, bare JsSIP, over the same switch in the same run. The three take
 * turns, so that a busy machine slows all of them; the switch runs in a process of its own.
 */
import type { SwitchKind } from '../../demo/switch/start.js';
import { median } from './median.js';
import type { Row } from './row.js';
import { benchAccounts } from './stacks/accounts.js';
import { desksidePair } from './stacks/deskside-pair.js';
import { jssipPair } from './stacks/jssip-pair.js';
import { BenchSocket } from './stacks/bench-socket.js';
import type { BenchAccount, Pair } from './stacks/pair.js';
import { sipjsPair } from './stacks/sipjs-pair.js';
import { startSwitch } from './start-switch.js';

export const name = 'Message → 200, between two agents';

/** Turns of each stack, messages of a turn, and messages that warm up. */
const ROUNDS = 6;
const MESSAGES = 50;
const WARM_UP = 100;
/** An ordinary line of an IM, in its envelope. */
const TEXT = `From: <sip:kate@deskside.test>\r\nTo: <sip:john@deskside.test>\r\nDateTime: 2026-01-01T12:00:00.000Z\r\n\r\nContent-Type: text/plain\r\n\r\n${'Can you help me with this call? '.repeat(4)}`;

type Send = (text: string) => Promise<void>;

/** Milliseconds of each message, one after the other. */
async function turn(send: Send, messages: number): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < messages; count++) {
    const begun = performance.now();
    await send(TEXT);
    times.push(performance.now() - begun);
  }
  return times;
}

/** The median of each stack, the stacks taking turns. */
async function medians(sends: ReadonlyMap<string, Send>): Promise<Map<string, number>> {
  const times = new Map<string, number[]>();
  for (const send of sends.values()) await turn(send, WARM_UP);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [stack, send] of sends) times.set(stack, [...(times.get(stack) ?? []), ...(await turn(send, MESSAGES))]);
  }
  return new Map([...times].map(([stack, all]) => [stack, median(all)]));
}

async function compare(what: string, pairs: readonly Pair[], sendOf: (pair: Pair) => Send | undefined): Promise<Row[]> {
  const sends = new Map(pairs.flatMap((pair) => {
    const send = sendOf(pair);
    return send ? [[pair.stack, send] as const] : [];
  })); // prettier-ignore
  const figures = await medians(sends);
  const ours = figures.get('deskside') ?? NaN;
  return [...figures]
    .filter(([stack]) => stack !== 'deskside')
    .map(([stack, peer]) => ({
      what: `${what}, to ${stack}`,
      ours,
      peer,
      ratio: ours / peer,
      unit: 'ms',
      note: `median of ${ROUNDS * MESSAGES}`,
    }));
}

async function onSwitch(kind: SwitchKind, accounts: readonly BenchAccount[]): Promise<Row[]> {
  const running = await startSwitch(kind);
  const pairs: Pair[] = [];
  try {
    for (const [index, make] of [desksidePair, sipjsPair, jssipPair].entries()) {
      const [sender, receiver] = accounts.slice(index * 2);
      if (sender && receiver) pairs.push(await make(running.url, sender, receiver));
    }
    return [
      ...(await compare(`in a dialog, ${kind}`, pairs, (pair) => pair.inDialog?.bind(pair))),
      ...(await compare(`outside a dialog, ${kind}`, pairs, (pair) => pair.page.bind(pair))),
    ];
  } finally {
    for (const pair of pairs) await pair.close();
    await running.stop();
  }
}

/** The rows of both switches. */
export async function run(): Promise<Row[]> {
  const agents = await benchAccounts();
  const { setTimeout: start, WebSocket: socket } = globalThis;
  // Both peers leave timers behind, of minutes, which would keep the process alive.
  const unattended = (...parameters: Parameters<typeof start>): NodeJS.Timeout => start(...parameters).unref();
  Object.assign(globalThis, { WebSocket: BenchSocket, setTimeout: unattended });
  try {
    return [...(await onSwitch('embedded', agents)), ...(await onSwitch('kamailio', agents))];
  } finally {
    Object.assign(globalThis, { WebSocket: socket, setTimeout: start });
  }
}
