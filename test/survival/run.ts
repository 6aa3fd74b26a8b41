/** `npm run survival`: the whole matrix, or the part that the options name; one line for each, and an exit code. */
import { parseArgs } from 'node:util';
import { findBrowser, type BrowserKind } from '../support/browsers.mjs';
import { halfOpen } from './half-open.js';
import type { Trouble } from './plan.js';
import { Stage, type SwitchKind } from './stage.js';
import { isClean, Talk } from './talk.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    browser: { type: 'string', multiple: true, default: ['chromium', 'firefox'] },
    switch: { type: 'string', multiple: true, default: ['embedded', 'kamailio'] },
    trouble: { type: 'string', multiple: true, default: ['none', 'reload', 'leader-killed', 'half-open'] },
    texts: { type: 'string', default: '1000' },
    cuts: { type: 'string', default: '50' },
    restarts: { type: 'string', default: '5' },
    every: { type: 'string', default: '100' },
  },
});

const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));

/** Runs one, and prints what came of it. */
async function one(browser: BrowserKind, kind: SwitchKind, trouble: Trouble | 'half-open'): Promise<boolean> {
  const stage = await Stage.open(kind, browser);
  try {
    if (trouble === 'half-open') {
      const found = await halfOpen(stage);
      console.log(`${browser} ${kind} ${trouble}: ${JSON.stringify(found)}`);
      return found.isClean;
    }
    const size = {
      seed,
      trouble,
      texts: Number(values.texts),
      cuts: Number(values.cuts),
      restarts: Number(values.restarts),
      every: Number(values.every),
    };
    const verdict = await new Talk(stage, size, browser === 'chromium').run();
    console.log(`${browser} ${kind} ${trouble}: ${JSON.stringify(verdict)}`);
    return isClean(verdict, size.cuts);
  } catch (error) {
    console.log(`${browser} ${kind} ${trouble}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await stage.close();
  }
}

console.log(`seed ${seed}`);
let failed = 0;
for (const browser of values.browser as BrowserKind[])
  for (const kind of values.switch as SwitchKind[])
    for (const trouble of values.trouble as (Trouble | 'half-open')[])
      if (findBrowser(browser) && !(await one(browser, kind, trouble))) failed += 1;
console.log(failed === 0 ? 'All survived.' : `${failed} did not survive.`);
process.exit(failed === 0 ? 0 : 1);
