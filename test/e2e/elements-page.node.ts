/** The page of live examples: every element in its states, without an error, accessible, and no wider than it may be; in both browsers. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { startDemo } from '../../demo/server.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { elementEntries } from '../../demo/tools/entries.mjs';
import { findBrowser, type BrowserKind } from '../support/browsers.mjs';
import { Opened } from '../support/node-browser.js';
import { ROOT } from '../support/root.mjs';
import { Desk, preparePage } from './desk.js';

const require = createRequire(import.meta.url);
const AXE = require.resolve('axe-core/axe.min.js');

/** What axe finds, as one line for each. */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> };
    };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes.map(({ target }) => target))}`);
  });
}

/** Examples that stand wider than their place. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.example')]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => one.firstElementChild?.localName ?? ''),
  );

for (const kind of ['chromium', 'firefox'] satisfies BrowserKind[]) {
  const missing = findBrowser(kind) || process.env['CI'] ? false : `no ${kind} here`;
  describe(`the live examples in ${kind}`, { skip: missing }, () => {
    const opened = new Opened();
    const errors: string[] = [];
    let page: Page;
    let desk: Desk;

    before(async () => {
      buildIfStale('demo');
      const demo = await opened.keep('the demo', startDemo({ kind: 'embedded', port: 0 }), (running) => running.stop());
      page = await (await opened.browser(kind)).newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await preparePage(page);
      await page.setViewport({ width: 1200, height: 900 });
      await page.goto(new URL('elements.html', demo.url).href);
      await page.waitForSelector('[data-ready]', { timeout: 60_000 });
      desk = new Desk(page.mainFrame());
    });

    after(() => opened.close());

    it('shows every element, each session in its state', async () => {
      const shown = await page.$$eval('.example > *', (all) => all.map(({ localName }) => localName));
      const wanted = elementEntries(join(ROOT, 'src'))
        .map(({ tag }) => tag)
        .filter((tag) => tag !== 'sip-provider');
      assert.deepEqual(
        wanted.filter((tag) => !shown.includes(tag)),
        [],
      );
      for (const word of ['Connected', 'Not Connected', 'Establishing', 'Ended', 'In a call, try Zofia']) await desk.sees(word);
    });

    it('is accessible', async () => {
      assert.deepEqual(await violations(page), []);
    });

    for (const [name, width] of [
      ['280 px', 280],
      ['480 px', 480],
    ] as const) {
      it(`holds at ${name}, and from right to left`, async () => {
        await desk.click('button', name);
        assert.equal(await page.$eval('.example', (one) => one.clientWidth), width);
        assert.deepEqual(await tooWide(page), []);
        await desk.click('button', 'Right to left');
        assert.deepEqual(await tooWide(page), []);
        await desk.click('button', 'Right to left');
      });
    }

    it('works: an invitation that is accepted is open', async () => {
      await desk.click('button', 'Accept');
      await desk.sees('accepted');
    });

    it('had no error', () => {
      assert.deepEqual(errors, []);
    });
  });
}
