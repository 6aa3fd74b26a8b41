/** Where a conversation is put to the test: the demo's pages, a real switch, a breakable way to it for each agent, and a real browser. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type BrowserContext, type Frame, type Page } from 'puppeteer-core';
import sirv from 'sirv';
import { startSwitch } from '../../demo/switch/start.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { freePort } from '../../demo/tools/free-port.mjs';
import { preparePage } from '../e2e/desk.js';
import { launchOptions, type BrowserKind } from '../support/browsers.mjs';
import { CutProxy } from './cut-proxy.js';
import { observe } from './observer.js';

type RunningSwitch = Awaited<ReturnType<typeof startSwitch>>;
/** The switches that can be put behind it. */
export type SwitchKind = RunningSwitch['kind'];

/** How long the driver waits for an answer of a page, ms. */
const PROTOCOL_LIMIT = 60_000;

/** One agent: a browser profile of its own, with any number of tabs, and a way to the switch of its own. */
export class Agent {
  readonly name: string;
  readonly proxy: CutProxy;
  readonly context: BrowserContext;
  readonly #origin: string;
  readonly #query: string;

  /** @param query more of the agent page's parameters */
  constructor(name: string, proxy: CutProxy, context: BrowserContext, origin: string, query = '') {
    this.name = name;
    this.proxy = proxy;
    this.context = context;
    this.#origin = origin;
    this.#query = query;
  }

  /** Address of the agent's page. */
  get url(): string {
    const { name, proxy } = this;
    const server = encodeURIComponent(proxy.url);
    return `${this.#origin}agent.html?server=${server}&address=sip:${name}@deskside.test&name=${name}&user=${name}&password=${name}-secret&tabs=shared&host=none${this.#query}`;
  }

  /** The name of the agent's device for the switch, as a tab has it. */
  instance(place: Page | Frame): Promise<string | undefined> {
    const name = `instance/sip:${this.name}@`;
    return place.evaluate((part) => {
      const key = Object.keys(sessionStorage).find((one) => one.includes(part));
      return key ? (sessionStorage.getItem(key) ?? undefined) : undefined;
    }, name);
  }

  /** Opens a tab and waits until it shows that the agent is logged in. */
  async tab(url = this.url): Promise<Page> {
    const page = await this.context.newPage();
    await preparePage(page);
    await page.evaluateOnNewDocument(observe);
    // A page with an open session asks before it is left.
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    await page.goto(url);
    await isReady(page);
    return page;
  }
}

/** Waits until a tab shows that the agent is logged in. */
async function isReady(page: Page): Promise<void> {
  await page.waitForFunction(() => globalThis.observed?.isReady(), { timeout: 60_000, polling: 50 });
}

/** Everything of one test. */
export class Stage {
  readonly running: RunningSwitch;
  readonly browser: Browser;
  readonly origin: string;
  readonly #pages: Server;
  readonly #agents: Agent[] = [];

  private constructor(running: RunningSwitch, browser: Browser, pages: Server) {
    this.running = running;
    this.browser = browser;
    this.#pages = pages;
    this.origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`;
  }

  /** Starts switch, pages and browser. */
  static async open(kind: SwitchKind, browserKind: BrowserKind): Promise<Stage> {
    buildIfStale('demo');
    const serve = sirv(fileURLToPath(new URL('../../dist/demo', import.meta.url)), { dev: true });
    const pages = createServer((request, response) => serve(request, response, () => void response.writeHead(404).end()));
    pages.listen(0, '127.0.0.1');
    await once(pages, 'listening');
    const running = await startSwitch({ kind, port: await freePort() });
    const browser = await puppeteer.launch({ ...launchOptions(browserKind), protocolTimeout: PROTOCOL_LIMIT });
    return new Stage(running, browser, pages);
  }

  /** A new agent with a profile of its own. @param query more of the agent page's parameters, beginning with `&` */
  async agent(name: string, query = ''): Promise<Agent> {
    const proxy = await CutProxy.open(this.running.url);
    const agent = new Agent(name, proxy, await this.browser.createBrowserContext(), this.origin, query);
    this.#agents.push(agent);
    return agent;
  }

  /** Ends everything. */
  async close(): Promise<void> {
    // A page that was crashed must not keep the rest from ending.
    const asked = this.browser.close().catch(() => undefined);
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 5000))]);
    this.browser.process()?.kill('SIGKILL');
    await Promise.all(this.#agents.map(({ proxy }) => proxy.close()));
    await this.running.stop();
    this.#pages.close();
    this.#pages.closeAllConnections();
  }
}
