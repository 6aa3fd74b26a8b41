/**
 * What a crowd costs the page: 20,000 agents watched, 500 changes a second, in Chromium, over the embedded switch. Read from the browser's own
 * trace: how long each task of the page's main thread took. A task longer than 16 ms would be a frame lost.
 */
import puppeteer, { type Page } from 'puppeteer-core';
import { startEmbedded } from '../../demo/switch/embedded.js';
import { launchOptions } from '../support/browsers.mjs';
import type { load as pageLoad } from './pages/presence-load.js';
import type { Row } from './row.js';
import { servePage } from './serve-page.js';
import { mainThreadTasks, type Task } from './trace.js';

export const name = 'Presence: 20,000 watched, 500 changes a second';

const WATCHED = 20_000;
const CHANGES_PER_SECOND = 500;
const SECONDS = 10;
/** Milliseconds between two handfuls of changes. */
const STEP = 20;
const PASSWORD = 'bench';

const user = (index: number): string => `agent${String(index).padStart(5, '0')}`;

function document(index: number, turn: number): string {
  const lunch = '<rpid:activities><rpid:away/></rpid:activities><note>Lunch</note>';
  const tuple = (channel: string, more: string): string =>
    `<tuple id="${channel}-d1"><status><basic>open</basic></status>${more}<timestamp>${new Date().toISOString()}</timestamp></tuple>`;
  const namespaces = 'xmlns="urn:ietf:params:xml:ns:pidf" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid"';
  return `<?xml version="1.0"?><presence ${namespaces} entity="sip:${user(index)}@deskside.test">${tuple('im', turn % 2 ? lunch : '')}${tuple('voice', '')}</presence>`;
}

/** Changes one agent after the other, evenly, for `seconds`. @returns how many */
async function change(publish: (user: string, document: string) => void, seconds: number): Promise<number> {
  const begun = performance.now();
  let done = 0;
  for (;;) {
    const due = Math.min((performance.now() - begun) / 1000, seconds) * CHANGES_PER_SECOND;
    for (; done < due; done += 1) publish(user((done * 7919) % WATCHED), document((done * 7919) % WATCHED, 1 + Math.floor(done / WATCHED)));
    if (done >= seconds * CHANGES_PER_SECOND) return done;
    await new Promise((resolve) => setTimeout(resolve, STEP));
  }
}

/** Runs in the page. */
type Scope = typeof globalThis & { load: typeof pageLoad };

/** The tasks of the page's main thread while `work` runs. */
async function traced(page: Page, work: () => Promise<void>): Promise<readonly Task[]> {
  await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'] });
  await work();
  const trace = await page.tracing.stop();
  return mainThreadTasks(new TextDecoder().decode(trace));
}

function rows(what: string, tasks: readonly Task[], seconds: number): Row[] {
  const longest = Math.max(0, ...tasks.map(({ cpu }) => cpu));
  const longestWall = Math.max(0, ...tasks.map(({ wall }) => wall));
  const lost = tasks.filter(({ cpu }) => cpu > 16).length;
  const busy = tasks.reduce((sum, { cpu }) => sum + cpu, 0) / (seconds * 10);
  return [
    { what: `${what}: longest task`, ours: longest, unit: 'ms', note: `limit 16; ${longestWall.toFixed(1)} on the clock` },
    { what: `${what}: tasks over 16 ms`, ours: lost, unit: '', note: 'limit 0' },
    { what: `${what}: main thread busy`, ours: busy, unit: '%' },
  ];
}

/** The rows. */
export async function run(): Promise<Row[]> {
  const users = Array.from({ length: WATCHED }, (_, index) => user(index));
  const accounts = ['kate', ...users].map((name) => ({ address: `sip:${name}@deskside.test`, name, user: name, password: PASSWORD }));
  const running = await startEmbedded({ accounts, domain: 'deskside.test', host: '127.0.0.1', port: 0 });
  users.forEach((name, index) => running.publish(name, document(index, 0)));
  const served = await servePage('presence-load');
  const browser = await puppeteer.launch(launchOptions('chromium'));
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction('window.load');
    await page.evaluate((given) => (globalThis as Scope).load.prepare(given), { url: running.url, password: PASSWORD, users });
    const begun = performance.now();
    const first = await traced(page, () => page.evaluate(() => (globalThis as Scope).load.watch()));
    const loading = (performance.now() - begun) / 1000;
    let changed = 0;
    const steady = await traced(page, async () => void (changed = await change((...what) => running.publish(...what), SECONDS)));
    const seen = await page.evaluate(() => (globalThis as Scope).load.changes);
    return [
      { what: 'all of them known after', ours: loading, unit: 's', note: `${WATCHED} states` },
      ...rows('until all are known', first, loading),
      ...rows('then', steady, SECONDS),
      { what: 'changes shown', ours: seen, unit: '', note: `of ${changed}` },
    ];
  } finally {
    await browser.close();
    served.close();
    await running.stop();
  }
}
