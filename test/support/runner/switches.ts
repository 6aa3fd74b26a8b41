import type { Middleware } from '@web/test-runner';
import { startSwitch } from '../../../demo/switch/start.js';
import { freePort } from '../../../demo/tools/free-port.mjs';

type SwitchKind = Parameters<typeof startSwitch>[0]['kind'];
type RunningSwitch = Awaited<ReturnType<typeof startSwitch>>;

const RESTART = /^\/switches\/(\w+)\/restart$/;

/** Starts one switch of each kind on free ports. */
export async function startSwitches(kinds: readonly SwitchKind[]): Promise<RunningSwitch[]> {
  const running: RunningSwitch[] = [];
  for (const kind of kinds) running.push(await startSwitch({ kind, port: await freePort() }));
  return running;
}

/**
 * Tells the browser suites of the switches: `GET /switches.json` gives `[{kind, url}]`, and `POST /switches/<kind>/restart`
 * answers once that switch has gone and come back on the same address.
 */
export function switchesMiddleware(switches: readonly RunningSwitch[]): Middleware {
  return async (context, next) => {
    if (context.path === '/switches.json') {
      context.body = switches.map(({ kind, url }) => ({ kind, url }));
      return;
    }
    const kind = RESTART.exec(context.path)?.[1];
    const meant = switches.find((running) => running.kind === kind);
    if (context.method !== 'POST' || !meant) return next();
    await meant.restart();
    context.body = { kind: meant.kind, url: meant.url };
  };
}
