import type { TestRunnerConfig } from '@web/test-runner';
import { startSwitch } from '../../../demo/switch/start.js';
import { freePort } from '../../../demo/tools/free-port.mjs';
import type { BrowserKind } from '../browsers.mjs';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/** The kinds of switch that can be started here. */
export type SwitchKind = Parameters<typeof startSwitch>[0]['kind'];
type RunningSwitch = Awaited<ReturnType<typeof startSwitch>>;
/** The switches of each browser. */
export type Switches = ReadonlyMap<BrowserKind, readonly RunningSwitch[]>;

const RESTART = /^\/switches\/(\w+)\/restart$/;

/** Starts one switch of each kind for each browser, on free ports. */
export async function startSwitches(browsers: readonly BrowserKind[], kinds: readonly SwitchKind[]): Promise<Switches> {
  const switches = new Map<BrowserKind, RunningSwitch[]>();
  for (const browser of browsers) {
    const running: RunningSwitch[] = [];
    switches.set(browser, running);
    for (const kind of kinds) running.push(await startSwitch({ kind, port: await freePort() }));
  }
  return switches;
}

/** Stops them all. */
export async function stopSwitches(switches: Switches): Promise<void> {
  await Promise.all([...switches.values()].flat().map((running) => running.stop()));
}

/**
 * Tells the browser suites of the switches of their browser: `GET /switches.json` gives `[{kind, url}]`, and
 * `POST /switches/<kind>/restart` answers once that switch has gone and come back on the same address.
 */
export function switchesMiddleware(switches: Switches): Middleware {
  return async (context, next) => {
    const own = switches.get(context.get('user-agent').includes('Firefox/') ? 'firefox' : 'chromium') ?? [];
    if (context.path === '/switches.json') {
      context.body = own.map(({ kind, url }) => ({ kind, url }));
      return;
    }
    const kind = RESTART.exec(context.path)?.[1];
    const meant = own.find((running) => running.kind === kind);
    if (context.method !== 'POST' || !meant) {
      await next();
      return;
    }
    await meant.restart();
    context.body = { kind: meant.kind, url: meant.url };
  };
}
