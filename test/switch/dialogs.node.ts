/** Within a session: both ways, after a lost connection, after a restart, transfer, Replaces. */
import { strict as assert } from 'node:assert';
import { assertedIn, IM_SDP, RawAgent, session, type Dialog } from './support/agent.js';
import { onBothSwitches } from './support/switches.js';

/** Sends a MESSAGE that must arrive with `text`. */
async function says(from: RawAgent, dialog: Dialog, to: RawAgent, text: string): Promise<void> {
  const answered = from.within(dialog, 'MESSAGE', { body: text });
  const message = await to.incoming('MESSAGE');
  assert.equal(message.body, text);
  assert.match(assertedIn(message), new RegExp(`<sip:${from.user}@deskside\\.test>`));
  to.reply(message, 200);
  assert.equal((await answered).status, 200);
}

/** A page that comes back: another connection, the same instance. */
async function back(url: string, agent: RawAgent): Promise<RawAgent> {
  return RawAgent.login(url, agent.user, { instance: agent.instance });
}

onBothSwitches('dialogs', {
  'messages go both ways, and end with BYE': async ({ login }) => {
    const [kate, john] = [await login('kate'), await login('john')];
    const dialog = await session(kate, john);
    await says(kate, dialog.caller, john, 'hello');
    await says(john, dialog.callee, kate, 'مرحبا 👋');
    const bye = john.within(dialog.callee, 'BYE', { headers: ['Reason: SIP;cause=200;text="End IM"'] });
    const received = await kate.incoming('BYE');
    assert.match(received.headers.get('reason') ?? '', /End IM/);
    kate.reply(received, 200);
    assert.equal((await bye).status, 200);
  },
  'every method of a dialog passes': async ({ login }) => {
    const [kate, john] = [await login('kate'), await login('john')];
    const dialog = await session(kate, john);
    for (const method of ['INFO', 'UPDATE', 'PRACK', 'OPTIONS', 'REFER', 'NOTIFY', 'INVITE']) {
      const answered = kate.within(dialog.caller, method, {
        headers: ['Refer-To: <sip:maria@deskside.test>', 'Event: refer', 'Subscription-State: active'],
      });
      john.reply(await john.incoming(method), method === 'REFER' ? 202 : 200);
      assert.equal((await answered).status, method === 'REFER' ? 202 : 200, method);
    }
  },
  'with a GRUU the dialog survives a new connection on either side': async ({ login, url }) => {
    const [kate, john] = [await login('kate'), await login('john')];
    const dialog = await session(kate, john);
    await john.close();
    const john2 = await back(url, john);
    await says(kate, dialog.caller, john2, 'after the cut');
    await kate.close();
    const kate2 = await back(url, kate);
    await says(john2, dialog.callee, kate2, 'and back');
    await says(kate2, dialog.caller, john2, 'third');
    await Promise.all([john2.close(), kate2.close()]);
  },
  'with a GRUU the dialog survives a restart of the switch': async ({ login, url, running }) => {
    const [kate, john] = [await login('kate'), await login('john')];
    const dialog = await session(kate, john);
    await running.restart();
    await Promise.all([kate.closedByPeer(), john.closedByPeer()]);
    const [kate2, john2] = [await back(url, kate), await back(url, john)];
    await says(kate2, dialog.caller, john2, 'still there');
    await says(john2, dialog.callee, kate2, 'so am I');
    await Promise.all([john2.close(), kate2.close()]);
  },
  'without a GRUU the connection is found by its token, and 480 once it is gone': async ({ login }) => {
    const [kate, john] = [await login('kate', { instance: undefined }), await login('john', { instance: undefined })];
    const dialog = await session(kate, john);
    assert.match(dialog.caller.target, /;alias=/);
    await says(kate, dialog.caller, john, 'hello');
    await says(john, dialog.callee, kate, 'hello too');
    await john.close();
    let status = 408;
    while (status === 408) status = (await kate.within(dialog.caller, 'MESSAGE', { body: 'x' })).status;
    assert.equal(status, 480);
  },
  'a frozen page: 408 after five seconds': async ({ login }) => {
    const [kate, john] = [await login('kate'), await login('john')];
    const dialog = await session(kate, john);
    const answered = kate.within(dialog.caller, 'MESSAGE', { body: 'x' });
    await john.incoming('MESSAGE');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.equal((await answered).status, 408);
  },
  'INVITE with Replaces to a GRUU reaches that device only': async ({ login }) => {
    const [kate, john, other] = [await login('kate'), await login('john'), await login('john')];
    const { branch, callId } = kate.invite(john.gruu, { headers: ['Require: replaces', 'Replaces: a@b;to-tag=1;from-tag=2'] });
    const invite = await john.incoming('INVITE', callId);
    assert.match(invite.headers.get('replaces') ?? '', /a@b/);
    assert.match(assertedIn(invite), /kate@/);
    john.reply(invite, 200, { body: IM_SDP, headers: ['Content-Type: application/sdp'] });
    const accepted = await kate.final(branch);
    kate.ack(john.gruu, accepted, branch);
    await john.incoming('ACK', callId);
    assert.deepEqual(
      other.untaken((message) => message.kind === 'request'),
      [],
    );
  },
  'a third agent within a dialog is named as the sender': async ({ login }) => {
    const [kate, john, thief] = [await login('kate'), await login('john'), await login('dmitri')];
    const dialog = await session(kate, john);
    const answered = thief.within(dialog.caller, 'MESSAGE', { body: 'I am Kate' });
    const message = await john.incoming('MESSAGE');
    assert.match(assertedIn(message), /<sip:dmitri@deskside\.test>/);
    john.reply(message, 403);
    assert.equal((await answered).status, 403);
  },
});
