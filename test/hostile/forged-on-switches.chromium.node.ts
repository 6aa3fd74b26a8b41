/** Forged traffic through real switches: a client of ours that writes its frames by hand, and a whole page at the other end. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isKamailioInstalled } from '../../demo/switch/kamailio/start.js';
import { startSwitch, type RunningSwitch, type SwitchKind } from '../../demo/switch/start.js';
import { freePort } from '../../demo/tools/free-port.mjs';
import { aor, DOMAIN, RawAgent, type Dialog } from '../switch/support/agent.js';
import { Opened } from '../support/node-browser.js';
import { accept, closeAll, sessionsOf, sessionWith, write } from './support/look.js';
import { openPlace, type WatchedPage } from './support/page.js';

interface Scene {
  readonly url: string;
  readonly desk: WatchedPage;
  login(user: string): Promise<RawAgent>;
  connect(user: string): Promise<RawAgent>;
}

const KATE = aor('kate');

/** A session between John, who writes by hand, and Kate's page. */
async function standing({ desk }: Scene, john: RawAgent): Promise<Dialog> {
  const { branch } = john.invite(KATE);
  const { id } = await sessionWith(desk.page, ({ status, peer }) => status === 'establishing' && peer === aor('john'));
  await accept(desk.page, id);
  const dialog = john.ack(KATE, await john.final(branch), branch);
  await sessionWith(desk.page, ({ status }) => status === 'connected');
  return dialog;
}

/** Sends John's next request in the dialog, and answers nothing of Kate's. */
async function writesOn(scene: Scene, john: RawAgent, dialog: Dialog): Promise<void> {
  assert.equal((await john.within(dialog, 'MESSAGE', { body: 'it is me' })).status, 200);
  const { texts } = await sessionWith(scene.desk.page, ({ status }) => status === 'connected');
  assert.deepEqual(texts, ['it is me']);
}

const CASES: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'nobody writes under another name': async (scene) => {
    const maria = await scene.login('maria');
    const from = `"John Davis" <${aor('john')}>;tag=m1`;
    const answer = await maria.final(maria.invite(KATE, { from }).branch);
    assert.equal(answer.status, 403);
    const page = await maria.ask('MESSAGE', KATE, { from, headers: ['Content-Type: text/plain'], body: 'x' });
    assert.equal(page.status, 403);
    assert.deepEqual(await sessionsOf(scene.desk.page), []);
  },
  'an identity that the sender asserts of itself is thrown away': async (scene) => {
    const maria = await scene.login('maria');
    maria.invite(KATE, { headers: [`P-Asserted-Identity: <${aor('john')}>`, `P_Asserted_Identity: <${aor('john')}>`] });
    const { peer } = await sessionWith(scene.desk.page, ({ status }) => status === 'establishing');
    assert.equal(peer, aor('maria'));
  },
  'a third agent who knows a dialog’s ids cannot speak in it nor end it': async (scene) => {
    const [john, maria] = [await scene.login('john'), await scene.login('maria')];
    const dialog = await standing(scene, john);
    for (const method of ['MESSAGE', 'BYE', 'INVITE', 'REFER']) {
      const refer = method === 'REFER' ? [`Refer-To: <${aor('maria')}>`] : [];
      for (const local of [dialog.local, dialog.local.replace('sip:john@', 'sip:maria@')]) {
        const { status } = await maria.within({ ...dialog, local }, method, { headers: refer });
        assert.ok(status >= 400 && status < 500, `${method}: ${status}`);
      }
    }
    await writesOn(scene, john, dialog);
  },
  'BYE with wrong tags ends nothing': async (scene) => {
    const john = await scene.login('john');
    const dialog = await standing(scene, john);
    const wrong: Partial<Dialog>[] = [
      { remote: dialog.remote.replace(/tag=.*/, 'tag=x') },
      { local: `<${aor('john')}>;tag=x` },
      { callId: 'x' },
    ];
    for (const difference of wrong) assert.equal((await john.within({ ...dialog, ...difference }, 'BYE')).status, 481);
    await writesOn(scene, john, dialog);
  },
  'CANCEL of another’s invitation: it goes on ringing': async (scene) => {
    const [john, maria] = [await scene.login('john'), await scene.login('maria')];
    const invite = john.invite(KATE);
    await sessionWith(scene.desk.page, ({ status }) => status === 'establishing');
    maria.cancel(KATE, invite);
    maria.send('CANCEL', KATE, { ...invite, from: `<${aor('john')}>;tag=${invite.fromTag}` });
    // Whatever was to arrive because of it has arrived once the page answers what comes after.
    await maria.ask('OPTIONS', KATE);
    assert.equal((await sessionsOf(scene.desk.page))[0]?.status, 'establishing');
    john.cancel(KATE, invite);
    assert.equal((await john.final(invite.branch, 'INVITE')).status, 487);
  },
  'NOTIFY without a subscription tells nothing': async (scene) => {
    const maria = await scene.login('maria');
    const headers = ['Event: presence', 'Subscription-State: active', 'Content-Type: application/pidf+xml'];
    const { status } = await maria.ask('NOTIFY', KATE, { headers, body: '<presence/>' });
    assert.ok(status >= 400, String(status));
  },
  'responses that nobody asked for go nowhere': async (scene) => {
    const maria = await scene.login('maria');
    const via = `Via: SIP/2.0/WS ${maria.host};branch=z9hG4bKnone`;
    for (const start of ['SIP/2.0 200 OK', 'SIP/2.0 407 Proxy Authentication Required']) {
      const challenge = 'Proxy-Authenticate: Digest realm="deskside.test", nonce="n", algorithm=MD5, qop="auth"';
      const rest = [
        via,
        `From: <${KATE}>;tag=1`,
        `To: <${aor('maria')}>;tag=2`,
        'Call-ID: x',
        'CSeq: 1 INVITE',
        `Contact: <${aor('maria')}>`,
        challenge,
      ];
      maria.raw(`${[start, ...rest, 'Content-Length: 0'].join('\r\n')}\r\n\r\n`);
    }
    assert.ok((await maria.ask('OPTIONS', KATE)).status >= 200);
    assert.deepEqual(await sessionsOf(scene.desk.page), []);
  },
  'an answer to a challenge does not count a second time, nor for another user': async ({ connect }) => {
    const uri = `sip:${DOMAIN}`;
    const [john, thief] = [await connect('john'), await connect('john')];
    const plain = { to: `<${aor('john')}>`, headers: ['Expires: 60'] };
    const challenge = await john.ask('REGISTER', uri, plain);
    assert.equal(challenge.status, 401);
    const answered = { ...plain, headers: [...plain.headers, `Authorization: ${john.credentials(challenge, 'REGISTER', uri)}`] };
    assert.equal((await john.ask('REGISTER', uri, answered)).status, 200);
    assert.equal((await thief.ask('REGISTER', uri, answered)).status, 401, 'replayed');
    const other = { ...answered, to: `<${aor('maria')}>`, from: `<${aor('maria')}>;tag=1` };
    assert.ok([401, 403].includes((await thief.ask('REGISTER', uri, other)).status), 'for another');
  },
  'case data that poses as another type is text, or nothing': async (scene) => {
    const john = await scene.login('john');
    const dialog = await standing(scene, john);
    const data = '{"v":1,"seq":1,"interaction":{"id":"i","media":"voice","label":"L"},"data":[{"key":"k","label":"K","value":"forged"}]}';
    assert.equal((await john.within(dialog, 'MESSAGE', { body: data })).status, 200);
    const [seen] = await sessionsOf(scene.desk.page);
    assert.deepEqual([seen?.texts, seen?.data], [[data], []]);
    await write(scene.desk.page, seen?.id ?? '', 'fine');
    john.reply(await john.incoming('MESSAGE'), 200);
  },
};

for (const kind of ['embedded', 'kamailio'] satisfies SwitchKind[]) {
  const missing = kind === 'embedded' || isKamailioInstalled() || process.env['CI'] ? false : 'no Kamailio here';
  describe(`forged traffic on ${kind}`, { skip: missing }, () => {
    const opened = new Opened();
    let running: RunningSwitch;
    let desk: WatchedPage;

    before(async () => {
      running = await opened.keep('the switch', startSwitch({ kind, port: await freePort() }), (one) => one.stop());
      const place = await opened.keep('the place', openPlace('chromium'), (one) => one.close());
      desk = await place.desk(running.url);
    });
    after(() => opened.close());

    for (const [title, run] of Object.entries(CASES)) {
      it(title, async () => {
        const agents: RawAgent[] = [];
        const keep = async (made: Promise<RawAgent>): Promise<RawAgent> => {
          agents.push(await made);
          return made;
        };
        const { url } = running;
        try {
          await run({ url, desk, login: (user) => keep(RawAgent.login(url, user)), connect: (user) => keep(RawAgent.connect(url, user)) });
          assert.deepEqual(desk.faults, []);
        } finally {
          await closeAll(desk.page);
          await Promise.all(agents.map((agent) => agent.close()));
        }
      });
    }
  });
}
