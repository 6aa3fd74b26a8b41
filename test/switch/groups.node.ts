/** Groups, queues, skills and routing points: one address, several agents. */
import { strict as assert } from 'node:assert';
import type { SipRequest } from '../../demo/switch/core/message.js';
import { aor, assertedIn, causeOf, IM_SDP, type RawAgent } from './support/agent.js';
import { onBothSwitches } from './support/switches.js';

const SDP = { body: IM_SDP, headers: ['Content-Type: application/sdp'] };

async function rings(agent: RawAgent, callId: string): Promise<SipRequest> {
  const invite = await agent.incoming('INVITE', callId);
  agent.reply(invite, 180, { tag: agent.contactUser });
  return invite;
}

/** Until this many members have been heard to ring: Kamailio gives no Reason to a device whose 180 it has not seen yet. */
async function heard(caller: RawAgent, branch: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await caller.response(branch, (status) => status === 180);
}

async function stopped(agent: RawAgent, invite: SipRequest): Promise<SipRequest> {
  const cancel = await agent.incoming('CANCEL');
  agent.reply(cancel, 200);
  agent.reply(invite, 487);
  return cancel;
}

onBothSwitches('groups', {
  'every logged-in member rings; who accepts is named, and the session is with them': async ({ login }) => {
    const [kate, zofia, bjork] = [await login('kate'), await login('zofia'), await login('bjork')];
    const { branch, callId } = kate.invite(aor('claims-queue'));
    const invites = [await rings(zofia, callId), await rings(bjork, callId)] as const;
    assert.equal(assertedIn(invites[0]), '"Kate Lewis" <sip:kate@deskside.test>');
    await heard(kate, branch, 2);
    bjork.reply(invites[1], 200, SDP);
    const accepted = await kate.final(branch);
    assert.equal(accepted.status, 200);
    assert.equal(assertedIn(accepted), '"Björk Þórsdóttir" <sip:bjork@deskside.test>');
    assert.equal(causeOf(await stopped(zofia, invites[0])), 'SIP;cause=200');
    const dialog = kate.ack(aor('claims-queue'), accepted, branch);
    await bjork.incoming('ACK', callId);
    const answered = kate.within(dialog, 'MESSAGE', { body: 'Hello Björk' });
    const message = await bjork.incoming('MESSAGE');
    assert.equal(message.body, 'Hello Björk');
    bjork.reply(message, 200);
    assert.equal((await answered).status, 200);
  },
  'the caller’s own devices stay silent': async ({ login }) => {
    const [kate, aki] = [await login('kate'), await login('aki')];
    const { branch, callId } = kate.invite(aor('customer-care'));
    const invite = await rings(aki, callId);
    aki.reply(invite, 486);
    assert.equal((await kate.final(branch)).status, 486);
    assert.deepEqual(
      kate.untaken((message) => message.kind === 'request'),
      [],
    );
  },
  'a member who rejects ends only their own ringing': async ({ login }) => {
    const [kate, zofia, zofia2, bjork] = [await login('kate'), await login('zofia'), await login('zofia'), await login('bjork')];
    const { branch, callId } = kate.invite(aor('claims-queue'));
    const invites = [await rings(zofia, callId), await rings(zofia2, callId), await rings(bjork, callId)] as const;
    await heard(kate, branch, 3);
    zofia.reply(invites[0], 603);
    assert.equal(causeOf(await stopped(zofia2, invites[1])), 'SIP;cause=603');
    bjork.reply(invites[2], 200, SDP);
    assert.equal((await kate.final(branch)).status, 200);
  },
  'all reject: 603; one rejects and one only rang: no answer': async ({ login }) => {
    const [kate, zofia, bjork] = [await login('kate'), await login('zofia'), await login('bjork')];
    const first = kate.invite(aor('claims-queue'));
    for (const agent of [zofia, bjork]) agent.reply(await rings(agent, first.callId), 603);
    const rejected = await kate.final(first.branch);
    assert.equal(rejected.status, 603);
    kate.ack(aor('claims-queue'), rejected, first.branch);
    const second = kate.invite(aor('claims-queue'), { expires: 1 });
    zofia.reply(await rings(zofia, second.callId), 603);
    const invite = await rings(bjork, second.callId);
    await stopped(bjork, invite);
    assert.equal((await kate.final(second.branch)).status, 480);
  },
  'nobody logged in: 480; page mode: 405': async ({ login }) => {
    const kate = await login('kate');
    const { branch } = kate.invite(aor('technical-support'));
    assert.equal((await kate.final(branch)).status, 480);
    const message = await kate.ask('MESSAGE', aor('technical-support'), { body: 'x', headers: ['Content-Type: text/plain'] });
    assert.equal(message.status, 405);
    assert.match(message.headers.get('allow') ?? '', /INVITE/);
  },
  'the caller cancels: every member hears it': async ({ login }) => {
    const [kate, zofia, bjork] = [await login('kate'), await login('zofia'), await login('bjork')];
    const invitation = kate.invite(aor('claims-queue'));
    const invites = [await rings(zofia, invitation.callId), await rings(bjork, invitation.callId)] as const;
    await heard(kate, invitation.branch, 2);
    kate.cancel(aor('claims-queue'), invitation, 'SIP;cause=487;text="Never mind"');
    assert.match((await stopped(zofia, invites[0])).headers.get('reason') ?? '', /Never mind/);
    assert.match((await stopped(bjork, invites[1])).headers.get('reason') ?? '', /Never mind/);
    assert.equal((await kate.final(invitation.branch, 'INVITE')).status, 487);
  },
});
