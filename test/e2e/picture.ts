/** Makes the picture of the README, `docs/demo.png`: the demonstration in the middle of a conversation. Run by `npm run picture`. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { startDemo } from '../../demo/server.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { launchOptions } from '../support/browsers.mjs';
import { Desk, preparePage, until } from './desk.js';

const OUTPUT = fileURLToPath(new URL('../../docs/demo.png', import.meta.url));

buildIfStale('demo');
const demo = await startDemo({ kind: 'embedded', port: 0 });
const browser = await puppeteer.launch(launchOptions('chromium'));
try {
  const page = await browser.newPage();
  await preparePage(page);
  await page.setViewport({ width: 1440, height: 820 });
  await page.goto(demo.url);
  const desk = async (user: string): Promise<Desk> => new Desk(await page.waitForFrame((frame) => frame.url().includes(`user=${user}`)));
  const [kate, john] = [await desk('kate'), await desk('john')];
  await kate.sees('Ready');
  await john.sees('Ready');
  await kate.type('input[role=combobox]', 'joh');
  await kate.click('[role=row]', 'John Davis');
  await kate.type('textarea', 'Hello John, can you please help me with this call?');
  await kate.press('Enter');
  await john.click('button', 'Accept');
  await john.type('textarea', 'Yes! Is it model X-200?');
  await john.press('Enter');
  await kate.sees('Yes! Is it model X-200?');
  await kate.type('textarea', 'It is. Serial number ends in 8841.');
  await kate.press('Enter');
  await john.sees('8841');
  // John looks at it; nothing is under way in the picture.
  await john.click('textarea');
  const isRead = async (): Promise<boolean> => {
    const text = await kate.screenText();
    return /8841\.[^]*\bRead\b/.test(text) && !/\b(Sending…|Sent|Delivered)\b/.test(text);
  };
  assert.ok(await until(isRead), `What Kate wrote last is not read:\n${await kate.screenText()}`);
  await page.screenshot({ path: OUTPUT });
} finally {
  await browser.close();
  await demo.stop();
}
