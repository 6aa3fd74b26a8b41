/** A socket that looks open and passes nothing, of which the page is told nothing: how long until it is found, in real time. */
import type { Page } from 'puppeteer-core';
import type { Stage } from './stage.js';

/** Until it must be found, ms. */
const FOUND_LIMIT = 30_000;
/** Until the page must be back, ms, and hear what was written meanwhile. */
const BACK_LIMIT = 60_000;
const LOOK = 50;

/** What came of it. */
export interface Found {
  /** From the silence until the page shows that it is reconnecting, seconds. */
  readonly found: number;
  /** From the end of the silence until both have heard all, seconds. */
  readonly back: number;
  readonly isClean: boolean;
}

const heard = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction((words) => observed?.heard().includes(words), { polling: LOOK, timeout: BACK_LIMIT }, text);

/** Connects two agents, takes the network away under one of them, and gives it back once the page has found out. */
export async function halfOpen(stage: Stage): Promise<Found> {
  const [kate, john] = [await stage.agent('kate'), await stage.agent('john')];
  const [page, peer] = [await kate.tab(), await john.tab()];
  await page.evaluate(() => observed?.invite('john', 'hello'));
  await peer.waitForFunction(() => observed?.accept(), { polling: LOOK });
  await page.waitForFunction(() => observed?.session()?.status === 'connected', { polling: LOOK });
  const silent = Date.now();
  kate.proxy.silence();
  await page.waitForFunction(() => !observed?.isReady(), { polling: LOOK, timeout: BACK_LIMIT });
  const found = Date.now() - silent;
  await page.evaluate(() => observed?.write(['into the dark']));
  await peer.evaluate(() => observed?.write(['are you there?']));
  const over = Date.now();
  kate.proxy.recover();
  await Promise.all([heard(page, 'are you there?'), heard(peer, 'into the dark')]);
  const all = [...(await page.evaluate(() => observed?.heard() ?? [])), ...(await peer.evaluate(() => observed?.heard() ?? []))];
  const isOnce = all.filter((text) => text === 'into the dark' || text === 'are you there?').length === 2;
  return { found: found / 1000, back: (Date.now() - over) / 1000, isClean: found <= FOUND_LIMIT && isOnce };
}
