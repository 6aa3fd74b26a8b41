/**
 * Conversations through cut connections, restarted switches, reloaded pages and killed tabs, in real browsers on real switches. Here in sizes that
 * take some minutes; `npm run survival` runs everything in full (docs/tabs.md).
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
