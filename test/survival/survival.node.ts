/**
 * Conversations through cut connections, restarted switches, reloaded pages and killed tabs, in real browsers on real switches. Here in sizes that
 * take some minutes; `npm run survival` runs everything in full (docs/tabs.md).
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freePort } from '../../demo/tools/free-port.mjs';
import { findBrowser, findProgram, type BrowserKind } from '../support/browsers.mjs';
import type { Trouble } from './plan.js';
import { Stage, type SwitchKind } from './stage.js';
import { isClean, Talk } from './talk.js';

/** The same each time, so that a failure can be looked into; `npm run survival` takes another one each time. */
const SEED = Number(process.env['SURVIVAL_SEED'] ?? 20261121);

/** Browser, switch, trouble, texts in each direction, cuts, restarts, texts between two troubles. */
type Row = readonly [BrowserKind, SwitchKind, Trouble, number, number, number, number];

const ROWS: readonly Row[] = [
  ['chromium', 'embedded', 'none', 500, 25, 3, 100],
  ['chromium', 'embedded', 'reload', 60, 3, 1, 20],
  ['chromium', 'kamailio', 'leader-killed', 60, 3, 1, 20],
  ['firefox', 'embedded', 'none', 60, 3, 1, 20],
];

/** Why a row cannot run here; with CI=true it must. */
function missing(browser: BrowserKind, kind: SwitchKind): string | false {
  if (process.env['CI'] === 'true') return false;
  if (!findBrowser(browser)) return `no ${browser} here`;
  return kind === 'kamailio' && !findProgram('kamailio') ? 'no Kamailio here' : false;
}

describe('A page with two servers, of which the first is down', { skip: missing('chromium', 'embedded') }, () => {
  it('takes the next; finds on waking that its network is gone, and goes on once it is back', async () => {
    const stage = await Stage.open('embedded', 'chromium');
    try {
      const [kate, john] = [await stage.agent('kate'), await stage.agent('john')];
      const nobody = `ws://127.0.0.1:${await freePort()}`;
      const page = await kate.tab(kate.url.replace('server=', `server=${encodeURIComponent(nobody)},`));
      const peer = await john.tab();
      await page.evaluate(() => observed?.invite('john', 'hello'));
      await peer.waitForFunction(() => observed?.accept(), { polling: 50 });
      await page.waitForFunction(() => observed?.session()?.status === 'connected', { polling: 50 });
      kate.proxy.silence();
      await page.evaluate(() => observed?.write(['into the dark']));
      // What a laptop's page is told when it wakes.
      await page.evaluate(() => void dispatchEvent(new Event('online')));
      await page.waitForFunction(() => observed?.session()?.resuming, { polling: 50 });
      kate.proxy.recover();
      await peer.evaluate(() => observed?.write(['are you back?']));
      await page.waitForFunction(() => observed?.heard().includes('are you back?'), { polling: 50, timeout: 60_000 });
      await peer.waitForFunction(() => observed?.heard().includes('into the dark'), { polling: 50 });
      assert.deepEqual(await peer.evaluate(() => observed?.heard().filter((text) => text === 'into the dark')), ['into the dark']);
    } finally {
      await stage.close();
    }
  });
});

describe(`A conversation survives (seed ${SEED})`, () => {
  for (const [browser, kind, trouble, texts, cuts, restarts, every] of ROWS) {
    const title = `${browser} on ${kind}, trouble: ${trouble}; ${texts} texts each way, ${cuts} cuts, ${restarts} restarts`;
    it(title, { skip: missing(browser, kind) }, async () => {
      const stage = await Stage.open(kind, browser);
      try {
        const verdict = await new Talk(stage, { seed: SEED, texts, cuts, restarts, trouble, every }, browser === 'chromium').run();
        assert.ok(isClean(verdict, cuts), JSON.stringify(verdict));
      } finally {
        await stage.close();
      }
    });
  }
});
