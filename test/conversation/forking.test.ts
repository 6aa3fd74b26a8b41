import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';

await onEverySwitch('One invitation to several', (on) => {
  afterEach(everybodyLeaves);

  it('rings in both tabs of an agent; the one that accepts has it, the other knows', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await Promise.all([john.isInvitedBy('kate'), johnsOtherTab.isInvitedBy('kate')]);
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
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await Promise.all([john.isInvitedBy('kate'), johnsOtherTab.isInvitedBy('kate')]);
    await john.rejects();
    await kate.isTold('ended.rejected');
    await johnsOtherTab.isTold('ended.rejected-elsewhere');
  });

  it('is taken back from both tabs', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await Promise.all([john.isInvitedBy('kate'), johnsOtherTab.isInvitedBy('kate')]);
    await kate.ends();
    await Promise.all([john.isTold('ended.cancelled'), johnsOtherTab.isTold('ended.cancelled')]);
  });

  it('goes on in one tab while the other is busy', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await Promise.all([john.isInvitedBy('kate'), johnsOtherTab.isInvitedBy('kate')]);
    await john.rejects({ busy: true });
    await johnsOtherTab.accepts();
    await kate.sees('Connected');
  });

  it('is accepted in both tabs at once: one session survives', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const johnsOtherTab = await agent('john', { on });
    kate.writesTo('john', 'which of you?');
    await Promise.all([john.isInvitedBy('kate'), johnsOtherTab.isInvitedBy('kate')]);
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
  ] as const) {
    it(`rings the members of a ${type}; who accepts is the party`, async () => {
      const kate = await agent('kate', { on });
      const [first, second] = await Promise.all(members.map((name) => agent(name, { on })));
      kate.writesTo(address, 'who can help?', { target: { type, name: 'The Group' } });
      await Promise.all([first?.isInvitedBy('kate'), second?.isInvitedBy('kate')]);
      expect(kate.session.peer.name).to.equal('The Group');
      await second?.accepts();
      const session = await kate.sees('Connected');
      expect(session.peer.user).to.equal(members[1]);
      expect(session.peer.name).not.to.equal('The Group');
      expect(session.target).to.deep.equal({ type, address: `sip:${address}@deskside.test`, name: 'The Group' });
      await first?.isTold('ended.answered-elsewhere');
      second?.writes('I can');
      await kate.reads('I can');
    });
  }
});
