/**
 * Calls in Chromium, over the embedded switch: the time from the click to the first packet of sound at the other end, ours and bare sip.js's, the two
 * taking turns; and what a hundred calls leave on the heap.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import puppeteer, { type Page } from 'puppeteer-core';
import { startEmbedded } from '../../demo/switch/embedded.js';
import { launchOptions } from '../support/browsers.mjs';
import type { Account, voice as pageVoice } from './pages/voice-page.js';
import type { Row } from './row.js';

export const name = 'Voice: click → sound at the other end, and the heap after 100 calls';

const ROUNDS = 12;
const CALLS = 100;
const PAGE = fileURLToPath(new URL('pages/voice-page.ts', import.meta.url));
const TSCONFIG = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));

/** Runs in the page. */
type Scope = typeof globalThis & { voice: typeof pageVoice };

async function servePage(): Promise<Server> {
  const { outputFiles } = await build({ entryPoints: [PAGE], bundle: true, format: 'esm', target: 'es2022', minify: true, tsconfig: TSCONFIG, write: false }); // prettier-ignore
  const script = outputFiles[0]?.text ?? '';
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? script : '<!doctype html><title>Voice</title><script type="module" src="page.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

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
  const accounts = JSON.parse(await readFile(new URL('../../demo/data/agents.json', import.meta.url), 'utf8')) as (Account & {
    type: string;
  })[];
  const [kate, john, one, other] = accounts.filter(({ type }) => type === 'agent');
  if (!kate || !john || !one || !other) throw new Error('The demo data has too few agents.');
  const running = await startEmbedded({ accounts, domain: 'deskside.test', host: '127.0.0.1', port: 0 });
  const server = await servePage();
  const browser = await puppeteer.launch(launchOptions('chromium'));
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('window.voice');
    const { url } = running;
    await page.evaluate((ours, theirs) => (globalThis as Scope).voice.begin(ours, theirs), { url, caller: kate, callee: john }, { url, caller: one, callee: other }); // prettier-ignore
    const row = await times(page);
    const before = await heap(page);
    await runIn(page, 'deskside', CALLS);
    const after = await heap(page);
    return [
      row,
      {
        what: `heap after ${CALLS} calls, to before`,
        ours: after / 1e6,
        peer: before / 1e6,
        ratio: after / before,
        unit: 'MB',
        note: 'ours, both',
      },
    ];
  } finally {
    await browser.close();
    server.close();
    await running.stop();
  }
}
