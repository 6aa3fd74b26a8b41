/** The case goes with the question, and what changes follows; the same on every switch. */
import { expect } from '@open-wc/testing';
import type { HostAdapter, Interaction, SessionCase } from '../../src/services/index.js';
import { agent, everybodyLeaves, type Agent } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';

const TYPE = { key: 'type', label: 'Call Type', value: 'Support' };
const CARD = { key: 'card', label: 'Card', value: '4970 1012 3456 7890', sensitive: true };

const CALL: Interaction = {
  id: 'call-1',
  media: 'voice',
  label: 'Broken TV',
  party: 'Avril Mai',
  caseData: [
    TYPE,
    { key: 'priority', label: 'Priority', value: 'High' },
    CARD,
    { key: 'address', label: 'Address', value: '12 Quay Street' },
  ],
  contact: { id: 'c-1047', Name: 'Avril Mai', Phone: '+33 5 55 01 42' },
};
const SHARING = { keys: ['type', 'priority', 'card'], notificationKeys: ['type'], contactFields: ['Name'] };

const caseOf = (one: Agent): SessionCase | undefined => one.service.snapshot.get(`case:${one.session.id}`);
const valuesOf = (one: Agent): string[] => caseOf(one)?.data.map(({ key, value }) => `${key}=${value}`) ?? [];
const told = (one: Agent, code: string): number => one.lines().filter((line) => line.kind === 'system' && line.code === code).length;

/** A host that could do something to the interaction, and writes down what it is asked. */
function hostThatWritesDown(asked: string[]): HostAdapter {
  const act = (what: string) => (): Promise<never> => {
    asked.push(what);
    return Promise.reject(new Error('Nobody should have asked.'));
  };
  const capabilities = { callControl: true, openRecord: true, notify: true };
  const state = () => Promise.resolve(null);
  return { name: 'CRM', capabilities, callState: state, callAction: act('call'), openRecord: act('record'), notify: act('notify') };
}

await onEverySwitch('A consultation', (on) => {
  let kate: Agent;
  let john: Agent;
  /** What Kate's host was asked to do. */
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    kate = await agent('kate', { on, caseSharing: SHARING, hostAdapter: hostThatWritesDown(asked) });
    john = await agent('john', { on });
  });

  afterEach(everybodyLeaves);

  async function consults(text = 'can you help me with this call?', interaction = CALL): Promise<void> {
    kate.writesTo('john', text, { interaction });
    await john.isInvitedBy('kate');
  }

  /** What Kate's page says now, as the panel tells it. */
  const changes = (caseData: Interaction['caseData'], ended = false): Promise<void> =>
    kate.service.im.updateCase(kate.session.id, caseData, ended ? { ended } : {});

  it('brings what the host lets out, masked, with its first message', async () => {
    await consults();
    await john.reads('can you help me with this call?');
    expect(john.session.origin).to.equal('consultation');
    expect(john.session.interaction).to.deep.equal({ id: 'call-1', media: 'voice', label: 'Broken TV' });
    expect(valuesOf(john)).to.deep.equal(['type=Support', 'priority=High', 'card=••••••']);
    expect(caseOf(john)?.notify).to.deep.equal(['type']);
    expect(caseOf(john)?.contact).to.deep.equal({ ref: 'c-1047', fields: [{ key: 'Name', label: 'Name', value: 'Avril Mai' }] });
    expect(JSON.stringify(kate.service.snapshot.get(`case:${kate.session.id}`))).not.to.contain('4970');
  });

  it('shows the caller before anything leaves what the colleague will see', async () => {
    kate.service.im.open({ type: 'agent', address: 'sip:john@deskside.test', name: 'John' }, { interaction: CALL, show: false });
    await kate.sees('Not Connected');
    const before = caseOf(kate);
    expect(kate.service.snapshot.get('windows')).to.deep.equal([]);
    await changes([{ key: 'priority', label: 'Priority', value: 'Low' }]);
    expect([valuesOf(kate), told(kate, 'case-changed')]).to.deep.equal([['priority=Low'], 0]);
    expect(john.sessions).to.deep.equal([]);
    kate.writes('hello');
    await john.isInvitedBy('kate');
    expect(valuesOf(john)).to.deep.equal(['priority=Low']);
    expect(caseOf(john)?.contact).to.deep.equal(before?.contact);
  });

  it('tells the colleague of every change, and marks it', async () => {
    await consults();
    await john.accepts();
    await kate.sees('Connected');
    await Promise.all([
      changes([TYPE, { key: 'priority', label: 'Priority', value: 'Urgent' }, CARD]),
      changes([TYPE, { key: 'priority', label: 'Priority', value: 'Low' }, CARD]),
    ]);
    await john.until('the last change', () => caseOf(john)?.seq === 3);
    expect(valuesOf(john)).to.deep.equal(['type=Support', 'priority=Low', 'card=••••••']);
    expect(caseOf(john)?.changed).to.deep.equal(['priority']);
    expect([told(john, 'case-changed'), told(kate, 'case-changed')]).to.deep.equal([1, 1]);
    await changes([CARD]);
    await john.until('what was taken away', () => valuesOf(john).length === 1);
  });

  it('tells on acceptance what changed while the invitation waited', async () => {
    await consults();
    await changes([{ key: 'priority', label: 'Priority', value: 'Urgent' }]);
    await john.accepts();
    await john.until('the change', () => valuesOf(john).join() === 'priority=Urgent');
  });

  it('says that the interaction has ended, and goes on', async () => {
    await consults();
    await john.accepts();
    await kate.sees('Connected');
    await changes(CALL.caseData, true);
    await john.isTold('interaction-ended');
    expect(told(kate, 'interaction-ended')).to.equal(1);
    kate.writes('still there?');
    await john.reads('still there?');
    expect(valuesOf(john)).to.have.length(3);
  });

  it('brings a case that has no room beside a long first message as soon as it is accepted', async () => {
    const long = Array.from({ length: 15 }, (_, at) => ({ key: `type`, label: `Note ${at}`, value: 'n'.repeat(900) }));
    await consults('x'.repeat(32_000), { ...CALL, caseData: long });
    expect(john.session.origin).to.equal('consultation');
    expect(valuesOf(john)).to.deep.equal([]);
    await john.accepts();
    await john.until('the case', () => valuesOf(john).length === 15);
    expect([caseOf(john)?.changed, told(john, 'case-changed')]).to.deep.equal([[], 0]);
  });

  it('goes on after either side lost the network, with what changed since', async () => {
    await consults();
    await john.accepts();
    await kate.sees('Connected');
    for (const [lost, value] of [
      [kate, 'Low'],
      [john, 'Urgent'],
    ] as const) {
      lost.network.down();
      await lost.isTold('resuming');
      lost.network.up();
      lost.service.reconnect();
      await lost.isOnline();
      await lost.until('the session again', () => !lost.session.resuming);
      await changes([{ key: 'priority', label: 'Priority', value }]);
      await john.until('the change', () => valuesOf(john).join() === `priority=${value}`);
    }
    john.writes('still here');
    await kate.reads('still here');
    expect([kate.session.interaction?.id, john.session.interaction?.id]).to.deep.equal(['call-1', 'call-1']);
  });

  it('loses nothing but the bad part of what a page gives, and tells the page', async () => {
    const circle: Record<string, unknown> = { key: 'type', label: 'Circle' };
    circle['value'] = circle;
    const proto: unknown = JSON.parse('{"key":"type","label":"Proto","value":"fine","__proto__":{"polluted":true}}');
    const bad = [
      circle,
      proto,
      { key: 'type', label: '<img src=x onerror=alert(1)>', value: '<b>bold</b>' },
      { key: 'type', label: 'Long', value: 'v'.repeat(1_000_000) },
      'no entry',
      ...Array.from({ length: 10_000 }, (_, at) => ({ key: 'type', label: `Entry ${at}`, value: at })),
    ];
    await consults('please look', { ...CALL, caseData: bad as Interaction['caseData'] });
    await john.accepts();
    await kate.sees('Connected');
    await john.until('the case', () => valuesOf(john).length > 0);
    expect(kate.errors.map(({ code }) => code)).to.include('host');
    expect(kate.errors.map(({ message }) => message).join(' ')).to.match(/caseData\[0\].*caseData\[4\]/);
    expect(valuesOf(john).slice(0, 2)).to.deep.equal(['type=fine', 'type=<b>bold</b>']);
    expect(valuesOf(john)).to.have.lengthOf.at.most(64);
    expect(valuesOf(john).join('').length).to.be.below(16_384);
    expect({}).not.to.have.property('polluted');
    kate.writes('and on');
    await john.reads('and on');
    expect(john.errors).to.deep.equal([]);
  });

  it('ends in words at both sides, however it ends, and does nothing to the interaction', async () => {
    const before = structuredClone(CALL);
    const end = ({ service, session }: Agent): Promise<void> => service.im.end(session.id);
    // Done in the middle of the session: the window goes away with what was in it.
    const close = ({ service, session }: Agent): Promise<void> => service.im.close(session.id);
    for (const [who, other, how] of [
      [kate, john, end],
      [john, kate, end],
      [kate, john, close],
      [john, kate, close],
    ] as const) {
      await consults();
      await john.accepts();
      await kate.sees('Connected');
      await how(who);
      await other.isTold('ended.ended');
      const { outcome } = await other.sees('Ended');
      expect(outcome?.by?.name).to.equal(who === kate ? 'Kate Lewis' : 'John Davis');
    }
    expect(CALL).to.deep.equal(before);
    expect(asked).to.deep.equal([]);
    await changes([]).then(
      () => expect.fail('sent'),
      (error: unknown) => expect(error).to.have.property('code', 'invalid-state'),
    );
  });

  it('is not changed by the one who was asked', async () => {
    await consults();
    await john.accepts();
    await kate.sees('Connected');
    await john.service.im.updateCase(john.session.id, []).then(
      () => expect.fail('sent'),
      (error: unknown) => expect(error).to.have.property('code', 'invalid-state'),
    );
    expect(valuesOf(kate)).to.have.length(3);
  });
});
