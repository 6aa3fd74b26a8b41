/** The switches that the conversation suite runs on: one in the page's own memory, and those that the runner has started. */
import { createSwitch, type Account } from '../../demo/switch/core/switch.js';
import { memorySocket } from '../../demo/switch/memory-socket.js';
import type { OpenSocket } from './network.js';

/** A switch that agents can connect to. */
export interface TestSwitch {
  readonly kind: 'memory' | 'embedded' | 'kamailio';
  readonly url: string;
  readonly open: OpenSocket;
  /** Loses every connection and registration. */
  restart(): Promise<void>;
}

/** One record of the demo data. */
export interface DemoRecord extends Account {
  readonly type: string;
  readonly name: string;
  readonly user?: string;
  readonly password?: string;
}

/** The demo agents, groups and queues. */
export async function demoRecords(): Promise<readonly DemoRecord[]> {
  return (await (await fetch('/demo/data/agents.json')).json()) as DemoRecord[];
}

/** A switch in this page's memory. */
export async function memorySwitch(): Promise<TestSwitch> {
  const core = createSwitch({
    domain: 'deskside.test',
    accounts: await demoRecords(),
    now: () => Date.now(),
    randomId: () => crypto.randomUUID().replaceAll('-', ''),
    setTimeout: (callback, ms) => setTimeout(callback, ms),
    clearTimeout: (handle) => clearTimeout(handle as number),
  });
  const open = memorySocket(core);
  return {
    kind: 'memory',
    url: 'ws://memory.test',
    open,
    restart: () => {
      core.stop();
      return Promise.resolve();
    },
  };
}

/** Every switch that is there: the one in memory, and with `npm test` the embedded one over WebSocket and Kamailio. */
async function everySwitch(): Promise<readonly TestSwitch[]> {
  const answer = await fetch('/switches.json');
  const running = answer.ok ? ((await answer.json()) as { kind: 'embedded' | 'kamailio'; url: string }[]) : [];
  return [
    await memorySwitch(),
    ...running.map(({ kind, url }): TestSwitch => ({
      kind,
      url,
      open: (address, protocols) => new WebSocket(address, protocols),
      restart: async () => {
        const done = await fetch(`/switches/${kind}/restart`, { method: 'POST' });
        if (!done.ok) throw new Error(`The switch ${kind} did not restart (${done.status}).`);
      },
    })),
  ];
}

/** Describes the same conversation on every switch. Where they differ, one of them is wrong. */
export async function onEverySwitch(title: string, describeOn: (on: TestSwitch) => void): Promise<void> {
  for (const on of await everySwitch()) describe(`${title}, on ${on.kind}`, () => describeOn(on));
}
