/**
 * Floods through real switches, at a page in Firefox (which says nothing of long tasks: no timing here): every invitation and every message is
 * answered once, and the agent's own session goes on.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { isKamailioInstalled } from '../../demo/switch/kamailio/start.js';
import { startSwitch, type RunningSwitch, type SwitchKind } from '../../demo/switch/start.js';
import { freePort } from '../../demo/tools/free-port.mjs';
import { until } from '../e2e/desk.js';
import { Opened } from '../support/node-browser.js';
import { aor, RawAgent, type Dialog } from '../switch/support/agent.js';
import { accept, closeAll, sessionsOf, sessionWith, write } from './support/look.js';
import { openPlace, type WatchedPage } from './support/page.js';

const KATE = aor('kate');
const INVITATIONS = 1000;
/** Most invitations that wait (`ServiceConfig.maxPending`). */
const PENDING = 20;
const MESSAGES = 1000;
const PATIENCE = 120_000;

/** Final answers by the branch that they answer. */
function finalsOf(agent: RawAgent, method: string): Map<string, number[]> {
  const finals = new Map<string, number[]>();
  for (const frame of agent.frames) {
    const status = /^SIP\/2\.0 ([2-6]\d\d)/.exec(frame)?.[1];
    const branch = /^via:.*?branch=([^;,\s]+)/im.exec(frame)?.[1] ?? '';
    if (status && new RegExp(`^cseq: *\\d+ ${method}`, 'im').test(frame))
      finals.set(branch, [...(finals.get(branch) ?? []), Number(status)]);
  }
  return finals;
}

/** How many of these branches got which answer. */
function tally(finals: ReadonlyMap<string, readonly number[]>, branches: readonly string[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const branch of branches) {
    const [first = 0, ...more] = finals.get(branch) ?? [];
    assert.deepEqual(more, [], 'answered twice');
    counts[first] = (counts[first] ?? 0) + 1;
  }
  return counts;
}

for (const kind of ['embedded', 'kamailio'] satisfies SwitchKind[]) {
  const missing = kind === 'embedded' || isKamailioInstalled() || process.env['CI'] ? false : 'no Kamailio here';
  describe(`floods on ${kind} in firefox`, { skip: missing }, () => {
    const opened = new Opened();
    let running: RunningSwitch;
    let desk: WatchedPage;
    let maria: RawAgent;
    let own: { readonly id: string; readonly dialog: Dialog };
    let said = 0;

    before(async () => {
      running = await opened.keep('the switch', startSwitch({ kind, port: await freePort() }), (one) => one.stop());
      const place = await opened.keep('the place', openPlace('firefox'), (one) => one.close());
      desk = await place.desk(running.url);
      maria = await login('maria');
      own = await standing(maria, 'maria');
    });
    afterEach(goesOn);
    after(() => opened.close());

    function login(user: string): Promise<RawAgent> {
      return opened.keep(user, RawAgent.login(running.url, user), (one) => one.close());
    }

    /** A session that the agent has accepted. */
    async function standing(agent: RawAgent, user: string): Promise<{ id: string; dialog: Dialog }> {
      const { branch } = agent.invite(KATE);
      const { id } = await sessionWith(desk.page, ({ status, peer }) => status === 'establishing' && peer === aor(user));
      await accept(desk.page, id);
      return { id, dialog: agent.ack(KATE, await agent.final(branch), branch) };
    }

    /** The own session carries a line both ways. */
    async function goesOn(): Promise<void> {
      said += 1;
      assert.equal((await maria.within(own.dialog, 'MESSAGE', { body: `and you ${said}` })).status, 200);
      await sessionWith(desk.page, ({ id, texts }) => id === own.id && texts.at(-1) === `and you ${said}`);
      await write(desk.page, own.id, `still here ${said}`);
      const written = await maria.incoming('MESSAGE');
      assert.match(written.body, new RegExp(`still here ${said}`));
      maria.reply(written, 200);
      await closeAll(desk.page, own.id);
      assert.deepEqual(desk.faults, []);
    }

    it(`${INVITATIONS} invitations at once: ${PENDING} wait, every other one is told that the agent is busy`, async () => {
      const john = await login('john');
      const branches = Array.from({ length: INVITATIONS }, () => john.invite(KATE).branch);
      await until(() => Promise.resolve(finalsOf(john, 'INVITE').size >= INVITATIONS - PENDING), PATIENCE);
      assert.deepEqual(tally(finalsOf(john, 'INVITE'), branches), { 0: PENDING, 486: INVITATIONS - PENDING });
      const waiting = (await sessionsOf(desk.page)).filter(({ status }) => status === 'establishing');
      assert.equal(waiting.length, PENDING);
      await john.close();
    });

    it(`${MESSAGES} messages in one session: each answered, all that were taken there, in order`, async () => {
      const john = await login('john');
      const { id, dialog } = await standing(john, 'john');
      const texts = Array.from({ length: MESSAGES }, (_, number) => `line ${number}`);
      const headers = ['Content-Type: text/plain', ...dialog.routes.map((route) => `Route: ${route}`)];
      const inDialog = { callId: dialog.callId, from: dialog.local, to: dialog.remote, headers };
      const branches = texts.map((body) => john.send('MESSAGE', dialog.target, { ...inDialog, body }).branch);
      await until(() => Promise.resolve(finalsOf(john, 'MESSAGE').size >= MESSAGES), PATIENCE);
      const finals = finalsOf(john, 'MESSAGE');
      // Nobody waited for an answer before the next: Kamailio's workers overtake each other, and what was overtaken is refused (RFC 3261, 12.2.2).
      const { 200: taken = 0, 500: overtaken = 0 } = tally(finals, branches);
      assert.equal(taken + overtaken, MESSAGES);
      assert.ok(kind === 'kamailio' || overtaken === 0, `${overtaken} were refused`);
      const shown = texts.filter((_, number) => finals.get(branches[number] ?? '')?.[0] === 200);
      assert.deepEqual((await sessionWith(desk.page, (session) => session.id === id)).texts, shown);
      await john.close();
    });
  });
}
