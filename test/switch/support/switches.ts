/** Runs the same cases on both switches. */
import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import type { StartOptions, SwitchKind } from '../../../demo/switch/start.js';
import { startSwitch, type RunningSwitch } from '../../../demo/switch/start.js';
import { isKamailioInstalled } from '../../../demo/switch/kamailio/start.js';
import { RawAgent, type AgentOptions } from './agent.js';

/** What a case works with. */
export interface Stage {
  readonly kind: SwitchKind;
  readonly url: string;
  readonly running: RunningSwitch;
  /** Connects and registers an agent, who goes when the case is over. */
  readonly login: (user: string, options?: AgentOptions) => Promise<RawAgent>;
  /** Connects without registering. */
  readonly connect: (user: string, options?: AgentOptions) => Promise<RawAgent>;
}

/** One case of the table. */
export type Case = (stage: Stage) => Promise<void>;

/** Registers every case as a test on the embedded switch and on Kamailio. */
export function onBothSwitches(topic: string, cases: Readonly<Record<string, Case>>, options: Partial<StartOptions> = {}): void {
  onSwitch('embedded', topic, cases, options);
  if (isKamailioInstalled()) onSwitch('kamailio', topic, cases, options);
  else void test(`${topic} on kamailio`, (context) => missing(context));
}

/** Registers the cases on one switch. */
export function onSwitch(
  kind: SwitchKind,
  topic: string,
  cases: Readonly<Record<string, Case>>,
  options: Partial<StartOptions> = {},
): void {
  void describe(`${topic} on ${kind}`, () => {
    let running: RunningSwitch;
    before(async () => {
      running = await startSwitch({ port: 0, ...options, kind });
    });
    after(() => running.stop());
    for (const [name, run] of Object.entries(cases)) void test(name, () => perform(run, running));
  });
}

async function perform(run: Case, running: RunningSwitch): Promise<void> {
  const agents: RawAgent[] = [];
  const { kind, url } = running;
  const keep = (agent: RawAgent): RawAgent => {
    agents.push(agent);
    return agent;
  };
  try {
    await run({
      kind,
      url,
      running,
      login: async (user, options) => keep(await RawAgent.login(url, user, options)),
      connect: async (user, options) => keep(await RawAgent.connect(url, user, options)),
    });
  } finally {
    await Promise.all(agents.map((agent) => agent.close()));
  }
}

function missing(context: { diagnostic(message: string): void }): void {
  context.diagnostic('Kamailio is not installed: its half of these cases did not run.');
  assert.ok(process.env['CI'] !== 'true', 'Kamailio must be installed on CI');
}
