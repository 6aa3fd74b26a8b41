/** One invitation, several devices. */
import { strict as assert } from 'node:assert';
import type { SipRequest } from '../../demo/switch/core/message.js';
import { aor, assertedIn, AUDIO_SDP, causeOf, IM_SDP, type RawAgent } from './support/agent.js';
import { onBothSwitches, type Stage } from './support/switches.js';

type Invitation = ReturnType<RawAgent['invite']>;

interface Ringing {
  readonly kate: RawAgent;
  readonly devices: RawAgent[];
  readonly invites: SipRequest[];
  readonly invitation: Invitation;
}

/** Kate calls John, who has several devices; all of them ring. */
async function ring({ login }: Stage, count: number, options: { expires?: number } = {}): Promise<Ringing> {
  const kate = await login('kate');
  const devices = await Promise.all(Array.from({ length: count }, () => login('john')));
  const invitation = kate.invite(aor('john'), options);
  const invites = await Promise.all(devices.map((device) => device.incoming('INVITE', invitation.callId)));
  devices.forEach((device, index) => device.reply(invites[index] as SipRequest, 180, { tag: `t${index}` }));
  // Kamailio gives no Reason to a device whose 180 it has not seen yet.
  for (const _device of devices) await kate.response(invitation.branch, (status) => status === 180);
  return { kate, devices, invites, invitation };
}

/** Takes a device's CANCEL, and ends its ringing. */
async function cancelled(device: RawAgent | undefined, invite: SipRequest | undefined): Promise<SipRequest> {
  assert.ok(device && invite);
  const cancel = await device.incoming('CANCEL');
  device.reply(cancel, 200);
  device.reply(invite, 487);
  await device.incoming('ACK');
  return cancel;
}

const SDP = { body: IM_SDP, headers: ['Content-Type: application/sdp'] };

onBothSwitches('forking', {
  'all devices ring; the first to accept wins, the others hear "completed elsewhere"': async (stage) => {
    const { kate, devices, invites, invitation } = await ring(stage, 3);
    devices[1]?.reply(invites[1] as SipRequest, 200, SDP);
    const accepted = await kate.final(invitation.branch);
    assert.equal(accepted.status, 200);
    assert.equal(assertedIn(accepted), '"John Davis" <sip:john@deskside.test>');
    kate.ack(aor('john'), accepted, invitation.branch);
    await devices[1]?.incoming('ACK');
    for (const index of [0, 2]) {
      const cancel = await cancelled(devices[index], invites[index]);
      assert.equal(causeOf(cancel), 'SIP;cause=200');
      assert.match(cancel.headers.get('reason') ?? '', /Call completed elsewhere/);
    }
  },
  'the invitation carries who sent it, a route back, and nothing that the sender claimed': async ({ login }) => {
    const kate = await login('kate');
    const john = await login('john');
    const { branch } = kate.invite(aor('john'), {
      headers: ['P-Asserted-Identity: <sip:maria@deskside.test>', 'Remote-Party-ID: <sip:maria@deskside.test>'],
    });
    const invite = await john.incoming('INVITE');
    assert.equal(assertedIn(invite), '"Kate Lewis" <sip:kate@deskside.test>');
    assert.equal(invite.headers.get('remote-party-id'), undefined);
    assert.ok(invite.headers.list('record-route').length > 0);
    assert.equal(invite.headers.get('max-forwards'), '69');
    assert.equal(invite.body, IM_SDP);
    john.reply(invite, 486, { headers: ['P-Asserted-Identity: <sip:maria@deskside.test>'] });
    const refused = await kate.final(branch);
    assert.equal(assertedIn(refused), '');
    kate.ack(aor('john'), refused, branch);
  },
  'busy on one device leaves the other ringing': async (stage) => {
    const { kate, devices, invites, invitation } = await ring(stage, 2);
    devices[0]?.reply(invites[0] as SipRequest, 486);
    await devices[0]?.incoming('ACK');
    devices[1]?.reply(invites[1] as SipRequest, 200, SDP);
    assert.equal((await kate.final(invitation.branch)).status, 200);
  },
  'busy everywhere is busy': async (stage) => {
    const { kate, devices, invites, invitation } = await ring(stage, 2);
    devices.forEach((device, index) => device.reply(invites[index] as SipRequest, 486));
    assert.equal((await kate.final(invitation.branch)).status, 486);
  },
  'rejected on one device ends all': async (stage) => {
    const { kate, devices, invites, invitation } = await ring(stage, 2);
    devices[0]?.reply(invites[0] as SipRequest, 603, { headers: ['Warning: 399 deskside.test "no"'] });
    assert.equal(causeOf(await cancelled(devices[1], invites[1])), 'SIP;cause=603');
    const refused = await kate.final(invitation.branch);
    assert.equal(refused.status, 603);
    assert.match(refused.headers.get('warning') ?? '', /no/);
  },
  'two devices accept at once: the caller gets both and can end one': async (stage) => {
    const { kate, devices, invites, invitation } = await ring(stage, 2);
    devices.forEach((device, index) => device.reply(invites[index] as SipRequest, 200, { ...SDP, tag: `t${index}` }));
    const first = await kate.final(invitation.branch);
    const second = await kate.final(invitation.branch);
    assert.notEqual(first.headers.get('to'), second.headers.get('to'));
    const extra = kate.ack(aor('john'), second, invitation.branch);
    const bye = kate.within(extra, 'BYE');
    const index = second.headers.get('to')?.endsWith('t1') === true ? 1 : 0;
    const device = devices[index];
    assert.ok(device);
    device.reply(await device.incoming('BYE'), 200);
    assert.equal((await bye).status, 200);
  },
  'the caller cancels: every device hears it with the caller’s reason, the caller gets 487': async (stage) => {
    const { kate, devices, invites, invitation } = await ring(stage, 2);
    kate.cancel(aor('john'), invitation, 'SIP;cause=487;text="Changed my mind"');
    assert.equal((await kate.final(invitation.branch, 'CANCEL')).status, 200);
    for (const index of [0, 1]) {
      const cancel = await cancelled(devices[index], invites[index]);
      assert.match(cancel.headers.get('reason') ?? '', /cause=487;\s*text="Changed my mind"/);
    }
    const ended = await kate.final(invitation.branch, 'INVITE');
    assert.equal(ended.status, 487);
    kate.ack(aor('john'), ended, invitation.branch);
  },
  'the caller disconnects: the devices stop ringing': async (stage) => {
    const { kate, devices, invites } = await ring(stage, 1);
    await kate.close();
    assert.equal(causeOf(await cancelled(devices[0], invites[0])), 'SIP;cause=487');
  },
  'the device’s own 487 at Expires comes before the switch gives up': async (stage) => {
    const { kate, devices, invites, invitation } = await ring(stage, 1, { expires: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    devices[0]?.reply(invites[0] as SipRequest, 487);
    assert.equal((await kate.final(invitation.branch)).status, 487);
  },
  'rung but not answered within Expires: 480 from the switch, and the devices stop': async (stage) => {
    const { kate, devices, invites, invitation } = await ring(stage, 2, { expires: 1 });
    await Promise.all(devices.map((device, index) => cancelled(device, invites[index])));
    const ended = await kate.final(invitation.branch);
    assert.equal(ended.status, 480);
  },
  'a device that says nothing at all: 408': async ({ login }) => {
    const kate = await login('kate');
    const john = await login('john');
    const { branch } = kate.invite(aor('john'), { expires: 1 });
    await john.incoming('INVITE');
    assert.equal((await kate.final(branch)).status, 408);
  },
  'a session of instant messages rings the devices that can, a call those that can': async ({ login }) => {
    const kate = await login('kate');
    const im = await login('john', { tags: ';+sip.message' });
    const phone = await login('john', { tags: ';audio' });
    const first = kate.invite(aor('john'));
    im.reply(await im.incoming('INVITE', first.callId), 486);
    assert.equal((await kate.final(first.branch)).status, 486);
    const second = kate.invite(aor('john'), { body: AUDIO_SDP });
    phone.reply(await phone.incoming('INVITE', second.callId), 486);
    assert.equal((await kate.final(second.branch)).status, 486);
    assert.deepEqual(
      im.untaken((message) => message.kind === 'request' && message.method === 'INVITE'),
      [],
    );
    assert.deepEqual(
      phone.untaken((message) => message.kind === 'request' && message.method === 'INVITE'),
      [],
    );
  },
  'page-mode MESSAGE goes to every device, the first 200 counts': async ({ login }) => {
    const kate = await login('kate');
    const devices = [await login('john'), await login('john')];
    const { branch } = kate.send('MESSAGE', aor('john'), { body: 'Grüße, 山田 👋', headers: ['Content-Type: text/plain;charset=utf-8'] });
    for (const device of devices) {
      const message = await device.incoming('MESSAGE');
      assert.equal(message.body, 'Grüße, 山田 👋');
      device.reply(message, 200);
    }
    assert.equal((await kate.final(branch)).status, 200);
  },
});
