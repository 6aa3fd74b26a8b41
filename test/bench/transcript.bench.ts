/**
 * What one more line of a transcript costs, at 100 lines and at 10,000: `<im-transcript>` with all that is under it, against two peers in the
 * same browser and the same run.
 */
import { build } from 'esbuild';
import puppeteer, { type Browser, type CDPSession } from 'puppeteer-core';
import { fileURLToPath } from 'node:url';
import { launchOptions } from '../support/browsers.mjs';
import type {} from './pages/transcript-page.js';
import type { Row } from './row.js';

export const name = 'One more line in the transcript';

const PAGE = fileURLToPath(new URL('pages/transcript-page.ts', import.meta.url));
const STACKS = ['deskside', 'vaadin', 'deepChat'] as const;
const TAGS: Readonly<Record<(typeof STACKS)[number], string>> = {
  deskside: 'im-transcript',
  vaadin: '@vaadin/message-list',
  deepChat: 'deep-chat',
};
type StackName = (typeof STACKS)[number];
/** Lines that are there when the first line is appended. */
const FEW = 100;
/** deep-chat walks through all lines at every line, also while it is filled: its 10,000 would take minutes. */
const MANY: Readonly<Record<StackName, number>> = { deskside: 10_000, vaadin: 10_000, deepChat: 1000 };
const WARM_UP = 2;
const APPENDS = 10;
/** A fill of 10,000 lines takes a peer seconds, and on a busy machine a minute, ms. */
const PATIENCE = 600_000;

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [PAGE],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

/** Milliseconds of processor that the page's main thread has used: a busy machine does not change it. */
async function used(metrics: CDPSession): Promise<number> {
  const all = (await metrics.send('Performance.getMetrics')).metrics;
  return (all.find(({ name: one }) => one === 'TaskDuration')?.value ?? NaN) * 1000;
}

/** Each measurement has a page of its own, so that none pays for another's garbage. */
async function measure(browser: Browser, script: string, stack: StackName, lines: number): Promise<Figures> {
  const page = await browser.newPage();
  const metrics = await page.createCDPSession();
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addScriptTag({ content: script });
  const begun = await used(metrics);
  await page.evaluate((...parameters) => window.transcriptBench.fill(...parameters), stack, lines);
  const filled = await used(metrics);
  await page.evaluate((count) => window.transcriptBench.append(0, count), WARM_UP);
  const warm = await used(metrics);
  await page.evaluate((...parameters) => window.transcriptBench.append(...parameters), WARM_UP, APPENDS);
  const append = ((await used(metrics)) - warm) / APPENDS;
  await page.close();
  return { fill: filled - begun, append };
}

/** Milliseconds of main thread, script, layout and paint together. */
interface Figures {
  readonly fill: number;
  /** Of one line, on average. */
  readonly append: number;
}

interface Measured {
  readonly few: Figures;
  readonly many: Figures;
}

function compare(what: string, ours: number, peer: number, note: string): Row {
  return { what, ours, peer, ratio: ours / peer, unit: 'ms', note };
}

function rowsOf(stack: StackName, ours: Measured, peer: Measured): Row[] {
  const tag = TAGS[stack];
  const lines = MANY[stack];
  const theirs = lines === MANY.deskside ? '' : `; the peer's at ${lines}`;
  const note = `main thread, mean of ${APPENDS}`;
  return [
    compare(`append at ${FEW} lines, to ${tag}`, ours.few.append, peer.few.append, note),
    compare(`append at ${MANY.deskside} lines, to ${tag}`, ours.many.append, peer.many.append, note + theirs),
    ...(theirs ? [] : [compare(`first ${lines} lines, to ${tag}`, ours.many.fill, peer.many.fill, 'once')]),
  ];
}

/** How much more an append costs with many lines than with few: 1 is the aim. */
function growth(stack: StackName, { few, many }: Measured): Row {
  return compare(`${TAGS[stack]}: append at ${MANY[stack]} lines to one at ${FEW}`, many.append, few.append, 'against itself');
}

/** Rows of both sizes, and how much more the ten-thousandth line costs than the hundredth. */
export async function run(): Promise<Row[]> {
  const script = await bundle();
  const browser = await puppeteer.launch({ ...launchOptions('chromium'), protocolTimeout: PATIENCE });
  try {
    const all = new Map<StackName, Measured>();
    for (const stack of STACKS) {
      const few = await measure(browser, script, stack, FEW);
      all.set(stack, { few, many: await measure(browser, script, stack, MANY[stack]) });
    }
    const ours = all.get('deskside');
    if (!ours) throw new Error('The own transcript was not measured.');
    const peers = [...all].filter(([stack]) => stack !== 'deskside');
    return [
      ...peers.flatMap(([stack, peer]) => rowsOf(stack, ours, peer)),
      ...[...all].map(([stack, measured]) => growth(stack, measured)),
    ];
  } finally {
    await browser.close();
  }
}
