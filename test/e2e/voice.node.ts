/**
 * An IM consultation that becomes one by voice, as three agents see it: with mouse and keyboard on the agent page, with Chromium's own microphone, on
 * the embedded switch and on Kamailio. Sound is measured by what WebRTC counts: packets and their energy.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { startDemo, type RunningDemo } from '../../demo/server.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { findBrowser, launchOptions } from '../support/browsers.mjs';
import { Desk } from './desk.js';
import { openDesk, type VoiceDesk } from './voice-desk.js';

const missing = findBrowser('chromium') || process.env['CI'] ? false : 'no chromium here';

for (const kind of ['embedded', 'kamailio'] as const) {
  describe(`IM becomes voice on ${kind}`, { skip: missing }, () => {
    let demo: RunningDemo | undefined;
    let browser: Browser | undefined;
    let kate: VoiceDesk;
    let john: VoiceDesk;
    let crm: Desk;

    const agentPage = (user: string, name: string, more: Record<string, string> = {}): Promise<VoiceDesk> => {
      assert.ok(demo && browser);
      return openDesk(browser, demo.url, { user, name, ...more });
    };

    before(async () => {
      buildIfStale('demo');
      demo = await startDemo({ kind, port: 0 });
      browser = await puppeteer.launch(launchOptions('chromium'));
      [kate, john] = await Promise.all([agentPage('kate', 'Kate Lewis', { interaction: 'voice' }), agentPage('john', 'John Davis')]);
      crm = new Desk(await kate.page.waitForFrame((frame) => frame.url().includes('host.html?screen=voice')));
    });

    after(async () => {
      await browser?.close();
      await demo?.stop();
    });

    it('begins as an IM consultation', async () => {
      await kate.page.bringToFront();
      await kate.click('button', 'Start Consultation');
      await kate.page.keyboard.type('john davis');
      await kate.sees('1 matching internal target');
      await kate.press('Enter');
      await kate.sees('Not Connected');
      await kate.page.keyboard.type('Can you help me with this call?');
      await kate.press('Enter');
      await john.page.bringToFront();
      await john.click('button', 'Accept');
      await kate.seesIn('im-window', 'Connected');
    });

    it('preselects the partner under Active Consultations, and holds the contact before anybody rings', async () => {
      await kate.page.bringToFront();
      await kate.consults('Active Consultations');
      await john.sees('Incoming call');
      assert.equal((await kate.callWith('Avril Mai')).status, 'On hold', 'the contact is on hold by the time that it rings');
      await crm.sees('On hold');
      assert.match((await john.callWith('Kate Lewis')).text, /Voice consultation/);
    });

    it('lets the two talk once the partner answers, and the IM goes on beside it', async () => {
      await john.page.bringToFront();
      await john.presses('Kate Lewis', 'Answer');
      await kate.seesCall('John Davis', 'Connected');
      await Promise.all([kate.sound.flows(), john.sound.flows()]);
      await kate.page.bringToFront();
      await kate.type('textarea', 'I hear you');
      await kate.press('Enter');
      await john.sees('I hear you');
    });

    it('comes back to the contact with one click when the partner ends or rejects', async () => {
      await john.page.bringToFront();
      await john.presses('Kate Lewis', 'End');
      await kate.seesCall('John Davis', 'Ended');
      assert.equal((await kate.callWith('Avril Mai')).status, 'On hold');
      await kate.page.bringToFront();
      await kate.click('button', 'Retrieve');
      await kate.seesCall('Avril Mai', 'Connected');
      await kate.presses('John Davis', 'Done');
      await john.presses('Kate Lewis', 'Done');
      await kate.consults('Active Consultations');
      await john.page.bringToFront();
      await john.presses('Kate Lewis', 'Reject');
      await kate.seesCall('John Davis', 'Rejected');
      await kate.page.bringToFront();
      await kate.click('button', 'Retrieve');
      await kate.seesCall('Avril Mai', 'Connected');
      await crm.sees('On the line');
      await kate.presses('John Davis', 'Done');
      await john.presses('Kate Lewis', 'Done');
    });

    it('completes the transfer: the contact goes to the partner on the telephone of the host', async () => {
      await kate.page.bringToFront();
      await kate.consults('Active Consultations');
      await john.page.bringToFront();
      await john.presses('Kate Lewis', 'Answer');
      await kate.seesCall('John Davis', 'Connected');
      await kate.page.bringToFront();
      await kate.presses('John Davis', 'Transfer');
      await kate.seesCall('Avril Mai', 'Ended');
      await john.seesCall('Kate Lewis', 'Ended');
      await john.presses('Kate Lewis', 'Done');
      await kate.seesIn('im-window', 'Connected');
    });

    it('dials nobody where the contact cannot be put on hold, and says so', async () => {
      await kate.page.close();
      kate = await agentPage('kate', 'Kate Lewis', { interaction: 'voice', faulty: 'hold' });
      await kate.page.bringToFront();
      await kate.click('button', 'Start Consultation');
      await kate.page.keyboard.type('john davis');
      await kate.sees('1 matching internal target');
      await kate.chooses('Start Voice Consultation');
      await kate.sees('The contact could not be put on hold. Nobody was called.');
      assert.equal(await john.count('Incoming call'), 0);
      assert.equal((await kate.callWith('Avril Mai')).status, 'Connected');
    });

    it('connects contact, partner and agent to a conference, and each hears the others', async () => {
      const aki = await agentPage('aki', 'Aki Mori');
      await kate.page.close();
      kate = await agentPage('kate', 'Kate Lewis');
      await kate.page.bringToFront();
      await kate.type('input[role=combobox]', 'aki mori');
      await kate.sees('1 matching internal target');
      await kate.chooses('Call');
      await aki.page.bringToFront();
      await aki.presses('Kate Lewis', 'Answer');
      await kate.seesCall('Aki Mori', 'Connected');
      await kate.page.bringToFront();
      await kate.presses('Aki Mori', 'Consult or transfer');
      await kate.find('input[role=combobox]:focus');
      await kate.page.keyboard.type('john davis');
      await kate.sees('1 matching internal target');
      await kate.chooses('Start Voice Consultation');
      await john.page.bringToFront();
      await john.presses('Kate Lewis', 'Answer');
      await kate.seesCall('John Davis', 'Connected');
      assert.equal((await aki.callWith('Kate Lewis')).text.includes('The other side put you on hold'), true);
      await kate.page.bringToFront();
      await kate.presses('John Davis', 'Conference');
      await kate.sees('Conference: Aki Mori, John Davis');
      await kate.presses('John Davis', 'Mute');
      // Kate is silent now: what the two hear of each other comes through her page.
      await Promise.all([aki.sound.flows(), john.sound.flows()]);
      await kate.presses('John Davis', 'Transfer');
      await john.seesCall('Aki Mori', 'Connected');
      await Promise.all([aki.sound.flows(), john.sound.flows()]);
    });
  });
}
