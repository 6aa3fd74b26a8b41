/** Two hundred agents register and publish from a script while a page watches them; then some of them, and a whole tab, vanish without a word. */
import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { isKamailioInstalled } from '../../demo/switch/kamailio/start.js';
import { startSwitch, type RunningSwitch } from '../../demo/switch/start.js';
import type { load as pageLoad } from '../bench/pages/presence-load.js';
import { servePage, type ServedPage } from '../bench/serve-page.js';
import { launchOptions } from '../support/browsers.mjs';
import { aor, RawAgent } from '../switch/support/agent.js';
import { until } from './desk.js';

const AGENTS = 200;
/** Of them, so many go to lunch, and so many others vanish. */
const [AT_LUNCH, GONE] = [60, 20];
/** Seconds that the publication of one who is about to vanish lives, and of one in a tab, which publishes anew every ten seconds at most. */
const [SHORT, TAB] = [5, 13];
/** The same for all others: longer than the slowest machine takes for this. */
const LONG = 1200;
const PASSWORD = 'crowd';
/** Agents that log in or publish at the same time. */
const AT_ONCE = 20;

const users = Array.from({ length: AGENTS }, (_, at) => `crowd${at}`);
/** The agent of a tab that is killed. */
const [KILLED = ''] = users;
const accounts = ['kate', ...users].map((user) => ({ address: aor(user), name: user, user, password: PASSWORD }));

/** Runs in the page. */
type Scope = typeof globalThis & { load: typeof pageLoad };

async function inTurns<T>(list: readonly T[], work: (one: T, at: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < list.length; at += AT_ONCE) {
    await Promise.all(list.slice(at, at + AT_ONCE).map((one, offset) => work(one, at + offset)));
  }
}

/** A page of its own where an agent is logged in; the switch is asked to keep what it publishes as briefly as a test can wait. */
async function openTab(browser: Browser, pageUrl: string, switchUrl: string): Promise<Page> {
  // A context of its own has a process of its own.
  const page = await (await browser.createBrowserContext()).newPage();
  await page.evaluateOnNewDocument((seconds) => {
    const send = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'send')?.value as (this: WebSocket, data: string) => void;
    WebSocket.prototype.send = function (this: WebSocket, data) {
      const text = typeof data === 'string' ? data : '';
      send.call(this, text.startsWith('PUBLISH ') ? text.replace(/^Expires: \d+/m, `Expires: ${seconds}`) : text);
    };
  }, TAB);
  await page.goto(pageUrl);
  await page.waitForFunction('window.load');
  await page.evaluate((...given) => (globalThis as Scope).load.logIn(...given), switchUrl, KILLED, PASSWORD);
  return page;
}

/** Ends a tab's process, as a crash does: nothing of it says good-bye. */
async function kill(page: Page): Promise<void> {
  const gone = new Promise((resolve) => page.once('error', resolve));
  void page.goto('chrome://crash').catch(() => undefined);
  await gone;
}

/** Publishes Ready, or Not Ready with a reason. @returns what names the publication in the next one */
async function publish(agent: RawAgent, expires: number, reason = '', before = ''): Promise<string> {
  const activity = reason ? `<rpid:activities><rpid:away/></rpid:activities><note>${reason}</note>` : '';
  const body =
    '<?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" ' +
    `entity="${aor(agent.user)}"><tuple id="im-d1"><status><basic>open</basic></status>${activity}</tuple></presence>`;
  const headers = [
    'Event: presence',
    `Expires: ${expires}`,
    'Content-Type: application/pidf+xml',
    ...(before ? [`SIP-If-Match: ${before}`] : []),
  ];
  const answer = await agent.ask('PUBLISH', aor(agent.user), { body, headers });
  assert.equal(answer.status, 200);
  return answer.headers.get('sip-etag') ?? '';
}

function crowdOn(kind: 'embedded' | 'kamailio'): void {
  void describe(`a crowd on ${kind}`, () => {
    let running: RunningSwitch;
    let served: ServedPage;
    let browser: Browser;
    const agents: RawAgent[] = [];
    before(async () => {
      running = await startSwitch({ kind, port: 0, accounts });
      served = await servePage('presence-load');
      browser = await puppeteer.launch(launchOptions('chromium'));
    });
    after(async () => {
      await browser.close();
      served.close();
      await Promise.all(agents.map((agent) => agent.close()));
      await running.stop();
    });

    void test(`${AGENTS} register and publish while a page watches; who vanishes, or is killed with the tab, is logged off when the publication ends`, async () => {
      const page = await browser.newPage();
      await page.goto(served.url);
      await page.waitForFunction('window.load');
      const watching = page.evaluate((given) => (globalThis as Scope).load.begin(given), { url: running.url, password: PASSWORD, users });
      const counts = (): Promise<Readonly<Record<string, number>>> => page.evaluate(() => (globalThis as Scope).load.states());
      const seen = async (wanted: Readonly<Record<string, number>>, limit: number): Promise<void> => {
        const matches = async (): Promise<boolean> => {
          const now = await counts();
          return Object.entries(wanted).every(([state, count]) => (now[state] ?? 0) === count);
        };
        assert.ok(await until(matches, limit), `wanted ${JSON.stringify(wanted)}, seen ${JSON.stringify(await counts())}`);
      };
      const etags = new Map<string, string>();
      const tab = await openTab(browser, served.url, running.url);
      await inTurns(users, async (user) => {
        if (user === KILLED) return;
        const agent = await RawAgent.login(running.url, user, { password: PASSWORD });
        agents.push(agent);
        etags.set(user, await publish(agent, LONG));
      });
      const known = await Promise.race([watching.then(() => true), until(() => Promise.resolve(false), 60_000)]);
      assert.ok(known, `not all are known: ${JSON.stringify(await counts())}`);
      await seen({ ready: AGENTS }, 60_000);
      const byUser = new Map(agents.map((agent) => [agent.user, agent]));
      const of = (user: string): RawAgent => byUser.get(user) ?? assert.fail(`${user} is not logged in`);
      await inTurns(users.slice(GONE, GONE + AT_LUNCH), (user) => publish(of(user), LONG, 'Lunch', etags.get(user)).then(() => undefined));
      await seen({ ready: AGENTS - AT_LUNCH, 'not-ready': AT_LUNCH }, 60_000);
      await inTurns(users.slice(1, GONE), (user) => publish(of(user), SHORT, '', etags.get(user)).then(() => undefined));
      await Promise.all([kill(tab), ...users.slice(1, GONE).map((user) => of(user).close())]);
      await seen({ ready: AGENTS - AT_LUNCH - GONE, 'not-ready': AT_LUNCH, 'logged-off': GONE }, TAB * 1000 + 40_000);
    });
  });
}

crowdOn('embedded');
if (isKamailioInstalled()) crowdOn('kamailio');
else void test('a crowd on kamailio', () => assert.ok(process.env['CI'] !== 'true', 'Kamailio must be installed on CI'));
