/** An agent's page in a real browser, watched for everything that a page may do wrong under fire. */
import type { Browser, LaunchOptions, Page } from 'puppeteer-core';
import { startDemo, type RunningDemo } from '../../../demo/server.js';
import type { SipService } from '../../../src/services/index.js';
import { buildIfStale } from '../../../demo/tools/build.mjs';
import type { BrowserKind } from '../../support/browsers.mjs';
import { Opened } from '../../support/node-browser.js';
import { preparePage, until } from '../../e2e/desk.js';

/** The demo's pages, the embedded switch, and one browser. */
export interface Place {
  readonly demo: RunningDemo;
  readonly browser: Browser;
  /** Opens an agent's page on a switch and waits until it is logged in; `prepare` runs in the page before anything else. */
  desk(server: string, user?: string, query?: string, prepare?: () => void): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** Starts them, the browser with `more` options; where one does not start, the others are closed. */
export async function openPlace(kind: BrowserKind, more: LaunchOptions = {}): Promise<Place> {
  buildIfStale('demo');
  const opened = new Opened();
  try {
    const demo = await opened.keep('the demo', startDemo({ kind: 'embedded', port: 0 }), (running) => running.stop());
    // Telling the test of every single frame takes Chromium longer than the page takes to answer it.
    const browser = await opened.browser(kind, { protocolTimeout: 120_000, networkEnabled: false, ...more });
    return {
      demo,
      browser,
      async desk(server, user = 'kate', query = '', prepare) {
        const watched = new WatchedPage(await browser.newPage());
        await preparePage(watched.page);
        if (prepare) await watched.page.evaluateOnNewDocument(prepare);
        await watched.open(`${demo.url}agent.html?tabs=separate&server=${encodeURIComponent(server)}&${who(user)}${query}`);
        return watched;
      },
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
}

function who(user: string): string {
  return `address=sip:${user}@deskside.test&name=${user}&user=${user}&password=${user}-secret`;
}

/** Firefox tells the console of every document that DOMParser refuses; nothing was thrown, and it cannot be kept from it. */
const REFUSED_XML = /^Error: XML Parsing Error/;

/** One page, with what went wrong in it. */
export class WatchedPage {
  readonly page: Page;
  /** Errors that nobody caught, and everything that the page wrote to its console. */
  readonly faults: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => {
      const words = String((error as Error).stack ?? error);
      if (!REFUSED_XML.test(words)) this.faults.push(words);
    });
    page.on('console', (line) => this.faults.push(`console.${line.type()}: ${line.text()}`));
    page.on('error', (error) => this.faults.push(`crash: ${error.message}`));
  }

  /** Loads it and waits until the agent is Ready. */
  async open(url: string): Promise<void> {
    await this.page.evaluateOnNewDocument(watchLongTasks);
    await this.page.goto(url);
    const ready = await until(() => this.page.evaluate(isLoggedIn));
    if (!ready) throw new Error(`The page did not log in: ${await this.page.evaluate(() => document.body.innerText)}`);
  }

  /** Durations in ms of the tasks over 50 ms since the last question (Chromium; Firefox reports none). */
  longTasks(): Promise<number[]> {
    return this.page.evaluate(() => (globalThis as unknown as Watched).longTasks.splice(0));
  }

  /** Collects garbage and says how many bytes of JavaScript are alive (Chromium). */
  async heap(): Promise<number> {
    const client = await this.page.createCDPSession();
    await client.send('HeapProfiler.enable');
    for (let round = 0; round < 3; round += 1) await client.send('HeapProfiler.collectGarbage');
    const { usedSize } = await client.send('Runtime.getHeapUsage');
    await client.detach();
    return usedSize;
  }
}

interface Watched {
  longTasks: number[];
}

/** Runs in the page before anything else. */
function watchLongTasks(): void {
  const watched = globalThis as unknown as Watched;
  watched.longTasks = [];
  if (!PerformanceObserver.supportedEntryTypes.includes('longtask')) return;
  const note = (list: PerformanceObserverEntryList): void => {
    for (const { duration } of list.getEntries()) watched.longTasks.push(Math.round(duration));
  };
  new PerformanceObserver(note).observe({ type: 'longtask', buffered: true });
}

/** Runs in the page. */
function isLoggedIn(): boolean {
  const { service } = (globalThis as unknown as { deskside?: { service: SipService } }).deskside ?? {};
  const channel = service?.snapshot.get('channels')?.im;
  return channel?.state === 'ready' && !channel.pending;
}
