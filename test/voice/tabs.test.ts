/** A call in one tab, the connection in another. */
import { expect } from '@open-wc/testing';
import type { HostAdapter, HostCallState } from '../../src/services/index.js';
import { agent, everybodyLeaves, type AgentOptions } from '../support/agent.js';
import { memorySwitch, type TestSwitch } from '../support/switches.js';
import { telephone } from '../support/telephone.js';
import { Caller, caller } from './caller.js';

describe('A call of an agent with two tabs', () => {
  let on: TestSwitch;
  before(async () => {
    on = await memorySwitch();
  });
  afterEach(everybodyLeaves);

  /** One tab of Kate's. */
  async function tab(more: Partial<AgentOptions> = {}): Promise<Caller> {
    const phone = telephone(440, on.open);
    const made = await agent('kate', { on, network: phone.network, tabs: 'shared', autoLogin: ['im', 'voice'], ...more });
    await made.until('being logged in on voice', () => made.service.snapshot.get('channels')?.voice.state === 'ready');
    return new Caller(made, phone);
  }

  it('has its sound where it was made, and goes on when the tab with the connection leaves', async () => {
    const leading = await tab();
    const following = await tab();
    const john = await caller('john', { on });
    following.dials('john');
    await john.isCalledBy('kate');
    await john.answers();
    const { id, dialog } = await following.sees('connected');
    await leading.sees('connected', id);
    expect(leading.phone.connections, 'no sound in the tab that leads').to.have.length(0);
    expect(following.service.calls.sound.isHere(id)).to.equal(true);
    await Promise.all([john.phone.hears(following.phone.tone), following.phone.hears(john.phone.tone)]);
    await leading.agent.leaves();
    await following.seesThat('a new dialog', (call) => call.dialog?.callId !== dialog?.callId);
    await Promise.all([john.phone.hears(following.phone.tone), following.phone.hears(john.phone.tone)]);
    expect(john.calls).to.have.length(1);
    await following.service.calls.hold(id);
    await john.seesThat('being on hold', ({ heldByPeer }) => heldByPeer);
    await following.service.calls.end(id);
    await john.sees('ended');
  });

  it('shows the call on the telephone of its own page there alone, whatever the tab with the connection tells', async () => {
    const state: HostCallState = { callId: '4711', status: 'connected', party: 'Avril Mai', can: { hold: true } };
    const hostAdapter: HostAdapter = {
      name: 'test',
      capabilities: { callControl: true },
      callState: () => Promise.resolve(state),
      callAction: () => Promise.resolve(state),
    };
    const leading = await tab({ hostAdapter: { ...hostAdapter, callState: () => Promise.resolve({ ...state, callId: '1' }) } });
    const following = await tab({ hostAdapter });
    const john = await caller('john', { on });
    john.service.calls.start({ type: 'agent', address: 'sip:kate@deskside.test', name: 'Kate' });
    for (const one of [leading, following]) await one.isCalledBy('john');
    const ids = (one: Caller): string[] => one.calls.filter(({ line }) => line === 'host').map(({ id }) => id);
    expect([ids(leading), ids(following)]).to.deep.equal([['host:1'], ['host:4711']]);
    await leading.agent.leaves();
    await following.agent.until(
      'being the one with the connection',
      () => following.service.snapshot.get('connection')?.status === 'ready',
    );
    expect(ids(following)).to.deep.equal(['host:4711']);
  });
});
