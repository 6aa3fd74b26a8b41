/** What an agent reads and can do when the network under a call changes, or lets no sound through, or the browser blocks it: in Chromium itself. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { startDemo, type RunningDemo } from '../../demo/server.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { findBrowser, launchOptions } from '../support/browsers.mjs';
import { openDesk, type VoiceDesk } from './voice-desk.js';

const missing = findBrowser('chromium') || process.env['CI'] ? false : 'no chromium here';

/** Milliseconds that a browser may take to give a way up, or to find one. */
const SLOW = 60_000;

describe('A call and its network', { skip: missing }, () => {
  let demo: RunningDemo | undefined;
  let browser: Browser | undefined;
  let kate: VoiceDesk;
  let john: VoiceDesk;

  before(async () => {
    buildIfStale('demo');
    demo = await startDemo({ kind: 'embedded', port: 0 });
    browser = await puppeteer.launch(launchOptions('chromium'));
    [kate, john] = await Promise.all([
      openDesk(browser, demo.url, { user: 'kate', name: 'Kate Lewis' }),
      openDesk(browser, demo.url, { user: 'john', name: 'John Davis' }),
    ]);
  });

  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  async function call(): Promise<void> {
    await kate.page.bringToFront();
    await kate.type('input[role=combobox]', 'john davis');
    await kate.sees('1 matching internal target');
    await kate.chooses('Call');
    await john.page.bringToFront();
    await john.presses('Kate Lewis', 'Answer');
    await kate.seesCall('John Davis', 'Connected');
  }

  it('says that the network changed, finds another way by itself, and the sound is back', async () => {
    await call();
    await kate.sound.flows();
    await kate.sound.cut();
    await kate.sees('The network changed. The sound comes back in a moment…', SLOW);
    await kate.sees('Connected');
    await kate.sound.mend();
    await kate.seesNoMore('The network changed', SLOW);
    await Promise.all([kate.sound.flows(), john.sound.flows()]);
  });

  it('says that the browser blocks the sound, and a click turns it on', async () => {
    await john.presses('Kate Lewis', 'End');
    await kate.presses('John Davis', 'Done');
    await john.presses('Kate Lewis', 'Done');
    await kate.sound.block();
    await call();
    await kate.sees('The browser blocks the sound. Click to hear the call.');
    await kate.page.bringToFront();
    await kate.click('button', 'Turn the sound on');
    await kate.seesNoMore('The browser blocks the sound');
    await kate.sound.flows();
  });

  it('says that no sound gets through where there is no way at all', async () => {
    await john.presses('Kate Lewis', 'End');
    await kate.presses('John Davis', 'Done');
    await kate.sound.cut();
    await call();
    await kate.sees('No sound gets through. Please check the network or tell your administrator.', SLOW);
    assert.equal((await kate.callWith('John Davis')).status, 'Connected', 'the call is there; only its sound is not');
  });
});
