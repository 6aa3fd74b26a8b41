/** What an agent reads and can do when the way under a call is interrupted, or the browser blocks the sound: in Chromium itself. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { startDemo, type RunningDemo } from '../../demo/server.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { findBrowser, launchOptions } from '../support/browsers.mjs';
import { openDesk, type VoiceDesk } from './voice-desk.js';

const missing = findBrowser('chromium') || process.env['CI'] ? false : 'no chromium here';

/** Milliseconds that browsers may take to give a way up, and to find another. */
const SLOW = 60_000;

/** The processes that a browser's pages run in: those below its own that say so. */
function renderersOf(browser: Browser): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const all = rows.map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row)).flatMap((found) => (found ? [found] : []));
  const below = (pid: number): number[] =>
    all
      .filter(([, , parent]) => Number(parent) === pid)
      .flatMap(([, id, , args]) => [...(args?.includes('--type=renderer') ? [Number(id)] : []), ...below(Number(id))]);
  return below(browser.process()?.pid ?? -1);
}

describe(
  'A call and what is under it',
  { skip: missing || (process.platform === 'win32' ? 'processes cannot be stopped here' : false) },
  () => {
    let demo: RunningDemo | undefined;
    /** One for each: John's can be stopped alone. */
    let browsers: Browser[] = [];
    let kate: VoiceDesk;
    let john: VoiceDesk;

    before(async () => {
      buildIfStale('demo');
      demo = await startDemo({ kind: 'embedded', port: 0 });
      browsers = await Promise.all([puppeteer.launch(launchOptions('chromium')), puppeteer.launch(launchOptions('chromium'))]);
      const [one, other] = browsers;
      assert.ok(one && other);
      [kate, john] = await Promise.all([
        openDesk(one, demo.url, { user: 'kate', name: 'Kate Lewis' }),
        openDesk(other, demo.url, { user: 'john', name: 'John Davis' }),
      ]);
    });

    after(async () => {
      await Promise.all(browsers.map((browser) => browser.close()));
      await demo?.stop();
    });

    it('says that the browser blocks the sound, and a click turns it on', async () => {
      await kate.sound.block();
      await kate.type('input[role=combobox]', 'john davis');
      await kate.sees('1 matching internal target');
      await kate.chooses('Call');
      await john.presses('Kate Lewis', 'Answer');
      await kate.seesCall('John Davis', 'Connected');
      await kate.sees('The browser blocks the sound. Click to hear the call.');
      await kate.click('button', 'Turn the sound on');
      await kate.seesNoMore('The browser blocks the sound');
      await kate.sound.flows();
    });

    it('says that the network changed when nothing comes any more, finds a way again by itself, and the sound is back', async () => {
      const [, other] = browsers;
      assert.ok(other);
      const stopped = renderersOf(other);
      assert.notEqual(stopped.length, 0);
      stopped.forEach((pid) => process.kill(pid, 'SIGSTOP'));
      try {
        await kate.sees('The network changed. The sound comes back in a moment…', SLOW);
        assert.equal((await kate.callWith('John Davis')).status, 'Connected', 'the call goes on');
      } finally {
        stopped.forEach((pid) => process.kill(pid, 'SIGCONT'));
      }
      await kate.seesNoMore('The network changed', SLOW);
      await Promise.all([kate.sound.flows(), john.sound.flows()]);
      assert.equal((await kate.screenText()).includes('No sound gets through'), false);
    });
  },
);
