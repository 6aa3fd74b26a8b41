import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';
import { wireTap } from '../support/wire-tap.js';

const QUESTION = 'can you help me with this call?';

await onEverySwitch('An invitation and its answers', (on) => {
  afterEach(everybodyLeaves);

  it('is accepted; both write; the caller ends', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', QUESTION);
    await kate.sees('Establishing');
    await john.isInvitedBy('kate');
    expect(john.received()).to.deep.equal([QUESTION]);
    await kate.seesOwn(QUESTION, 'sent');
    await john.accepts();
    await john.sees('Connected');
    await kate.sees('Connected');
    await kate.seesOwn(QUESTION, 'delivered');
    john.writes('of course');
    await kate.reads('of course');
    kate.writes('thank you');
    await john.reads('thank you');
    await kate.ends();
    await john.sees('Ended');
    expect(john.received()).to.deep.equal([QUESTION, 'thank you']);
    expect(kate.session.outcome).to.deep.include({ code: 'ended', own: true });
    expect(john.session.outcome).to.deep.include({ code: 'ended', own: false });
    expect(john.session.outcome?.by?.user).to.equal('kate');
  });

  it('tells both sides the names that the switch vouches for, and the same times', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', QUESTION, { target: { name: 'John Davis' } });
    await john.isInvitedBy('kate');
    expect(john.session.peer).to.deep.equal({ address: 'sip:kate@deskside.test', user: 'kate', name: 'Kate Lewis' });
    await john.accepts();
    const session = await kate.sees('Connected');
    expect(session.parties.map(({ address }) => address)).to.deep.equal(['sip:john@deskside.test']);
    expect(john.messages()[0]?.at).to.equal(kate.messages()[0]?.at);
    expect(kate.lines().map((line) => (line.kind === 'system' ? line.code : 'message'))).to.deep.equal(['invited', 'message', 'accepted']);
    expect(john.lines().map((line) => (line.kind === 'system' ? line.code : 'message'))).to.deep.equal(['invited', 'message', 'accepted']);
  });

  it('is ended by the one who was asked', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', QUESTION);
    await john.isInvitedBy('kate');
    await john.accepts();
    await john.sees('Connected');
    await john.ends();
    await kate.isTold('ended.ended');
    expect(kate.session.outcome).to.deep.include({ code: 'ended', own: false });
    await kate.service.im.close(kate.session.id);
    expect(kate.sessions).to.have.length(0);
  });

  it('is rejected with words', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', QUESTION);
    await john.isInvitedBy('kate');
    await john.rejects({ text: 'in a meeting, “später” 🙂' });
    await kate.isTold('ended.rejected');
    expect(kate.session.outcome?.text).to.equal('in a meeting, “später” 🙂');
    await kate.seesOwn(QUESTION, 'failed');
    await john.sees('Ended');
    expect(john.session.outcome).to.deep.include({ code: 'rejected', own: true });
  });

  it('is answered "busy"', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', QUESTION);
    await john.isInvitedBy('kate');
    await john.rejects({ busy: true });
    await kate.isTold('ended.busy');
  });

  it('is cancelled by the caller; nothing of it stays alive', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', QUESTION);
    await john.isInvitedBy('kate');
    await kate.ends();
    await kate.isTold('ended.cancelled');
    await john.isTold('ended.cancelled');
    expect(kate.session.outcome?.own).to.equal(true);
    expect(john.session.outcome?.own).to.equal(false);
    expect(await john.accepts().catch((error: unknown) => (error as { code: string }).code)).to.equal('invalid-state');
  });

  it('runs out; the callee keeps what was missed', async () => {
    const kate = await agent('kate', { on, invitationTimeout: 1 });
    const john = await agent('john', { on });
    kate.writesTo('john', QUESTION);
    await john.isInvitedBy('kate');
    await kate.isTold('ended.no-answer');
    await john.isTold('ended.no-answer');
    expect(john.received()).to.deep.equal([QUESTION]);
  });

  it('is accepted late, after its notification went away', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', QUESTION);
    await john.isInvitedBy('kate');
    john.service.im.dismiss(john.session.id);
    await john.until('the dismissal', () => john.session.dismissed);
    await kate.sees('Establishing');
    await john.accepts();
    await kate.sees('Connected');
  });

  it('finds nobody logged in', async () => {
    const kate = await agent('kate', { on });
    kate.writesTo('john', QUESTION);
    await kate.isTold('ended.not-logged-in');
    await kate.seesOwn(QUESTION, 'failed');
  });

  it('finds an agent who has logged out of instant messaging', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    await john.service.channels.set('im', 'logged-off');
    kate.writesTo('john', QUESTION);
    await kate.isTold('ended.not-logged-in');
    expect(john.sessions).to.have.length(0);
    await john.service.channels.set('im', 'ready');
    kate.writesTo('john', QUESTION);
    await john.isInvitedBy('kate');
  });

  it('finds no such agent', async () => {
    const kate = await agent('kate', { on });
    kate.writesTo('nobody', QUESTION);
    await kate.isTold('ended.no-such-agent');
  });

  it('meets Do Not Disturb', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    await john.service.channels.set('im', 'do-not-disturb');
    kate.writesTo('john', QUESTION);
    await kate.isTold('ended.do-not-disturb');
    expect(john.sessions).to.have.length(0);
  });

  it('meets an agent without the right to instant messaging', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    john.service.configure({ rights: ['voice'] });
    await john.until('the right to go', () => !john.service.snapshot.get('account')?.rights.includes('im-use'));
    kate.writesTo('john', QUESTION);
    await kate.isTold('ended.not-allowed');
    expect(john.sessions).to.have.length(0);
  });

  it('is one too many', async () => {
    const john = await agent('john', { on, maxPending: 1 });
    const kate = await agent('kate', { on });
    const aki = await agent('aki', { on });
    kate.writesTo('john', QUESTION);
    await john.isInvitedBy('kate');
    aki.writesTo('john', 'me too');
    await aki.isTold('ended.busy');
    await kate.sees('Establishing');
  });

  it('goes out again when its connection was lost and is back, and rings once; so it does where the callee lost theirs', async () => {
    const wire = wireTap(on);
    const kate = await agent('kate', { on });
    const john = await agent('john', { on: wire.on });
    kate.writesTo('john', QUESTION);
    const { id } = await john.isInvitedBy('kate');
    for (const one of [kate, john]) {
      one.network.down();
      await one.until('a lost connection', () => one.service.snapshot.get('connection')?.status !== 'ready');
      expect(one.session.status).to.equal('establishing');
      one.network.up();
      one.service.reconnect();
      await one.isOnline();
      await wire.hasGot(2, 'INVITE ');
    }
    await john.accepts(id);
    await Promise.all([kate.sees('Connected'), john.sees('Connected')]);
    kate.writes('again');
    await john.reads('again');
    expect(john.received()).to.deep.equal([QUESTION, 'again']);
    expect(john.sessions).to.have.length(1);
  });

  it('queues what is written meanwhile, and sends it in order after the acceptance', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', 'one');
    await kate.sees('Establishing');
    kate.writes('two');
    kate.writes('three');
    await john.isInvitedBy('kate');
    expect(john.received()).to.deep.equal(['one']);
    await john.accepts();
    await john.reads('three');
    expect(john.received()).to.deep.equal(['one', 'two', 'three']);
    await kate.seesOwn('three', 'delivered');
  });
});
