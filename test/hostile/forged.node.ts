/** Forged traffic that no good switch lets through, straight at a whole page: it believes none of it, throws nothing and stays connected. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { encodeCaseData } from '../../src/services/protocol/codecs/case-data.js';
import { encodeImdn } from '../../src/services/protocol/codecs/imdn.js';
import { IM_SDP } from '../switch/support/dialog.js';
import { findBrowser, type BrowserKind } from '../support/browsers.mjs';
import { Opened } from '../support/node-browser.js';
import { fresh, HostileSwitch, request, type Difference, type Written } from './support/hostile-switch.js';
import { accept, closeAll, sessionsOf, sessionWith } from './support/look.js';
import { openPlace, type WatchedPage } from './support/page.js';

const JOHN = 'sip:john@deskside.test';
const MARIA = 'sip:maria@deskside.test';
const asserted = (address: string): string => `P-Asserted-Identity: <${address}>`;
const CASE = encodeCaseData({
  seq: 1,
  interaction: { id: 'i1', media: 'voice', label: 'Call' },
  data: [{ key: 'k', label: 'Key', value: 'forged' }],
}).json;

interface Scene {
  readonly sip: HostileSwitch;
  readonly desk: WatchedPage;
}

/** A session of John's, from his side. */
interface Standing {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly id: string;
}

function invitation(difference: Difference = {}): Written {
  return request('INVITE', {
    body: IM_SDP,
    ...difference,
    headers: [`Contact: <${JOHN};gr=1>`, 'Content-Type: application/sdp', ...(difference.headers ?? [asserted(JOHN)])],
  });
}

/** A session that the agent has accepted. */
async function standing({ sip, desk }: Scene): Promise<Standing> {
  const invite = invitation();
  sip.say(invite.frame);
  const { id } = await sessionWith(desk.page, ({ status }) => status === 'establishing');
  await accept(desk.page, id);
  const { headers } = await sip.final(invite);
  const dialog = { callId: invite.callId, from: headers.get('from') ?? '', to: headers.get('to') ?? '', id };
  sip.say(request('ACK', dialog).frame);
  await sessionWith(desk.page, ({ status }) => status === 'connected');
  return dialog;
}

async function statusOf({ sip }: Scene, written: Written): Promise<number> {
  sip.say(written.frame);
  return (await sip.final(written)).status;
}

/** Says a line in John's session. */
function said(dialog: Standing, type: string, body: string, cseq: number, by = JOHN): Written {
  return request('MESSAGE', { ...dialog, cseq, headers: [`Content-Type: ${type}`, asserted(by)], body });
}

/** The cases, each on the same page. */
const CASES: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'From says John, the switch says Maria: it is Maria': async ({ sip, desk }) => {
    const invite = invitation({ from: `"John Davis" <${JOHN}>;tag=${fresh()}`, headers: [asserted(MARIA)] });
    sip.say(invite.frame);
    const { peer } = await sessionWith(desk.page, ({ status }) => status === 'establishing');
    assert.equal(peer, MARIA);
  },
  'an asserted stranger behind a colleague’s From is refused': async (scene) => {
    assert.equal(await statusOf(scene, invitation({ headers: [asserted('sip:john@elsewhere.example')] })), 403);
    assert.deepEqual(await sessionsOf(scene.desk.page), []);
  },
  'a second, forged P-Asserted-Identity does not count': async (scene) => {
    const invite = invitation({ headers: [asserted(MARIA), asserted(JOHN)] });
    scene.sip.say(invite.frame);
    await scene.sip.settled();
    const seen = await sessionsOf(scene.desk.page);
    assert.deepEqual(
      seen.map(({ peer }) => peer),
      seen.length ? [MARIA] : [],
    );
  },
  'a third party who knows a dialog’s ids is refused whatever the method, and the session goes on': async (scene) => {
    const dialog = await standing(scene);
    let cseq = 100;
    for (const method of ['MESSAGE', 'INFO', 'INVITE', 'REFER', 'NOTIFY', 'BYE']) {
      const extra: Readonly<Record<string, readonly string[]>> = {
        INVITE: ['Contact: <sip:maria@deskside.test;gr=2>'],
        REFER: ['Contact: <sip:maria@deskside.test;gr=2>', 'Refer-To: <sip:evil@deskside.test>'],
        NOTIFY: ['Contact: <sip:maria@deskside.test;gr=2>', 'Event: refer', 'Subscription-State: active'],
      };
      const forged = request(method, { ...dialog, cseq: (cseq += 1), headers: [asserted(MARIA), ...(extra[method] ?? [])] });
      assert.equal(await statusOf(scene, forged), 403, method);
    }
    assert.equal(await statusOf(scene, said(dialog, 'text/plain', 'it is me', 10)), 200);
    const { texts } = await sessionWith(scene.desk.page, ({ status }) => status === 'connected');
    assert.deepEqual(texts, ['it is me']);
  },
  'somebody else cannot replace a dialog': async (scene) => {
    const dialog = await standing(scene);
    const tag = (value: string): string => /;tag=([^;]+)/.exec(value)?.[1] ?? '';
    const replaces = `Replaces: ${dialog.callId};to-tag=${tag(dialog.to)};from-tag=${tag(dialog.from)}`;
    const forged = invitation({ from: `<${MARIA}>;tag=m`, headers: [asserted(MARIA), 'Require: replaces', replaces] });
    assert.equal(await statusOf(scene, forged), 403);
    assert.equal((await sessionsOf(scene.desk.page))[0]?.status, 'connected');
  },
  'BYE with wrong tags ends nothing': async (scene) => {
    const dialog = await standing(scene);
    const wrong = [
      { to: dialog.to.replace(/tag=.*/, 'tag=wrong') },
      { from: dialog.from.replace(/tag=.*/, 'tag=wrong') },
      { callId: fresh() },
      { from: dialog.to, to: dialog.from },
    ];
    for (const difference of wrong) {
      assert.equal(await statusOf(scene, request('BYE', { ...dialog, cseq: 50, headers: [asserted(JOHN)], ...difference })), 481);
    }
    assert.equal((await sessionsOf(scene.desk.page))[0]?.status, 'connected');
  },
  'an old request sent again, with a branch of its own, is refused by its CSeq': async (scene) => {
    const dialog = await standing(scene);
    assert.equal(await statusOf(scene, said(dialog, 'text/plain', 'once', 20)), 200);
    assert.equal(await statusOf(scene, said(dialog, 'text/plain', 'once', 20)), 500);
    assert.deepEqual((await sessionsOf(scene.desk.page))[0]?.texts, ['once']);
  },
  'CANCEL of another’s invitation: it goes on ringing': async (scene) => {
    const { sip, desk } = scene;
    const invite = invitation();
    sip.say(invite.frame);
    await sessionWith(desk.page, ({ status }) => status === 'establishing');
    const { branch, callId } = invite;
    const forged: Difference[] = [{ branch }, { callId }, { branch, callId, from: `<${MARIA}>;tag=other` }];
    for (const difference of forged) {
      const cancel = request('CANCEL', difference);
      sip.say(cancel.frame);
      await sip.until('481 to CANCEL', () => sip.finals(cancel.branch, 'CANCEL').some(({ status }) => status === 481));
    }
    assert.deepEqual(sip.finals(branch, 'INVITE'), []);
    assert.equal((await sessionsOf(desk.page))[0]?.status, 'establishing');
  },
  'NOTIFY without a subscription tells nothing': async (scene) => {
    for (const event of ['presence', 'refer', 'message-summary']) {
      const headers = [`Event: ${event}`, 'Subscription-State: active', `Contact: <${JOHN}>`, asserted(JOHN)];
      for (const to of [`<sip:kate@deskside.test>;tag=${fresh()}`, '<sip:kate@deskside.test>']) {
        assert.equal(await statusOf(scene, request('NOTIFY', { to, headers })), 481, event);
      }
    }
  },
  'responses that nobody asked for change nothing': async ({ sip, desk }) => {
    const from = sip.messages.length;
    for (const [status, method, extra] of [
      [200, 'INVITE', `Contact: <${JOHN}>`],
      [180, 'INVITE', `Contact: <${JOHN}>`],
      [401, 'REGISTER', 'WWW-Authenticate: Digest realm="evil", nonce="n", algorithm=MD5, qop="auth"'],
      [407, 'MESSAGE', 'Proxy-Authenticate: Digest realm="evil", nonce="n", algorithm=MD5, qop="auth"'],
      [503, 'REGISTER', 'Retry-After: 100000'],
      [200, 'BYE', 'X: y'],
    ] as const) {
      const { frame } = request(method, { to: `<${JOHN}>;tag=evil`, headers: [extra] });
      sip.say(frame.replace(/^.*\r\n/, `SIP/2.0 ${status} Forged\r\n`));
    }
    await sip.settled();
    assert.deepEqual(
      sip.messages.slice(from).flatMap((one) => (one.kind === 'request' ? [one.method] : [])),
      [],
    );
    assert.deepEqual(await sessionsOf(desk.page), []);
  },
  'case data under another name is what the name says, and other things are no case data': async (scene) => {
    const dialog = await standing(scene);
    const receipt = encodeImdn({ kind: 'display', status: 'displayed', messageId: 'x', dateTime: 1e12 });
    assert.equal(await statusOf(scene, said(dialog, 'text/plain', CASE, 30)), 200);
    const posing: readonly (readonly [type: string, body: string])[] = [
      ['message/imdn+xml', CASE],
      ['application/im-iscomposing+xml', CASE],
      ['application/vnd.deskside.case+json', receipt],
      ['application/vnd.deskside.case+json', 'hello'],
      ['application/vnd.deskside.case+json', '{"v":1,"seq":9,"__proto__":{"data":[]},"interaction":"x","data":{"length":3}}'],
      ['application/vnd.deskside.case+json;x=text/plain', '[]'],
      ['text/html', '<script>globalThis.harmed = true</script>'],
    ];
    let cseq = 40;
    for (const [type, body] of posing) {
      const status = await statusOf(scene, said(dialog, type, body, (cseq += 1)));
      assert.ok([200, 400, 415].includes(status), `${type}: ${status}`);
    }
    const [seen] = await sessionsOf(scene.desk.page);
    assert.deepEqual(seen?.texts, [CASE]);
    assert.deepEqual(seen.data, []);
    assert.equal(await scene.desk.page.evaluate(() => 'harmed' in globalThis), false);
  },
  'a receipt for what was never sent, for the peer’s own line or for a system line tells nothing': async (scene) => {
    const dialog = await standing(scene);
    const { page } = scene.desk;
    await statusOf(scene, said(dialog, 'text/plain', 'hello', 60));
    const before = await sessionsOf(page);
    for (const [number, messageId] of ['no-such-id', 'system-0', '', '__proto__'].entries()) {
      const receipt = encodeImdn({ kind: 'display', status: 'displayed', messageId, dateTime: 1e12 });
      await statusOf(scene, said(dialog, 'message/imdn+xml', receipt, 70 + number));
    }
    assert.deepEqual(await sessionsOf(page), before);
  },
};

for (const kind of ['chromium', 'firefox'] satisfies BrowserKind[]) {
  const missing = findBrowser(kind) || process.env['CI'] ? false : `no ${kind} here`;
  describe(`forged traffic at a whole page in ${kind}`, { skip: missing }, () => {
    const opened = new Opened();
    let scene: Scene;

    before(async () => {
      const place = await opened.keep('the place', openPlace(kind), (one) => one.close());
      const sip = await opened.keep('the switch', HostileSwitch.start(), (one) => one.stop());
      scene = { sip, desk: await place.desk(sip.url) };
    });
    afterEach(async () => {
      await closeAll(scene.desk.page);
      assert.deepEqual(scene.desk.faults, []);
      assert.equal(scene.sip.connections, 1);
    });
    after(() => opened.close());

    for (const [title, run] of Object.entries(CASES)) it(title, () => run(scene));
  });
}
