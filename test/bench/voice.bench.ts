/**
 * Calls in Chromium, over the embedded switch: the time from the click to the first packet of sound at the other end, ours and bare sip.js's, the two
 * taking turns; and what a hundred calls leave on the heap.
 */
import puppeteer, { type Page } from 'puppeteer-core';
import { startEmbedded } from '../../demo/switch/embedded.js';
import { launchOptions } from '../support/browsers.mjs';
import type { voice as pageVoice } from './pages/voice-page.js';
import { median } from './median.js';
import type { Row } from './row.js';
import { servePage } from './serve-page.js';
import { benchAccounts } from './stacks/accounts.js';

export const name = 'Voice: click → sound at the other end, and the heap after 100 calls';

const ROUNDS = 12;
const CALLS = 100;

/** Milliseconds that sip.js keeps an INVITE's transaction after its 200: 64 × T1 (RFC 3261, 17.2.1, timer L), and a little. */
const TRANSACTIONS = 35_000;

/** By how much the heap may grow with them. */
const MAX_GROWTH = 1.15;

/** Runs in the page. */
type Scope = typeof globalThis & { voice: typeof pageVoice };

/** Bytes on the page's heap after a collection. */
async function heap(page: Page): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  return (await page.metrics()).JSHeapUsedSize ?? NaN;
}

const runIn = (page: Page, stack: string, count: number): Promise<number[]> =>
  page.evaluate((which, calls) => (globalThis as Scope).voice.run(which, calls), stack, count);

/** Times of both stacks, taking turns. */
async function times(page: Page): Promise<Row> {
  const all = new Map<string, number[]>([
    ['deskside', []],
    ['sip.js', []],
  ]);
  for (const stack of all.keys()) await runIn(page, stack, 2);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [stack, list] of all) list.push(...(await runIn(page, stack, 1)));
  }
  const [ours, peer] = [median(all.get('deskside') ?? []), median(all.get('sip.js') ?? [])];
  return { what: 'click → first packet of sound, to sip.js', ours, peer, ratio: ours / peer, unit: 'ms', note: `median of ${ROUNDS}` };
}

/** The rows. */
export async function run(): Promise<Row[]> {
  const accounts = await benchAccounts();
  const [kate, john, one, other] = accounts;
  if (!kate || !john || !one || !other) throw new Error('The demo data has too few agents.');
  const running = await startEmbedded({ accounts, domain: 'deskside.test', host: '127.0.0.1', port: 0 });
  const served = await servePage('voice-page');
  const browser = await puppeteer.launch(launchOptions('chromium'));
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction('window.voice');
    const { url } = running;
    await page.evaluate((ours, theirs) => (globalThis as Scope).voice.begin(ours, theirs), { url, caller: kate, callee: john }, { url, caller: one, callee: other }); // prettier-ignore
    const row = await times(page);
    await new Promise((resolve) => setTimeout(resolve, TRANSACTIONS));
    const before = await heap(page);
    await runIn(page, 'deskside', CALLS);
    await new Promise((resolve) => setTimeout(resolve, TRANSACTIONS));
    const after = await heap(page);
    if (after / before > MAX_GROWTH) throw new Error(`${CALLS} calls left ${after - before} bytes on the heap, of ${before} before.`);
    return [
      row,
      {
        what: `heap after ${CALLS} calls, to before`,
        ours: after / 1e6,
        peer: before / 1e6,
        ratio: after / before,
        unit: 'MB',
        note: 'once the transactions are over',
      },
    ];
  } finally {
    await browser.close();
    served.close();
    await running.stop();
  }
}
