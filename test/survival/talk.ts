/** Two agents who write to each other through everything that a plan does to them, and the verdict on what arrived. */
import type { Page } from 'puppeteer-core';
import { below, pick, seeded } from '../fuzz/random.js';
import { NAMES, planOf, type Name, type Size, type Step } from './plan.js';
import type { Agent, Stage } from './stage.js';

/** Texts that may be under way in one direction: some are written in the dark after each cut. */
const AHEAD = 8;
/** Texts that are written at once, at most. */
const BATCH = 4;
/** Tabs of an agent whose leading tab is killed now and then. */
const TABS = 3;
/** How often the pages are asked, ms. */
const LOOK = 25;
/** Without anything new for this long the conversation is stuck, ms: longer than any wait of the product's. */
const STUCK = 60_000;

/** What came of it, summed over both directions. */
export interface Verdict {
  readonly written: number;
  readonly lost: number;
  readonly doubled: number;
  /** Texts that stand after one that was written later. */
  readonly disordered: number;
  /** Own texts that the screen does not show as delivered. */
  readonly unconfirmed: number;
  readonly cuts: number;
  readonly seconds: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One of the two. */
class Talker {
  readonly agent: Agent;
  readonly written: string[] = [];
  tabs: Page[] = [];
  /** Whether one tab's memory holds everything: no reload empties it. */
  readonly isWhole: boolean;

  constructor(agent: Agent, isWhole: boolean) {
    this.agent = agent;
    this.isWhole = isWhole;
  }

  get first(): Page {
    const [page] = this.tabs;
    if (!page) throw new Error(`${this.agent.name} has no tab.`);
    return page;
  }

  /** What the peer wrote, as this side has shown it. */
  heard(page = this.first): Promise<string[]> {
    if (!this.isWhole) return page.evaluate(() => globalThis.observed?.heard() ?? []);
    return page.evaluate(() => (globalThis.observed?.shown(false) ?? []).map(({ text }) => text));
  }

  /** How much of it. */
  async progress(): Promise<number> {
    return (await this.heard()).length;
  }

  async write(page: Page, texts: string[]): Promise<void> {
    // A text counts as written once it stands in the transcript of the tab.
    await page.evaluate((batch) => globalThis.observed?.write(batch), texts);
    this.written.push(...texts);
  }

  async reload(): Promise<void> {
    await this.first.reload();
    await this.first.waitForFunction(() => globalThis.observed?.session()?.status === 'connected', { timeout: STUCK, polling: LOOK });
  }

  /** The tab with the connection goes, as hard as the browser can; another one is opened in its place. */
  async killLeader(crashes: boolean): Promise<void> {
    const leads = await Promise.all(this.tabs.map((page) => page.evaluate(() => globalThis.observed?.isLeader() ?? false)));
    const leader = this.tabs[Math.max(0, leads.indexOf(true))];
    if (!leader) return;
    this.tabs = this.tabs.filter((page) => page !== leader);
    if (crashes) {
      const session = await leader.createCDPSession();
      void session.send('Page.crash').catch(() => undefined);
      await new Promise((resolve) => leader.once('error', resolve));
    }
    void leader.close().catch(() => undefined);
    this.tabs.push(await this.agent.tab());
  }

  async situation(): Promise<string> {
    const all = await Promise.all(this.tabs.map((page) => page.evaluate(() => globalThis.observed?.situation() ?? 'no service')));
    return [`${this.agent.name}: ${this.written.length} written, cuts ${this.agent.proxy.cuts}`, ...all].join('\n    ');
  }
}

/** See the head of the file. */
export class Talk {
  readonly #stage: Stage;
  readonly #size: Size;
  readonly #random: () => number;
  readonly #talkers = new Map<Name, Talker>();
  readonly #crashes: boolean;

  /** @param crashes kill by a crash of the renderer instead of closing the tab */
  constructor(stage: Stage, size: Size, crashes: boolean) {
    this.#stage = stage;
    this.#size = size;
    this.#random = seeded(size.seed + 1);
    this.#crashes = crashes;
  }

  /** Runs the whole plan, and judges. */
  async run(): Promise<Verdict> {
    const begun = Date.now();
    await this.#begin();
    const steps = planOf(this.#size);
    for (let count = 0; count < this.#size.texts;) {
      const batch = 1 + below(this.#random, Math.min(BATCH, this.#size.texts - count));
      for (const name of NAMES) await this.#write(name, count, batch);
      count += batch;
      while ((steps[0]?.at ?? Infinity) <= count) await this.#do(steps.shift());
      await this.#notTooFarAhead();
    }
    await this.#untilHeard(0);
    return this.#judge((Date.now() - begun) / 1000);
  }

  #of(name: Name): Talker {
    const talker = this.#talkers.get(name);
    if (!talker) throw new Error(`There is no ${name}.`);
    return talker;
  }

  async #begin(): Promise<void> {
    const { trouble } = this.#size;
    for (const name of NAMES) {
      const talker = new Talker(await this.#stage.agent(name), trouble !== 'reload');
      this.#talkers.set(name, talker);
      for (let count = 0; count < (trouble === 'leader-killed' ? TABS : 1); count += 1) talker.tabs.push(await talker.agent.tab());
    }
    await this.#of('kate').first.evaluate(() => globalThis.observed?.invite('john', 'hello'));
    await this.#of('john').first.waitForFunction(() => globalThis.observed?.accept(), { timeout: STUCK, polling: LOOK });
    for (const name of NAMES)
      for (const page of this.#of(name).tabs)
        await page.waitForFunction(() => globalThis.observed?.session()?.status === 'connected', { timeout: STUCK, polling: LOOK });
  }

  async #write(name: Name, from: number, count: number): Promise<void> {
    const talker = this.#of(name);
    const texts = Array.from({ length: count }, (_, index) => `${name} ${from + index}`);
    await talker.write(pick(this.#random, talker.tabs), texts);
  }

  async #do(step: Step | undefined): Promise<void> {
    if (step?.do === 'cut') this.#of(step.who).agent.proxy.arm(step.cut);
    else if (step?.do === 'restart') await this.#stage.running.restart();
    else if (step && this.#size.trouble === 'reload') await this.#of(step.who).reload();
    else if (step) await this.#of(step.who).killLeader(this.#crashes);
  }

  #notTooFarAhead(): Promise<void> {
    return this.#untilHeard(AHEAD);
  }

  /** Waits until each has heard what the other wrote, but for `left` texts. */
  async #untilHeard(left: number): Promise<void> {
    let [last, since] = [-1, Date.now()];
    for (;;) {
      const [kate, john] = await Promise.all(NAMES.map((name) => this.#heardBy(name)));
      const missing = NAMES.map((name, index) => this.#of(name).written.length - ([john, kate][index] ?? 0));
      if (missing.every((count) => count <= left)) return;
      const sum = (kate ?? 0) + (john ?? 0);
      if (sum !== last) [last, since] = [sum, Date.now()];
      else if (Date.now() - since > STUCK) return this.#stuck();
      await pause(LOOK);
    }
  }

  /** Texts of the peer that were shown; the greeting in the invitation is none of them. */
  async #heardBy(name: Name): Promise<number> {
    return (await this.#of(name).heard()).filter((text) => text !== 'hello').length;
  }

  async #stuck(): Promise<never> {
    const situations = await Promise.all(NAMES.map((name) => this.#of(name).situation()));
    throw new Error(`Nothing arrived for ${STUCK / 1000} s (seed ${this.#size.seed}).\n  ${situations.join('\n  ')}`);
  }

  async #judge(seconds: number): Promise<Verdict> {
    const sum = { written: 0, lost: 0, doubled: 0, disordered: 0, unconfirmed: 0 };
    for (const [index, name] of NAMES.entries()) {
      const talker = this.#of(name);
      const peer = this.#of(NAMES[1 - index] ?? 'kate');
      sum.written += talker.written.length;
      for (const page of peer.isWhole ? peer.tabs : [peer.first]) {
        const { lost, doubled, disordered } = compare(
          talker.written,
          (await peer.heard(page)).filter((text) => text !== 'hello'),
        );
        sum.lost += lost;
        sum.doubled += doubled;
        sum.disordered += disordered;
      }
      sum.unconfirmed += await this.#unconfirmed(talker);
    }
    const cuts = NAMES.reduce((total, name) => total + this.#of(name).agent.proxy.cuts, 0);
    return { ...sum, cuts, seconds: Math.round(seconds) };
  }

  /** The last answers may still be on their way. */
  async #unconfirmed({ tabs }: Talker): Promise<number> {
    for (const end = Date.now() + STUCK; ;) {
      const counts = await Promise.all(
        tabs.map((page) =>
          page.evaluate(
            () => (globalThis.observed?.shown(true) ?? []).filter(({ state }) => state !== 'delivered' && state !== 'read').length,
          ),
        ),
      );
      const open = Math.max(...counts);
      if (open === 0 || Date.now() > end) return open;
      await pause(LOOK);
    }
  }
}

/** What is missing, twice there, or behind a later one. */
function compare(written: readonly string[], heard: readonly string[]): { lost: number; doubled: number; disordered: number } {
  const distinct = new Set(heard);
  const places = heard.map((text) => written.indexOf(text));
  return {
    lost: written.filter((text) => !distinct.has(text)).length,
    doubled: heard.length - distinct.size,
    disordered: places.filter((place, index) => index > 0 && place < (places[index - 1] ?? 0)).length,
  };
}

/** Whether nothing was lost, doubled or disordered, every text is shown as delivered, and all cuts took place. */
export function isClean({ lost, doubled, disordered, unconfirmed, cuts }: Verdict, planned: number): boolean {
  return lost + doubled + disordered + unconfirmed === 0 && cuts === planned;
}
