/**
 * What an agent feels: from Enter until the text is painted at the other agent, in Chromium, over both switches. Our elements against as little page
 * as a person could use on bare sip.js and bare JsSIP, the stacks taking turns; each agent has a page in a process of its own, as in life. A frame
 * lasts 16.7 ms, which all of them wait for, so the time until the text is in the other page's document is shown, too.
 */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { SwitchKind } from '../../demo/switch/start.js';
import { launchOptions } from '../support/browsers.mjs';
import { median } from './median.js';
import type { painting as pagePainting } from './pages/painted-page.js';
import type { Row } from './row.js';
import { servePage } from './serve-page.js';
import { benchAccounts } from './stacks/accounts.js';
import type { BenchAccount } from './stacks/pair.js';
import { startSwitch } from './start-switch.js';

export const name = 'Enter → painted at the other agent';

/** Turns of each stack, messages of a turn (few, so that what else the machine does meets all stacks alike), and messages that warm up. */
const ROUNDS = 50;
const MESSAGES = 2;
const WARM_UP = 20;
const STACKS = ['deskside', 'sip.js', 'JsSIP'];

/** Runs in the page. */
type Scope = typeof globalThis & { painting: typeof pagePainting };

/** From the key, ms. */
interface Times {
  readonly inDocument: number;
  readonly painted: number;
}

/** A page in a window of its own. */
async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction('window.painting');
  return page;
}

/** The two pages of one stack. */
interface Pair {
  readonly writer: Page;
  readonly reader: Page;
}

async function openPair(browser: Browser, url: string, stack: string, switchUrl: string, accounts: readonly BenchAccount[]): Promise<Pair> {
  const [sender, receiver] = accounts;
  if (!sender || !receiver) throw new Error('The demo data has too few agents.');
  const [writer, reader] = await Promise.all([openPage(browser, url), openPage(browser, url)]);
  await reader.evaluate((...all) => (globalThis as Scope).painting.receive(...all), stack, switchUrl, receiver);
  await writer.evaluate((...all) => (globalThis as Scope).painting.write(...all), stack, switchUrl, sender, receiver);
  return { writer, reader };
}

let count = 0;

async function write({ writer, reader }: Pair): Promise<Times> {
  const text = `Line ${(count += 1)}: can you help me with this call?`;
  const seen = reader.evaluate((...all) => (globalThis as Scope).painting.seen(...all), text);
  const pressed = await writer.evaluate((...all) => (globalThis as Scope).painting.type(...all), text);
  const { inDocument, painted } = await seen;
  return { inDocument: inDocument - pressed, painted: painted - pressed };
}

async function turn(pair: Pair, messages: number): Promise<Times[]> {
  const times: Times[] = [];
  while (times.length < messages) times.push(await write(pair));
  return times;
}

/** Times of every stack. */
async function measure(
  browser: Browser,
  pageUrl: string,
  switchUrl: string,
  accounts: readonly BenchAccount[],
): Promise<Map<string, Times[]>> {
  const pairs = new Map<string, Pair>();
  for (const [index, stack] of STACKS.entries())
    pairs.set(stack, await openPair(browser, pageUrl, stack, switchUrl, accounts.slice(index * 2)));
  for (const pair of pairs.values()) await turn(pair, WARM_UP);
  const times = new Map<string, Times[]>(STACKS.map((stack) => [stack, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [stack, pair] of pairs) times.get(stack)?.push(...(await turn(pair, MESSAGES)));
  }
  for (const page of [...pairs.values()].flatMap(({ writer, reader }) => [writer, reader])) await page.browserContext().close();
  return times;
}

function rows(kind: SwitchKind, times: ReadonlyMap<string, readonly Times[]>): Row[] {
  const figure = (stack: string, which: keyof Times): number => median((times.get(stack) ?? []).map((one) => one[which]));
  const peers = [...times.keys()].filter((stack) => stack !== 'deskside');
  const parts = [
    ['painted', 'Enter → painted'],
    ['inDocument', 'Enter → in the document'],
  ] as const;
  return parts.flatMap(([which, what]) =>
    peers.map((stack) => {
      const [ours, peer] = [figure('deskside', which), figure(stack, which)];
      const note = `median of ${ROUNDS * MESSAGES}`;
      return { what: `${what}, ${kind}, to ${stack}`, ours, peer, ratio: ours / peer, unit: 'ms', note };
    }),
  );
}

/** The rows of both switches. */
export async function run(): Promise<Row[]> {
  const accounts = await benchAccounts();
  const served = await servePage('painted-page');
  const browser = await puppeteer.launch(launchOptions('chromium'));
  try {
    const all: Row[] = [];
    for (const kind of ['embedded', 'kamailio'] as const) {
      const running = await startSwitch(kind);
      try {
        all.push(...rows(kind, await measure(browser, served.url, running.url, accounts)));
      } finally {
        await running.stop();
      }
    }
    return all;
  } finally {
    await browser.close();
    served.close();
  }
}
