/**
 * What an agent feels: from Enter until the text is painted at the other agent, in Chromium, over both switches. Our elements against as little page
 * as a person could use on bare sip.js and bare JsSIP, the stacks taking turns. A frame lasts 16.7 ms, which all of them wait for, so the time until
 * the text is in the other page's document is shown, too.
 */
import { readFile } from 'node:fs/promises';
import puppeteer, { type Browser } from 'puppeteer-core';
import type { SwitchKind } from '../../demo/switch/start.js';
import { launchOptions } from '../support/browsers.mjs';
import type { Times, writing as pageWriting } from './pages/painted-page.js';
import type { Row } from './row.js';
import { servePage } from './serve-page.js';
import type { BenchAccount } from './stacks/pair.js';
import { startSwitch } from './start-switch.js';

export const name = 'Enter → painted at the other agent';

/** Turns of each stack, messages of a turn, and messages that warm up. */
const ROUNDS = 6;
const MESSAGES = 10;
const WARM_UP = 20;

/** Runs in the page. */
type Scope = typeof globalThis & { writing: typeof pageWriting };

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

/** Times of every stack. */
async function measure(
  browser: Browser,
  pageUrl: string,
  switchUrl: string,
  accounts: readonly BenchAccount[],
): Promise<Map<string, Times[]>> {
  const page = await browser.newPage();
  await page.goto(pageUrl);
  await page.waitForFunction('window.writing');
  const stacks = await page.evaluate(() => (globalThis as Scope).writing.stacks);
  for (const [index, stack] of stacks.entries()) {
    const [sender, receiver] = accounts.slice(index * 2);
    if (!sender || !receiver) throw new Error('The demo data has too few agents.');
    await page.evaluate((...all) => (globalThis as Scope).writing.begin(...all), stack, switchUrl, sender, receiver);
  }
  const run = (stack: string, messages: number): Promise<Times[]> =>
    page.evaluate((...all) => (globalThis as Scope).writing.run(...all), stack, messages);
  for (const stack of stacks) await run(stack, WARM_UP);
  const times = new Map<string, Times[]>(stacks.map((stack) => [stack, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [stack, all] of times) all.push(...(await run(stack, MESSAGES)));
  }
  await page.close();
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
  const records = JSON.parse(await readFile(new URL('../../demo/data/agents.json', import.meta.url), 'utf8')) as (BenchAccount & {
    type: string;
  })[];
  const accounts = records.filter(({ type }) => type === 'agent');
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
