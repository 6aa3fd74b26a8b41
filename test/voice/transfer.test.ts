import { expect } from '@open-wc/testing';
import { everybodyLeaves } from '../support/agent.js';
import { knowsTones } from '../support/telephone.js';
import { onEverySwitch, type TestSwitch } from '../support/switches.js';
import { caller, talking, type Caller } from './caller.js';

const codeOf = (command: Promise<unknown>): Promise<unknown> =>
  command.then(
    () => 'no error',
    (error: unknown) => (error as { code?: string }).code,
  );

/** Kate has John on hold and talks to Aki about it. */
async function consulting(on: TestSwitch): Promise<readonly [Caller, Caller, Caller]> {
  const [kate, john] = await talking(on);
  const aki = await caller('aki', { on });
  await kate.service.calls.hold(kate.call.id);
  kate.dials('aki', { role: 'consultation' });
  await aki.isCalledBy('kate');
  await aki.answers();
  await kate.sees('connected');
  return [kate, john, aki];
}

await onEverySwitch('Transfer and conference', (on) => {
  afterEach(everybodyLeaves);

  it('sends the other side to somebody at once, and leaves when the two are connected', async () => {
    const [kate, john] = await talking(on);
    const aki = await caller('aki', { on });
    const done = kate.service.calls.transfer(kate.call.id, { type: 'agent', address: 'sip:aki@deskside.test', name: 'Aki Mori' });
    await aki.isCalledBy('john');
    await kate.seesThat('the ringing', ({ transfer }) => transfer?.status === 'ringing');
    expect(kate.call.status, 'nothing ends before the two are connected').to.equal('connected');
    expect(john.call.transfer).to.deep.include({ status: 'trying' });
    await aki.answers();
    await done;
    expect(kate.call).to.deep.include({ status: 'ended' });
    expect(kate.call.transfer).to.deep.include({ status: 'done' });
    expect(john.call).to.deep.include({ status: 'connected' });
    expect(john.call.peer.user).to.equal('aki');
    await Promise.all([john.phone.hears(aki.phone.tone), aki.phone.hears(john.phone.tone)]);
    await kate.phone.isSilent();
    await aki.service.calls.end(aki.call.id);
    await john.sees('ended');
  });

  it('fails where the third one rejects, and the call goes on', async () => {
    const [kate, john] = await talking(on);
    const aki = await caller('aki', { on });
    const done = codeOf(kate.service.calls.transfer(kate.call.id, { type: 'agent', address: 'sip:aki@deskside.test', name: 'Aki' }));
    await aki.service.calls.reject((await aki.isCalledBy('john')).id);
    expect(await done).to.equal('rejected');
    expect(kate.call).to.deep.include({ status: 'connected' });
    expect(kate.call.transfer).to.deep.include({ status: 'failed' });
    expect(john.call).to.deep.include({ status: 'connected' });
    expect(john.call.peer.user).to.equal('kate');
    await Promise.all([john.phone.hears(kate.phone.tone), kate.phone.hears(john.phone.tone)]);
    const nobody = kate.service.calls.transfer(kate.call.id, { type: 'agent', address: 'sip:nobody@deskside.test', name: 'x' });
    expect(await codeOf(nobody)).to.equal('not-found');
    const outside = kate.service.calls.transfer(kate.call.id, { type: 'agent', address: 'sip:eve@elsewhere.test', name: 'x' });
    expect(await codeOf(outside)).to.equal('not-allowed');
  });

  it('completes a transfer: the contact takes the place of the agent, whom nobody needs any more', async () => {
    const [kate, john, aki] = await consulting(on);
    expect(aki.call.role, 'the partner knows that it is a consultation').to.equal('consultation');
    await kate.service.calls.completeTransfer(kate.with('john').id, kate.with('aki').id);
    await kate.sees('ended', kate.with('aki').id);
    expect(kate.with('john').status).to.equal('ended');
    await aki.seesThat('john', ({ peer, status }) => peer.user === 'john' && status === 'connected');
    await john.seesThat('aki', ({ peer, status, heldByPeer }) => peer.user === 'aki' && status === 'connected' && !heldByPeer);
    expect(aki.calls, 'the same call, not another one').to.have.length(1);
    expect(aki.call.role, 'with the contact it is a call').to.equal('plain');
    await Promise.all([john.phone.hears(aki.phone.tone), aki.phone.hears(john.phone.tone)]);
    await kate.phone.isSilent();
  });

  it('brings the consultation back where the transfer fails', async () => {
    const [kate, john, aki] = await consulting(on);
    await john.service.calls.end(john.call.id);
    await kate.sees('ended', kate.with('john').id);
    expect(await codeOf(kate.service.calls.completeTransfer(kate.with('john').id, kate.with('aki').id))).to.equal('invalid-state');
    expect(kate.with('aki').status).to.equal('connected');
    await Promise.all([kate.phone.hears(aki.phone.tone), aki.phone.hears(kate.phone.tone)]);
  });

  it('brings the consultation back where the contact’s telephone refuses to be sent', async () => {
    const [kate, john, aki] = await consulting(on);
    const [contact, partner] = [kate.with('john').id, kate.with('aki').id];
    // Who is sending the other one somewhere refuses to be sent meanwhile: both REFERs, which cross, are answered 491.
    const first = codeOf(john.service.calls.transfer(john.call.id, { type: 'agent', address: 'sip:johanna@deskside.test', name: 'J' }));
    expect(await codeOf(kate.service.calls.completeTransfer(contact, partner))).not.to.equal('no error');
    expect(kate.with('john').transfer).to.deep.include({ status: 'failed' });
    expect(kate.with('aki')).to.deep.include({ status: 'connected' });
    expect(await first).not.to.equal('no error');
    await Promise.all([kate.phone.hears(aki.phone.tone), aki.phone.hears(kate.phone.tone)]);
    await kate.service.calls.retrieve(contact);
    await Promise.all([kate.phone.hears(john.phone.tone), john.phone.hears(kate.phone.tone)]);
  });

  it('lets three hear each other, drops one, and goes on with the other', async () => {
    const [kate, john, aki] = await consulting(on);
    const ids = [kate.with('john').id, kate.with('aki').id] as const;
    if (!(await knowsTones())) {
      // Without a sound device this browser mixes nothing: it is said, and both calls are as they were.
      expect(await codeOf(kate.service.calls.completeConference(...ids))).to.equal('media');
      expect(kate.with('aki')).to.deep.include({ status: 'connected', parties: [] });
      return;
    }
    await kate.service.calls.completeConference(...ids);
    expect(kate.with('john').parties.map(({ user }) => user)).to.deep.equal(['john', 'aki']);
    expect(kate.with('john')).to.deep.include({ status: 'connected', conference: [ids[1]] });
    await Promise.all([
      kate.phone.hears(john.phone.tone),
      kate.phone.hears(aki.phone.tone),
      john.phone.hears(kate.phone.tone),
      john.phone.hears(aki.phone.tone),
      aki.phone.hears(kate.phone.tone),
      aki.phone.hears(john.phone.tone),
    ]);
    await kate.service.calls.mute(ids[0], true);
    expect(kate.with('aki').muted, 'muted toward everyone').to.equal(true);
    await Promise.all([john.phone.hearsNot(kate.phone.tone), aki.phone.hearsNot(kate.phone.tone)]);
    await kate.service.calls.mute(ids[0], false);
    await kate.service.calls.end(ids[1]);
    await aki.sees('ended');
    expect(kate.with('john')).to.deep.include({ status: 'connected', parties: [] });
    expect(kate.with('john').conference).to.equal(undefined);
    await john.phone.hears(kate.phone.tone);
    await john.phone.hearsNot(aki.phone.tone);
  });

  it('leaves the other two of a conference connected by a transfer', async () => {
    const [kate, john, aki] = await consulting(on);
    const ids = [kate.with('john').id, kate.with('aki').id] as const;
    if (await knowsTones()) await kate.service.calls.completeConference(...ids);
    await kate.service.calls.completeTransfer(...ids);
    await aki.seesThat('john', ({ peer, status }) => peer.user === 'john' && status === 'connected');
    await Promise.all([john.phone.hears(aki.phone.tone), aki.phone.hears(john.phone.tone)]);
    await kate.phone.isSilent();
  });
});
