import { expect } from '@open-wc/testing';
import { createCall, type CrmCallOptions } from '../../demo/crm/call.js';
import type { Call, HostAdapter, Interaction } from '../../src/services/index.js';
import { everybodyLeaves } from '../support/agent.js';
import { onEverySwitch, memorySwitch, type TestSwitch } from '../support/switches.js';
import { caller, talking, type Caller } from './caller.js';

const INTERACTION: Interaction = { id: 'i1', media: 'voice', label: 'Broken TV', party: 'Avril Mai', caseData: [] };
const AKI = { type: 'agent', address: 'sip:aki@deskside.test', name: 'Aki Mori' } as const;

const codeOf = (command: Promise<unknown>): Promise<unknown> =>
  command.then(
    () => 'no error',
    (error: unknown) => (error as { code?: string }).code,
  );

/** A host with a simulated telephone. */
function hostWith(options: CrmCallOptions): { adapter: HostAdapter; asked: string[] } {
  const listeners = new Set<() => void>();
  const asked: string[] = [];
  const call = createCall('4711', 'Avril Mai', () => listeners.forEach((listener) => listener()), options);
  const adapter: HostAdapter = {
    name: 'test',
    capabilities: { callControl: true, interaction: true },
    subscribe: (listener) => void listeners.add(listener),
    activeInteraction: () => Promise.resolve(INTERACTION),
    callState: () => Promise.resolve(call.state),
    callStates: () => Promise.resolve(call.states),
    callAction: (callId, action, target) => {
      asked.push(action);
      return Promise.resolve().then(() => call.act(action, target, callId));
    },
  };
  return { adapter, asked };
}

/** The order in which the calls of an agent changed. */
function story(kate: Caller): string[] {
  const lines = kate.agent.events.flatMap((event) =>
    event.type === 'call' ? [`${event.call.peer.name} ${event.call.pending ?? event.call.status}`] : [],
  );
  return lines.filter((line, at) => line !== lines[at - 1]);
}

await onEverySwitch('Consultation with a contact on our own telephone', (on) => {
  afterEach(everybodyLeaves);

  async function desk(): Promise<readonly [Caller, Caller, Caller]> {
    const [kate, john] = await talking(on);
    return [kate, john, await caller('aki', { on })];
  }

  it('holds the contact first, and calls the partner only when that is confirmed', async () => {
    const [kate, john, aki] = await desk();
    const contactId = kate.call.id;
    kate.agent.events.length = 0;
    const id = await kate.service.calls.consult(AKI, { contactId, interaction: INTERACTION });
    await aki.isCalledBy('kate');
    const held = story(kate).indexOf('John Davis held');
    expect(held, 'on hold before anything is dialled').to.be.greaterThan(-1);
    expect(story(kate).indexOf('Aki Mori dialling')).to.be.greaterThan(held);
    await aki.answers();
    const consultation = await kate.sees('connected', id);
    expect(consultation).to.deep.include({ role: 'consultation', contactId });
    expect(consultation.interaction).to.deep.equal({ id: 'i1', media: 'voice', label: 'Broken TV' });
    await Promise.all([kate.phone.hears(aki.phone.tone), aki.phone.hears(kate.phone.tone), john.phone.hearsNot(kate.phone.tone)]);
    await kate.service.calls.alternate(id);
    expect([kate.with('john').status, kate.with('aki').status]).to.deep.equal(['connected', 'held']);
    await Promise.all([john.phone.hears(kate.phone.tone), aki.phone.hearsNot(kate.phone.tone)]);
    await kate.service.calls.alternate(id);
    expect([kate.with('john').status, kate.with('aki').status]).to.deep.equal(['held', 'connected']);
    await kate.service.calls.retrieve(contactId);
    expect([kate.with('john').status, kate.with('aki').status]).to.deep.equal(['connected', 'ended']);
    await Promise.all([john.phone.hears(kate.phone.tone), kate.phone.hears(john.phone.tone)]);
  });

  it('dials nobody where the hold fails', async () => {
    const [kate, john, aki] = await desk();
    const contactId = kate.call.id;
    await john.service.calls.end(john.call.id);
    await kate.sees('ended');
    expect(await codeOf(kate.service.calls.consult(AKI, { contactId }))).to.equal('invalid-state');
    expect(kate.calls).to.have.length(1);
    expect(aki.calls).to.have.length(0);
  });

  it('tells the agent that the partner rejects; the contact waits, and comes back with one command', async () => {
    const [kate, john, aki] = await desk();
    const contactId = kate.call.id;
    const id = await kate.service.calls.consult(AKI, { contactId });
    await aki.service.calls.reject((await aki.isCalledBy('kate')).id);
    expect((await kate.sees('ended', id)).outcome?.code).to.equal('rejected');
    expect(kate.with('john').status).to.equal('held');
    await kate.service.calls.retrieve(contactId);
    await john.phone.hears(kate.phone.tone);
  });

  it('brings the contact back by itself where the host wants it so', async () => {
    const [kate, , aki] = await desk();
    kate.service.configure({ autoRetrieve: true });
    const contactId = kate.call.id;
    const id = await kate.service.calls.consult(AKI, { contactId });
    await aki.isCalledBy('kate');
    await aki.answers();
    await kate.sees('connected', id);
    await aki.service.calls.end(aki.call.id);
    await kate.sees('connected', contactId);
  });

  it('grows out of an IM, which goes on beside it', async () => {
    const [kate, , aki] = await desk();
    kate.agent.writesTo('aki', 'can you help me?', { interaction: INTERACTION });
    await aki.agent.isInvitedBy('kate');
    await aki.agent.accepts();
    const session = await kate.agent.sees('Connected');
    const id = await kate.service.calls.consult(AKI, { contactId: kate.call.id, interaction: INTERACTION, sessionId: session.id });
    const ringing = await aki.isCalledBy('kate');
    expect(ringing).to.deep.include({ role: 'consultation', sessionId: aki.agent.session.id });
    await aki.answers();
    await kate.sees('connected', id);
    kate.agent.writes('I am on the phone with you');
    await aki.agent.reads('I am on the phone with you');
    await kate.service.calls.end(id);
    await kate.agent.sees('Connected');
  });

  it('makes an instant conference as soon as the third one answers', async () => {
    const [kate, , aki] = await desk();
    const id = await kate.service.calls.conference(kate.call.id, AKI);
    await aki.isCalledBy('kate');
    await aki.answers();
    await kate.agent.until('the conference, or that this browser cannot mix', () => {
      const all = kate.calls.every(({ parties }) => parties.length === 2);
      return all || kate.agent.errors.some(({ code }) => code === 'media');
    });
    expect(kate.with('aki').id).to.equal(id);
  });
});

describe('Consultation with a contact on the host’s telephone', () => {
  let on: TestSwitch;
  before(async () => {
    on = await memorySwitch();
  });
  afterEach(everybodyLeaves);

  const contactOf = (kate: Caller): Promise<Call> =>
    kate.agent.until('the contact’s call', () => kate.calls.find(({ line, role }) => line === 'host' && role === 'contact'));
  const seesContact = (kate: Caller, status: string): Promise<true> =>
    kate.agent.until(
      `the contact ${status}`,
      () => kate.calls.some((call) => call.role === 'contact' && call.status === status) || undefined,
    );

  it('is the same: the host confirms the hold, then the partner is called by us; a transfer is the host’s', async () => {
    const { adapter, asked } = hostWith({});
    const kate = await caller('kate', { on, hostAdapter: adapter });
    const aki = await caller('aki', { on });
    const contact = await contactOf(kate);
    expect(contact).to.deep.include({ status: 'connected', role: 'contact' });
    expect(contact.interaction?.id).to.equal('i1');
    const id = await kate.service.calls.consult(AKI, { interaction: INTERACTION });
    expect(asked).to.deep.equal(['hold']);
    await seesContact(kate, 'held');
    await aki.isCalledBy('kate');
    await aki.answers();
    expect(await kate.sees('connected', id)).to.deep.include({ contactId: contact.id, role: 'consultation' });
    await aki.phone.hears(kate.phone.tone);
    expect(await codeOf(kate.service.calls.completeConference(contact.id, id))).to.equal('unsupported');
    await kate.service.calls.completeTransfer(contact.id, id);
    expect(asked).to.deep.equal(['hold', 'transfer']);
    await seesContact(kate, 'ended');
    await aki.sees('ended');
  });

  it('dials nobody where the host does not hold', async () => {
    const { adapter } = hostWith({ faulty: 'hold' });
    const kate = await caller('kate', { on, hostAdapter: adapter });
    await contactOf(kate);
    expect(await codeOf(kate.service.calls.consult(AKI, { interaction: INTERACTION }))).to.equal('not-held');
    expect(kate.calls.map(({ status, pending }) => pending ?? status)).to.deep.equal(['connected']);
  });

  it('is all the host’s where its telephone can: consult, alternate, conference, transfer, retrieve', async () => {
    const later: (() => void)[] = [];
    const { adapter, asked } = hostWith({ consults: true, later: (action) => later.push(action) });
    const kate = await caller('kate', { on, hostAdapter: adapter });
    const contact = await contactOf(kate);
    await kate.service.calls.hold(contact.id);
    await seesContact(kate, 'held');
    const id = await kate.service.calls.consult(AKI, { contactId: contact.id });
    expect(kate.call).to.deep.include({ line: 'host', status: 'ringing', role: 'consultation', contactId: contact.id });
    expect(kate.phone.connections, 'no sound of ours').to.have.length(0);
    later.splice(0).forEach((answer) => answer());
    await kate.sees('connected', id);
    await kate.service.calls.alternate(id);
    await seesContact(kate, 'connected');
    await kate.service.calls.alternate(id);
    await seesContact(kate, 'held');
    await kate.service.calls.completeConference(contact.id, id);
    await seesContact(kate, 'connected');
    expect(kate.call.parties.map(({ name }) => name)).to.deep.equal(['Avril Mai', 'Aki Mori']);
    await kate.service.calls.retrieve(contact.id);
    await kate.sees('ended', id);
    expect(asked).to.deep.equal(['hold', 'consult', 'hold', 'resume', 'hold', 'resume', 'complete-conference', 'cancel-consult']);
  });
});
