/** Two hundred agents register and publish from a script while a page watches them; then some of them vanish without a word. */
import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
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
/** Seconds that the publication of one who will vanish lives. */
const SHORT = 8;
const PASSWORD = 'crowd';
/** Agents that log in or publish at the same time. */
const AT_ONCE = 20;

const users = Array.from({ length: AGENTS }, (_, at) => `crowd${at}`);
const accounts = ['kate', ...users].map((user) => ({ address: aor(user), name: user, user, password: PASSWORD }));

/** Runs in the page. */
type Scope = typeof globalThis & { load: typeof pageLoad };

async function inTurns<T>(list: readonly T[], work: (one: T, at: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < list.length; at += AT_ONCE) {
    await Promise.all(list.slice(at, at + AT_ONCE).map((one, offset) => work(one, at + offset)));
  }
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

    void test(`${AGENTS} register and publish while a page watches; who vanishes is logged off when the publication ends`, async () => {
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
      await inTurns(users, async (user, at) => {
        const agent = await RawAgent.login(running.url, user, { password: PASSWORD });
        agents.push(agent);
        if (at >= GONE) etags.set(user, await publish(agent, 120));
      });
      const known = await Promise.race([watching.then(() => true), until(() => Promise.resolve(false), 60_000)]);
      assert.ok(known, `not all are known: ${JSON.stringify(await counts())}`);
      await seen({ ready: AGENTS - GONE }, 60_000);
      const byUser = new Map(agents.map((agent) => [agent.user, agent]));
      const of = (user: string): RawAgent => byUser.get(user) ?? assert.fail(`${user} is not logged in`);
      await inTurns(users.slice(GONE, GONE + AT_LUNCH), (user) => publish(of(user), 120, 'Lunch', etags.get(user)).then(() => undefined));
      await inTurns(users.slice(0, GONE), (user) => publish(of(user), SHORT).then(() => undefined));
      await seen({ ready: AGENTS - AT_LUNCH, 'not-ready': AT_LUNCH }, 30_000);
      await Promise.all(users.slice(0, GONE).map((user) => of(user).close()));
      await seen({ ready: AGENTS - AT_LUNCH - GONE, 'not-ready': AT_LUNCH, 'logged-off': GONE }, SHORT * 1000 + 30_000);
    });
  });
}

crowdOn('embedded');
if (isKamailioInstalled()) crowdOn('kamailio');
else void test('a crowd on kamailio', () => assert.ok(process.env['CI'] !== 'true', 'Kamailio must be installed on CI'));
