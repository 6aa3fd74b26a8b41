/** A consultation as two agents see it: the agent page with a CRM in a frame, on the embedded switch, in both browsers. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startDemo, type RunningDemo } from '../../demo/server.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { findBrowser, type BrowserKind } from '../support/browsers.mjs';
import { Opened } from '../support/node-browser.js';
import { Desk, preparePage } from './desk.js';

for (const browserKind of ['chromium', 'firefox'] satisfies BrowserKind[]) {
  const missing = findBrowser(browserKind) || process.env['CI'] ? false : `no ${browserKind} here`;
  describe(`a consultation in ${browserKind}`, { skip: missing }, () => {
    const opened = new Opened();
    let demo: RunningDemo;
    let browser: Browser;
    let kate: Desk;
    let crm: Desk;
    let john: Desk;

    /** An agent's page in a browser session of its own. */
    async function agentPage(user: string, name: string, more: Record<string, string> = {}): Promise<Desk> {
      const { url } = (await (await fetch(new URL('switch.json', demo.url))).json()) as { url: string };
      const query = new URLSearchParams({
        server: url,
        address: `sip:${user}@deskside.test`,
        name,
        user,
        password: `${user}-secret`,
        ...more,
      });
      const page = await (await browser.createBrowserContext()).newPage();
      await page.setViewport({ width: 1280, height: 1000 });
      await preparePage(page);
      await page.goto(new URL(`agent.html?${query}`, demo.url).href);
      const desk = new Desk(page.mainFrame());
      await desk.sees('Ready');
      return desk;
    }

    before(async () => {
      buildIfStale('demo');
      demo = await opened.keep('the demo', startDemo({ kind: 'embedded', port: 0 }), (running) => running.stop());
      browser = await opened.browser(browserKind);
      // Kate's CRM is of another origin than her page, as real ones are; John's is of his own.
      const crmOrigin = new URL(demo.url).origin.replace('127.0.0.1', 'localhost');
      kate = await agentPage('kate', 'Kate Lewis', { interaction: 'voice', crm: crmOrigin });
      john = await agentPage('john', 'John Davis');
      crm = new Desk(await kate.page.waitForFrame((frame) => frame.url().startsWith(`${crmOrigin}/host.html?screen=voice`)));
    });

    after(() => opened.close());

    it('begins in the interaction screen by keyboard alone, and sends nothing', async () => {
      await kate.page.bringToFront();
      await kate.sees('Voice: Broken TV');
      const start = await kate.find('button', 'Start Consultation');
      await start.focus();
      await kate.press('Enter');
      await kate.find('team-communicator[mode=consult]');
      await kate.find('consult-panel:focus-within');
      await kate.page.keyboard.type('john davis');
      await kate.sees('1 matching internal target');
      await kate.press('Enter');
      await kate.sees('Not Connected');
      await kate.sees('Welcome to Instant Messaging. Send a message to start the session');
      await kate.sees('What John Davis will see: 11 entries');
      await kate.sees('masked');
      assert.equal(await john.count('Consultation instant messaging'), 0);
    });

    it('brings the case with the first message, the sensitive part of it masked', async () => {
      await kate.page.keyboard.type('Hello John, can you help me with this call?');
      await kate.press('Enter');
      await john.sees('Consultation instant messaging from Kate Lewis');
      await john.sees('Segment');
      await john.sees('Hello John, can you help me with this call?');
      assert.equal(await john.count('LX2-77'), 0, 'the notification shows only what the host chose');
      await john.page.bringToFront();
      await john.click('button', 'Accept');
      await kate.sees('Connected');
      await john.sees('LX2-77-008841');
      assert.equal(await john.count('4970'), 0);
    });

    it('shows contact and history from the own CRM', async () => {
      await john.click('[role=tab]', 'Contact Information');
      await john.sees('From your own application');
      await john.sees('avril.mai@example.org');
      await john.click('[role=tab]', 'Contact History');
      await john.sees('Remote control does not pair');
      await john.click('button', 'Show more');
      await john.type('input[type=search]', 'warranty');
      await john.seesNoMore('Remote control does not pair');
      await john.sees('Warranty extension');
    });

    it('tells of changes in the CRM', async () => {
      await john.click('[role=tab]', 'Case Information');
      await kate.page.bringToFront();
      await crm.frame.select('select[name=priority]', 'Urgent');
      await john.sees('Urgent');
      await john.sees('changed');
    });

    it('shows a colleague without a CRM what was sent of the contact, and says so; the call stays as it is when she closes her window', async () => {
      const aki = await agentPage('aki', 'Aki Mori', { host: 'none' });
      await kate.page.bringToFront();
      await kate.click('button', 'Start Consultation');
      await kate.find('consult-panel:focus-within');
      await kate.page.keyboard.type('aki mori');
      await kate.sees('1 matching internal target');
      await kate.press('Enter');
      await kate.sees('What Aki Mori will see');
      await kate.page.keyboard.type('Do you know this one?');
      await kate.press('Enter');
      await aki.page.bringToFront();
      await aki.click('button', 'Accept');
      await aki.sees('LX2-77-008841');
      await aki.click('[role=tab]', 'Contact Information');
      await aki.sees('Avril Mai');
      await aki.sees('As sent by Kate Lewis');
      assert.equal(await aki.count('avril.mai@example.org'), 0, 'only the fields that the host lets out');
      await aki.click('[role=tab]', 'Contact History');
      await aki.sees('The surrounding application offers no history');
      const before = await crm.screenText();
      await aki.click('button', 'End IM');
      await aki.click('button', 'Done');
      await kate.sees('Aki Mori ended the session');
      assert.equal(await crm.screenText(), before);
      await aki.page.close();
      await kate.page.bringToFront();
      await kate.click('button', 'Done');
      await kate.seesNoMore('Aki Mori ended the session');
    });

    it('tells of the end of the call', async () => {
      await crm.click('button', 'End call');
      await kate.sees('The interaction has ended. Its consultations go on until you end them.');
      await john.sees('The interaction with the contact has ended');
      assert.equal(await kate.count('End IM'), 1, 'the consultation goes on');
    });

    it('ends in words, and Done closes it', async () => {
      await john.page.bringToFront();
      await john.click('button', 'End IM');
      await kate.sees('John Davis ended the session');
      await kate.page.bringToFront();
      await kate.click('button', 'Done');
      await kate.seesNoMore('John Davis ended the session');
    });
  });
}
