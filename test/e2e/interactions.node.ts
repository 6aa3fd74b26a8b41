/** The page with an interaction of each medium: a panel in each screen, by keyboard alone, on the embedded switch, in both browsers. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { startDemo, type RunningDemo } from '../../demo/server.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { findBrowser, launchOptions, type BrowserKind } from '../support/browsers.mjs';
import { Desk, preparePage, until } from './desk.js';

const SCREENS = [
  ['voice', 'Voice: Broken TV'],
  ['email', 'E-mail: Invoice 2026-0917 charged twice'],
  ['chat', 'Chat: Delivery has not arrived'],
  ['workitem', 'Workitem: Approve a goodwill refund'],
] as const;

for (const browserKind of ['chromium', 'firefox'] satisfies BrowserKind[]) {
  const missing = findBrowser(browserKind) || process.env['CI'] ? false : `no ${browserKind} here`;
  describe(`four interactions in ${browserKind}`, { skip: missing }, () => {
    let demo: RunningDemo | undefined;
    let browser: Browser | undefined;
    let kate: Desk;

    before(async () => {
      buildIfStale('demo');
      demo = await startDemo({ kind: 'embedded', port: 0 });
      browser = await puppeteer.launch(launchOptions(browserKind));
      const page = await browser.newPage();
      await preparePage(page);
      await page.setViewport({ width: 1280, height: 1000 });
      await page.goto(new URL('interactions.html', demo.url).href);
      // The page finds the switch and goes on to the agent page.
      assert.ok(await until(() => Promise.resolve(page.url().includes('agent.html'))), page.url());
      await page.waitForSelector('consult-panel');
      kate = new Desk(page.mainFrame());
      await johnIsThere(new URL(page.url()));
      await page.bringToFront();
      await kate.sees('Ready');
    });

    after(async () => {
      await browser?.close();
      await demo?.stop();
    });

    /** John logs in, in a browser session of his own. */
    async function johnIsThere(desk: URL): Promise<void> {
      const page = await (await browser?.createBrowserContext())?.newPage();
      assert.ok(page);
      await preparePage(page);
      const who = { address: 'sip:john@deskside.test', name: 'John Davis', user: 'john', password: 'john-secret', interaction: '' };
      for (const [name, value] of Object.entries(who)) desk.searchParams.set(name, value);
      await page.goto(desk.href);
      await new Desk(page.mainFrame()).sees('Ready');
    }

    /** Gives the focus to Start Consultation of one panel. */
    const focusStart = (media: string): Promise<unknown> =>
      kate.frame.evaluate((medium) => document.querySelector<HTMLElement>(`consult-panel[media=${medium}]`)?.focus(), media);

    /** Finds John in the panel of a screen and begins, by keyboard alone. */
    async function begin(media: string): Promise<void> {
      await focusStart(media);
      await kate.press('Enter');
      await kate.find(`consult-panel[media=${media}]:focus-within`);
      await kate.page.keyboard.type('john davis');
      await kate.sees('Voice: Ready');
      await kate.press('Enter');
      await kate.seesNoMore('1 matching internal target');
    }

    for (const [media, label] of SCREENS) {
      it(`consults in the ${media} screen, and Done gives it up`, async () => {
        await kate.sees(label);
        await begin(media);
        await kate.sees('Not Connected');
        await kate.sees('What John Davis will see');
        await kate.click('button', 'Done');
        await kate.seesNoMore('Not Connected');
      });
    }

    it('keeps the consultations of each screen apart, through hiding and moving', async () => {
      for (const media of ['email', 'chat'] as const) {
        await begin(media);
        await kate.page.keyboard.type(`draft of the ${media}`);
      }
      const drafts = (): Promise<string[]> =>
        kate.frame.evaluate(() =>
          [...document.querySelectorAll('consult-panel')].map((panel) => {
            const inWindow = panel.shadowRoot?.querySelector('im-window')?.shadowRoot?.querySelector('im-transcript');
            return inWindow?.shadowRoot?.querySelector('textarea')?.value ?? '';
          }),
        );
      const wanted = ['', 'draft of the email', 'draft of the chat', ''];
      assert.deepEqual(await drafts(), wanted);
      // The same element in another place of the page, as portals and tabs of a CRM do it, and back.
      const move = (to: number): Promise<void> =>
        kate.frame.evaluate((place) => {
          const panel = document.querySelector('consult-panel[media=email]');
          document.querySelectorAll('.interaction')[place]?.prepend(panel ?? '');
        }, to);
      await move(3);
      assert.ok(
        await until(async () => (await drafts()).join() === ['', 'draft of the chat', 'draft of the email', ''].join()),
        JSON.stringify(await drafts()),
      );
      await kate.sees('What John Davis will see');
      await move(1);
      await kate.frame.evaluate(() => {
        const [, email, chat] = document.querySelectorAll<HTMLElement>('.interaction');
        if (!email || !chat) return;
        email.hidden = true;
        email.hidden = false;
        // One that a framework destroys and makes anew.
        chat.querySelector('consult-panel')?.remove();
      });
      await kate.seesNoMore(SCREENS[2][1]);
      await kate.frame.evaluate(() => {
        const panel = document.createElement('consult-panel');
        panel.setAttribute('media', 'chat');
        const [first] = document.querySelectorAll('consult-panel');
        panel.interaction = { ...first?.interaction, id: 'chat-9120', media: 'chat', label: 'Elsewhere', party: '', caseData: [] };
        document.querySelectorAll('.interaction')[2]?.append(panel);
      });
      await kate.sees('Chat: Elsewhere');
      assert.ok(await until(async () => (await drafts()).join() === wanted.join()), JSON.stringify(await drafts()));
    });
  });
}
