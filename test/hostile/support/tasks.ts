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
  readonly args?: { readonly name?: string };
}

/** The main threads of renderers, each as `pid/tid`. */
function mainThreads(events: readonly TraceEvent[]): ReadonlySet<string> {
  const main = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  return new Set(main.map(({ pid, tid }) => `${pid}/${tid}`));
}

/** Runs `action` and says how long the page's longest task was. */
export async function tasksDuring(page: Page, longTasks: () => Promise<number[]>, action: () => Promise<void>): Promise<Tasks> {
  await longTasks();
  await page.tracing.start({ categories: ['toplevel'] });
  await action();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as { traceEvents: TraceEvent[] };
  const main = mainThreads(traceEvents);
  const ours = traceEvents.filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && main.has(`${pid}/${tid}`));
  return {
    felt: Math.max(0, ...(await longTasks())),
    worked: Math.round(ours.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000),
  };
}
