/** The demonstration, driven as two agents would: `demo/index.html` on the embedded switch and on Kamailio, in both browsers. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { startDemo } from '../../demo/server.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { findBrowser, type BrowserKind } from '../support/browsers.mjs';
import { Opened } from '../support/node-browser.js';
import { Desk, preparePage } from './desk.js';

/** A desk of the index page. */
async function deskOf(page: Page, user: string): Promise<Desk> {
  const frame = await page.waitForFrame((candidate) => candidate.url().includes(`user=${user}`));
  return new Desk(frame);
}

const BOX = 'textarea';

for (const kind of ['embedded', 'kamailio'] as const) {
  for (const browserKind of ['chromium', 'firefox'] satisfies BrowserKind[]) {
    const missing = findBrowser(browserKind) || process.env['CI'] ? false : `no ${browserKind} here`;
    describe(`demo on ${kind} in ${browserKind}`, { skip: missing }, () => {
      const opened = new Opened();
      let page: Page;
      let kate: Desk;
      let john: Desk;

      before(async () => {
        buildIfStale('demo');
        const demo = await opened.keep('the demo', startDemo({ kind, port: 0 }), (running) => running.stop());
        const browser = await opened.browser(browserKind);
        page = await browser.newPage();
        await page.setViewport({ width: 1600, height: 1000 });
        await preparePage(page);
        await page.goto(demo.url);
        kate = await deskOf(page, 'kate');
        john = await deskOf(page, 'john');
        await kate.sees('Ready');
        await john.sees('Ready');
      });

      after(() => opened.close());

      it('opens a window that sends nothing', async () => {
        await kate.type('input[role=combobox]', 'joh');
        // Until the switch has told of John, what can be done with him is not known either.
        await kate.sees('Technical Support · ext. 7002\nReady');
        await kate.click('[role=row]', 'John Davis');
        await kate.sees('Not Connected');
        await kate.sees('Welcome to Instant Messaging. Send a message to start the session');
        assert.equal(await john.count('Internal instant messaging from Kate Lewis'), 0);
      });

      it('invites with the first message, which does not take the focus', async () => {
        await kate.type(BOX, 'Hello John, <b>can you help</b> me?');
        await kate.press('Enter');
        await kate.sees('Establishing');
        await john.sees('Internal instant messaging from Kate Lewis');
        await john.sees('Hello John, <b>can you help</b> me?');
        assert.equal(await john.frame.evaluate(() => document.activeElement?.tagName), 'BODY');
      });

      it('connects when John accepts, with the first message once', async () => {
        await john.click('button', 'Accept');
        await kate.sees('Connected');
        await john.sees('Connected');
        await kate.sees('accepted');
        assert.equal(await kate.count('Hello John, <b>can you help</b> me?'), 1);
        assert.equal(await john.count('Hello John, <b>can you help</b> me?'), 1);
      });

      it('carries lines both ways, by Enter and by Send', async () => {
        await john.type(BOX, 'Yes! Is it model X-200?');
        await john.click('button', 'Send');
        await kate.sees('Yes! Is it model X-200?');
        await kate.type(BOX, 'It is. 🙂 مرحبا');
        await kate.press('Enter');
        await john.sees('It is. 🙂 مرحبا');
      });

      it('ends from either side and closes with Done', async () => {
        await john.click('button', 'End IM');
        await john.sees('Ended');
        await kate.sees('Ended');
        await kate.sees('John Davis ended');
        await kate.click('button', 'Done');
        await kate.seesNoMore('John Davis ended');
        await john.click('button', 'Done');
      });
    });
  }
}
