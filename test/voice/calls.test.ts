import { expect } from '@open-wc/testing';
import { everybodyLeaves } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';
import { caller, talking } from './caller.js';

/** The code of the error that a command is refused with. */
const codeOf = (command: Promise<unknown>): Promise<unknown> =>
  command.then(
    () => 'no error',
    (error: unknown) => (error as { code?: string }).code,
  );

await onEverySwitch('A call', (on) => {
  afterEach(everybodyLeaves);

  it('rings, is answered, carries sound both ways, and is ended by the caller', async () => {
    const kate = await caller('kate', { on });
    const john = await caller('john', { on });
    kate.dials('john');
    const ringing = await john.isCalledBy('kate');
    expect(ringing.peer).to.deep.equal({ address: 'sip:kate@deskside.test', user: 'kate', name: 'Kate Lewis' });
    expect(kate.phone.connections).to.have.length(1);
    expect(john.phone.connections, 'nothing of sound before the answer').to.have.length(0);
    await kate.sees('ringing');
    await john.answers();
    await kate.sees('connected');
    await john.sees('connected');
    await Promise.all([kate.phone.hears(john.phone.tone), john.phone.hears(kate.phone.tone)]);
    await Promise.all([kate.phone.receives(), john.phone.receives()]);
    expect(kate.service.snapshot.get('channels')?.voice.state).to.equal('busy');
    await kate.service.calls.end(kate.call.id);
    await john.sees('ended');
    expect(kate.call.outcome).to.deep.include({ code: 'ended', own: true });
    expect(john.call.outcome).to.deep.include({ code: 'ended', own: false });
    await Promise.all([kate.phone.isSilent(), john.phone.isSilent()]);
    await kate.agent.until('being ready again', () => kate.service.snapshot.get('channels')?.voice.state === 'ready');
  });

  it('is ended by the one who was called, and forgotten with Done', async () => {
    const [kate, john] = await talking(on);
    await john.service.calls.end(john.call.id);
    await kate.sees('ended');
    expect(kate.call.outcome?.by?.user).to.equal('john');
    kate.service.calls.close(kate.call.id);
    await kate.agent.until('no call', () => kate.calls.length === 0);
  });

  it('is rejected', async () => {
    const [kate, john] = [await caller('kate', { on }), await caller('john', { on })];
    kate.dials('john');
    await john.service.calls.reject((await john.isCalledBy('kate')).id);
    await kate.sees('ended');
    expect(kate.call.outcome).to.deep.include({ code: 'rejected', own: false });
    expect(john.call.outcome).to.deep.include({ code: 'rejected', own: true });
    await kate.phone.isSilent();
  });

  it('is taken back by the caller', async () => {
    const [kate, john] = [await caller('kate', { on }), await caller('john', { on })];
    kate.dials('john');
    const { id } = await john.isCalledBy('kate');
    await kate.service.calls.end(kate.call.id);
    expect(kate.call).to.deep.include({ status: 'ended' });
    expect(kate.call.outcome).to.deep.include({ code: 'cancelled', own: true });
    await john.sees('ended');
    expect(john.call.outcome).to.deep.include({ code: 'cancelled', own: false });
    expect(await codeOf(john.service.calls.answer(id))).to.equal('invalid-state');
  });

  it('is not answered', async () => {
    const [kate, john] = [await caller('kate', { on, invitationTimeout: 1 }), await caller('john', { on })];
    kate.dials('john');
    await john.isCalledBy('kate');
    await kate.sees('ended');
    await john.sees('ended');
    expect([kate.call.outcome?.code, john.call.outcome?.code]).to.deep.equal(['no-answer', 'no-answer']);
  });

  it('finds nobody logged in, nobody of that name, and nobody outside', async () => {
    const kate = await caller('kate', { on });
    const outcomeOf = async (user: string, target = {}): Promise<string | undefined> => {
      const id = kate.dials(user, { target });
      return (await kate.sees('ended', id)).outcome?.code;
    };
    expect(await outcomeOf('john')).to.equal('not-logged-in');
    expect(await outcomeOf('nobody')).to.equal('no-such-agent');
    expect(await outcomeOf('eve', { address: 'sip:eve@elsewhere.test' })).to.equal('foreign');
  });

  it('goes to a typed number and to a contact, which the switch does not know', async () => {
    const kate = await caller('kate', { on });
    const id = kate.dials('x', {
      number: '+1 (555) 0100-799',
      target: { type: 'contact', address: 'tel:+15550100799', name: 'Avril Mai' },
    });
    const call = await kate.sees('ended', id);
    expect(call.peer).to.deep.equal({ address: 'sip:+15550100799@deskside.test', user: '+15550100799', name: 'Avril Mai' });
    expect(call.outcome?.code).to.equal('no-such-agent');
  });

  it('meets Do Not Disturb, an agent without the right, and one who is logged out', async () => {
    const [kate, john] = [await caller('kate', { on }), await caller('john', { on })];
    const outcome = async (): Promise<string | undefined> => (await kate.sees('ended', kate.dials('john'))).outcome?.code;
    await john.service.channels.set('voice', 'do-not-disturb');
    expect(await outcome()).to.equal('do-not-disturb');
    john.service.configure({ rights: ['im-use'] });
    await john.service.channels.set('voice', 'logged-off');
    expect(await outcome()).to.equal('not-allowed');
    expect(john.calls).to.have.length(0);
  });

  it('rings beside another one', async () => {
    const [kate, john] = await talking(on);
    const aki = await caller('aki', { on });
    aki.dials('john');
    const second = await john.isCalledBy('aki');
    expect(john.with('kate').status).to.equal('connected');
    await john.service.calls.reject(second.id);
    await aki.sees('ended');
    await kate.phone.hears(john.phone.tone);
    expect(john.with('kate').status).to.equal('connected');
  });

  it('says what to do when the microphone is refused, and can be answered once it is allowed', async () => {
    const [kate, john] = [await caller('kate', { on }), await caller('john', { on })];
    kate.phone.refuse(new DOMException('no', 'NotAllowedError'));
    const failed = await kate.sees('ended', kate.dials('john'));
    expect(failed).to.deep.include({ trouble: 'microphone-refused' });
    expect(failed.outcome?.code).to.equal('failed');
    expect(john.calls, 'nothing was sent').to.have.length(0);
    kate.phone.refuse(undefined);
    john.phone.refuse(new DOMException('none', 'NotFoundError'));
    kate.dials('john');
    await john.isCalledBy('kate');
    expect(await codeOf(john.answers())).to.equal('media');
    expect(john.call).to.deep.include({ status: 'alerting', trouble: 'microphone-missing' });
    john.phone.refuse(undefined);
    await john.answers();
    await kate.sees('connected');
    expect(john.call.trouble).to.equal(undefined);
  });
});
