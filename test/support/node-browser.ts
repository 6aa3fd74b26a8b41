/** Browsers for suites that run in Node, none of which may hang: everything has a limit, and what does not end by itself is killed. */
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { launchOptions, type BrowserKind } from './browsers.mjs';

/** Milliseconds that a browser may take to start; on a busy machine the first start of Firefox takes ten seconds. */
const LAUNCH_LIMIT = 45_000;
/** Milliseconds that anything may take to close by itself. */
const CLOSE_LIMIT = 10_000;

/** The same promise, which rejects where it has not settled within `ms`. */
async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${ms / 1000} s.`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Starts a browser, with `args` beside the usual ones; once more where the first start came to nothing. */
async function launchBrowser(kind: BrowserKind, more: LaunchOptions = {}): Promise<Browser> {
  try {
    return await launchOnce(kind, more);
  } catch (error) {
    console.log(`${kind} is started once more: ${String(error)}`);
    return launchOnce(kind, more);
  }
}

async function launchOnce(kind: BrowserKind, more: LaunchOptions): Promise<Browser> {
  // Puppeteer ends what it has started by then where the signal tells it to.
  const giveUp = new AbortController();
  const usual: LaunchOptions = launchOptions(kind);
  const args = [...(usual.args ?? []), ...(more.args ?? [])];
  const options = { protocolTimeout: 60_000, ...usual, ...more, args, timeout: LAUNCH_LIMIT, signal: giveUp.signal };
  const launch = puppeteer.launch(options);
  try {
    return await within(LAUNCH_LIMIT + 5000, `Starting ${kind}`, launch);
  } catch (error) {
    giveUp.abort();
    // One that comes after all is not wanted any more.
    void launch.then(closeBrowser, () => undefined);
    throw error;
  }
}

/** Closes a browser; kills it with all its processes where it does not go by itself. */
async function closeBrowser(browser: Browser): Promise<void> {
  const program = browser.process();
  try {
    await within(CLOSE_LIMIT, 'Closing the browser', browser.close());
  } catch (error) {
    console.log(`${String(error)} It is killed.`);
    // Puppeteer starts a browser as the leader of a process group of its own (not on Windows).
    if (program?.pid !== undefined && program.exitCode === null) kill(process.platform === 'win32' ? program.pid : -program.pid);
    program?.unref();
    for (const stream of program?.stdio ?? []) stream?.destroy();
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone meanwhile.
  }
}

/**
 * What a suite has started, closed in the reverse order: each whatever became of the others, and none longer than its limit. A `before` that
 * fails half-way so leaves nothing running, which would keep the process of the suite alive until the runner gives it up.
 */
export class Opened {
  readonly #closers: { readonly what: string; readonly close: () => Promise<unknown> }[] = [];

  /** Notes how something is closed, once it stands. */
  async keep<T>(what: string, opening: Promise<T>, close: (opened: T) => Promise<unknown>): Promise<T> {
    const opened = await opening;
    this.#closers.push({ what, close: () => close(opened) });
    return opened;
  }

  /** A browser that is closed with the rest. */
  browser(kind: BrowserKind, more?: LaunchOptions): Promise<Browser> {
    return this.keep(kind, launchBrowser(kind, more), closeBrowser);
  }

  /** Closes all; rejects with the first failure once everything was tried. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const { what, close } of this.#closers.splice(0).reverse()) {
      await within(2 * CLOSE_LIMIT, `Closing ${what}`, close()).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
