/**
 * Search over 100,000 made-up agents in Chromium: ours, MiniSearch, uFuzzy and Fuse on the same 200 queries, one after the other, each in a
 * page of its own (docs/decisions/004-search.md). Parts: `typing` and `reading` are ours alone, `peers` compares; all of them take some 2½ minutes.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import puppeteer, { type Browser } from 'puppeteer-core';
import { launchOptions } from '../support/browsers.mjs';
import { serveOnLoopback, type LoopbackServer } from '../support/loopback.js';
import type { Row } from './row.js';
import type { Measured } from './search/page.js';
import { makeAgents } from './search/people.js';
import { mainThreadTasks, type Task } from './trace.js';

export const name = 'Search, 100,000 agents, 200 queries (Chromium)';

const AGENTS = 100_000;
const QUERIES = 200;
/** What each is given. Fuse looks at every target at every query: with all of them the bench would take half an hour. */
const PEERS: Readonly<Record<string, { agents: number; queries: number; note?: string }>> = {
  MiniSearch: { agents: AGENTS, queries: QUERIES },
  uFuzzy: { agents: AGENTS, queries: QUERIES },
  Fuse: { agents: AGENTS / 5, queries: QUERIES / 5, note: 'Fuse: a fifth of the agents and of the queries' },
};
/** Milliseconds. */
const FRAME = 1000 / 60;
const MEGABYTE = 1_000_000;

/** Heap and array buffers of a page after a collection, in bytes. */
interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

async function script(): Promise<string> {
  const file = fileURLToPath(new URL('./search/page.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [file], bundle: true, write: false, format: 'iife', target: 'es2022', minify: true });
  return outputFiles[0]?.text ?? '';
}

/** An empty page, and beside it the directory that it reads by URL, whole, as a server sends it. */
async function serveDirectory(): Promise<LoopbackServer> {
  const agents = JSON.stringify(makeAgents(AGENTS));
  return serveOnLoopback(({ url }, response) => {
    const isDirectory = url === '/agents.json';
    response.writeHead(200, { 'Content-Type': isDirectory ? 'application/json' : 'text/html' });
    response.end(isDirectory ? agents : '<!doctype html><title>Bench</title>');
  });
}

async function inPage(browser: Browser, code: string, call: string): Promise<{ result: unknown; bytes: number }> {
  const page = await browser.newPage();
  try {
    await page.evaluate(code);
    const result: unknown = await page.evaluate(`searchBench.${call}`);
    const session = await page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = (await session.send('Runtime.getHeapUsage')) as HeapUsage;
    return { result, bytes: usedSize + backingStorageSize };
  } finally {
    await page.close();
  }
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;

function rowsOf(measured: ReadonlyMap<string, Measured & { bytes: number }>): Row[] {
  const ours = measured.get('ours');
  if (!ours) return [];
  const figures: readonly (readonly [string, string, (one: Measured & { bytes: number }) => number])[] = [
    ['query, p50', 'ms', ({ queries }) => at(queries, 0.5)],
    ['query, p95', 'ms', ({ queries }) => at(queries, 0.95)],
    ['among the first three', '%', ({ found }) => found * 100],
    ['memory beside the targets', 'MB', ({ bytes }) => bytes / MEGABYTE],
    ['filling', 'ms', ({ fill }) => fill],
    ['page held up while filling', 'ms', ({ longest }) => longest],
  ];
  const compared = figures.flatMap(([what, unit, read]) =>
    Object.entries(PEERS).flatMap(([peer, { note }]) => {
      const other = measured.get(peer);
      if (!other) return [];
      return [
        {
          what: `${what}, to ${peer}`,
          ours: read(ours),
          peer: read(other),
          ratio: read(ours) / read(other),
          unit,
          ...(note ? { note } : {}),
        },
      ];
    }),
  );
  const kinds = Object.entries(ours.kinds).map(([kind, found]) => ({
    what: `among the first three: ${kind}`,
    ours: found * 100,
    unit: '%',
  }));
  return [...compared, ...kinds];
}

/** What a page does, task by task. @param prepare what it does before that, its answer is given too */
async function traced(
  browser: Browser,
  code: string,
  { prepare, work, at = 'about:blank' }: { prepare: string; work: string; at?: string },
): Promise<{ prepared: unknown; tasks: readonly Task[] }> {
  const page = await browser.newPage();
  await page.goto(at);
  await page.evaluate(code);
  const prepared: unknown = await page.evaluate(`searchBench.${prepare}`);
  await (await page.createCDPSession()).send('HeapProfiler.collectGarbage');
  await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'] });
  await page.evaluate(`searchBench.${work}`);
  const tasks = mainThreadTasks(new TextDecoder().decode(await page.tracing.stop()));
  await page.close();
  return { prepared, tasks };
}

const byLength = (times: readonly number[]): number[] => [...times].sort((one, other) => one - other);

/**
 * Every query typed out, each keystroke in a task of its own. Beside the time on the clock stands the time on the processor, collector
 * included, for a busy machine makes others wait.
 */
async function typing(browser: Browser, code: string): Promise<Row[]> {
  const { prepared: count, tasks } = await traced(browser, code, { prepare: `prepareTyping(${AGENTS}, ${QUERIES})`, work: 'type()' });
  // The page has other tasks too; all but a few are shorter than any search.
  const [cpu, wall] = [tasks.map((task) => task.cpu), tasks.map((task) => task.wall)].map((times) =>
    byLength(times).slice(-Number(count)),
  ) as [number[], number[]];
  return [0.5, 0.95, 0.99, 0.999].flatMap((share) => [
    { what: `keystroke on the processor, p${share * 100}`, ours: at(cpu, share), unit: 'ms', note: share === 0.95 ? 'limit 5' : '' },
    { what: `keystroke on the clock, p${share * 100}`, ours: at(wall, share), unit: 'ms' },
  ]);
}

/**
 * On the processor: what our code, the browser's and the collector took. On the clock: with the time for which other programs had the
 * processor. A task that is long on the clock alone was made to wait; of one that is long on both, the collector's share is said.
 */
function readingRows(what: string, tasks: readonly Task[]): Row[] {
  const times = byLength(tasks.map(({ cpu }) => cpu));
  const walls = byLength(tasks.map(({ wall }) => wall));
  const longest = tasks.find(({ cpu }) => cpu === times.at(-1));
  const over = (of: readonly number[]): number => of.filter((time) => time > FRAME).length;
  const shares = `limit 16.7; collector ${(longest?.collector ?? NaN).toFixed(1)}, on the clock ${(longest?.wall ?? NaN).toFixed(1)}`;
  return [
    { what: `${what}: longest task on the processor`, ours: times.at(-1) ?? NaN, unit: 'ms', note: shares },
    { what: `${what}: 99 of 100 tasks within`, ours: at(times, 0.99), unit: 'ms' },
    { what: `${what}: tasks over a frame`, ours: over(times), unit: '', note: `of ${times.length}` },
    { what: `${what}: longest task on the clock`, ours: walls.at(-1) ?? NaN, unit: 'ms', note: `${over(walls)} over a frame` },
  ];
}

/** The tasks of the page while it reads and indexes everyone, from each kind of source. */
async function reading(browser: Browser, code: string): Promise<Row[]> {
  const server = await serveDirectory();
  const page = `${server.origin}/`;
  const rows: Row[] = [];
  for (const source of ['inline', 'url', 'function']) {
    const { tasks } = await traced(browser, code, { prepare: `prepare(${AGENTS}, '${source}')`, work: 'read()', at: page });
    rows.push(...readingRows(`reading from ${source}`, tasks));
  }
  await server.close();
  return rows;
}

/** Ours and its peers, one after the other. */
async function peers(browser: Browser, code: string): Promise<Row[]> {
  const measured = new Map<string, Measured & { bytes: number }>();
  for (const [engine, { agents, queries }] of Object.entries({ ours: { agents: AGENTS, queries: QUERIES }, ...PEERS })) {
    const { bytes: alone } = await inPage(browser, code, `hold(${agents})`);
    const { result, bytes } = await inPage(browser, code, `measure('${engine}', ${agents}, ${queries})`);
    const own = result as Measured;
    measured.set(engine, { ...own, bytes: bytes - alone + own.outside });
  }
  return rowsOf(measured);
}

const PARTS: Readonly<Record<string, (browser: Browser, code: string) => Promise<Row[]>>> = { typing, reading, peers };

/** Measures all, or one part. */
export async function run(part?: string): Promise<Row[]> {
  const code = await script();
  const browser = await puppeteer.launch({ ...launchOptions('chromium'), protocolTimeout: 1_800_000 });
  try {
    const rows: Row[] = [];
    for (const [name, measure] of Object.entries(PARTS)) {
      if (part === undefined || part === name) rows.push(...(await measure(browser, code)));
    }
    return rows;
  } finally {
    await browser.close();
  }
}
