import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves, type Agent } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';
import { wireTap, type WireTap } from '../support/wire-tap.js';

await onEverySwitch('One invitation to several', (on) => {
  /** Kate's wire. */
  let tap: WireTap;
  /**
   * Waits until both devices show the invitation and the switch has heard both ring. A switch that decides before it has heard a
   * device ring must not cancel it until it has (RFC 3261, 9.1); Kamailio then no longer knows the Reason of a 603.
   */
  const bothRing = (first: Agent, second: Agent): Promise<unknown> =>
    Promise.all([first.isInvitedBy('kate'), second.isInvitedBy('kate'), tap.hasGot(2, 'SIP/2.0 180')]);

  beforeEach(() => {
    tap = wireTap(on);
  });
  afterEach(everybodyLeaves);

  it('rings in both tabs of an agent; the one that accepts has it, the other knows', async () => {
    const kate = await agent('kate', { on: tap.on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await bothRing(john, johnsOtherTab);
    await johnsOtherTab.accepts();
    await kate.sees('Connected');
    await john.isTold('ended.answered-elsewhere');
    johnsOtherTab.writes('this one');
    await kate.reads('this one');
    kate.writes('good');
    await johnsOtherTab.reads('good');
    expect(john.received()).to.deep.equal(['which of you?']);
  });

  it('is rejected in one tab for both', async () => {
    const kate = await agent('kate', { on: tap.on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await bothRing(john, johnsOtherTab);
    await john.rejects();
    await kate.isTold('ended.rejected');
    await johnsOtherTab.isTold('ended.rejected-elsewhere');
  });

  it('is taken back from both tabs', async () => {
    const kate = await agent('kate', { on: tap.on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await bothRing(john, johnsOtherTab);
    await kate.ends();
    await Promise.all([john.isTold('ended.cancelled'), johnsOtherTab.isTold('ended.cancelled')]);
  });

  it('goes on in one tab while the other is busy', async () => {
    const kate = await agent('kate', { on: tap.on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await bothRing(john, johnsOtherTab);
    await john.rejects({ busy: true });
    await johnsOtherTab.accepts();
    await kate.sees('Connected');
  });

  it('is accepted in both tabs at once: one session survives', async () => {
    const kate = await agent('kate', { on: tap.on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await bothRing(john, johnsOtherTab);
    await Promise.allSettled([john.accepts(), johnsOtherTab.accepts()]);
    await kate.sees('Connected');
    const tabs = [john, johnsOtherTab];
    await Promise.any(tabs.map((tab) => tab.sees('Ended')));
    expect(tabs.filter((tab) => tab.session.status === 'connected')).to.have.length(1);
    kate.writes('are you there?');
    const survivor = tabs.find((tab) => tab.session.status === 'connected');
    await survivor?.reads('are you there?');
  });

  for (const [type, address, members] of [
    ['agent-group', 'technical-support', ['john', 'johanna']],
    ['queue', 'claims-queue', ['zofia', 'bjork']],
    ['skill', 'skill-french', ['renee', 'layla']],
    ['routing-point', 'escalation', ['maria', 'tom']],
  ] as const) {
    it(`rings the members of a ${type}; who accepts is the party`, async () => {
      const kate = await agent('kate', { on: tap.on });
      const first = await agent(members[0], { on });
      const second = await agent(members[1], { on });
      kate.writesTo(address, 'who can help?', { target: { type, name: 'The Group' } });
      await bothRing(first, second);
      expect(kate.session.peer.name).to.equal('The Group');
      await second.accepts();
      const session = await kate.sees('Connected');
      expect(session.peer.user).to.equal(members[1]);
      expect(session.peer.name).not.to.equal('The Group');
      expect(session.target).to.deep.equal({ type, address: `sip:${address}@deskside.test`, name: 'The Group' });
      await first.isTold('ended.answered-elsewhere');
      expect(second.session.peer.user).to.equal('kate');
      second.writes('I can');
      await kate.reads('I can');
    });
  }
});
