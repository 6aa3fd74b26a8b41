/** How long a page was not there for its person (Chromium). */
import type { Page } from 'puppeteer-core';

/** Tasks of the page's main thread during an action. */
export interface Tasks {
  /** Longest by the clock, ms, as PerformanceObserver tells it: what a person feels, also where another program had the processor. */
  readonly felt: number;
  /** Longest by the processor's time, ms: what the page itself took. */
  readonly worked: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the thread's own time. */
  readonly tdur?: number;
}

/** Told by the page's own thread: Chromium has more renderers, whose work (its own menus, at the start) is not the page's. */
const MARK = 'deskside-watched';

/**
 * Milliseconds that `reference` takes where the limits of the suites were set (2 cores, idle). A machine that needs longer for it
 * has as much longer for its tasks.
 */
const REFERENCE_MS = 10;

/** How much slower than the reference the page runs here and now: at least 1. */
export async function slowness(page: Page): Promise<number> {
  return Math.max(1, (await page.evaluate(reference)) / REFERENCE_MS);
}

/** Runs in the page: a fixed piece of work, of the kind that drawing is; the best of some runs, in ms. */
function reference(): number {
  const once = (): number => {
    const start = performance.now();
    const root = document.createElement('div');
    for (let number = 0; number < 2500; number += 1) {
      const line = root.appendChild(document.createElement('p'));
      line.setAttribute('class', `line ${number}`);
      line.append(`line ${number}`, document.createElement('span'));
    }
    const words = Array.from(root.children, ({ className }) => ({ className }));
    words.sort((a, b) => (a.className < b.className ? -1 : 1));
    return performance.now() - start;
  };
  return Math.min(...Array.from({ length: 8 }, once));
}

/** Runs `action` and says how long the page's longest task was. */
export async function tasksDuring(page: Page, longTasks: () => Promise<number[]>, action: () => Promise<void>): Promise<Tasks> {
  await longTasks();
  await page.tracing.start({ categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate((mark) => void performance.mark(mark), MARK);
  await action();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as { traceEvents: TraceEvent[] };
  const thread = traceEvents.find(({ name }) => name === MARK);
  if (!thread) throw new Error('The trace does not tell which thread is the page’s.');
  const ours = traceEvents.filter(
    ({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && pid === thread.pid && tid === thread.tid,
  );
  return {
    felt: Math.max(0, ...(await longTasks())),
    worked: Math.round(ours.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000),
  };
}
