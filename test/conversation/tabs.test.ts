import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves, type Agent } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';
import { wireTap } from '../support/wire-tap.js';

await onEverySwitch('An agent with several tabs', (on) => {
  let tabs: Agent[];
  let john: Agent;
  const [first, second, third] = [(): Agent => at(0), (): Agent => at(1), (): Agent => at(2)];

  function at(index: number): Agent {
    const tab = tabs[index];
    if (!tab) throw new Error('There is no such tab.');
    return tab;
  }

  beforeEach(async () => {
    tabs = [];
    for (let count = 0; count < 3; count += 1) tabs.push(await agent('kate', { on, tabs: 'shared' }));
    john = await agent('john', { on });
  });

  afterEach(everybodyLeaves);

  const sockets = (): number => tabs.reduce((sum, tab) => sum + tab.network.opened, 0);

  async function connected(): Promise<void> {
    second().writesTo('john', 'hello');
    await john.isInvitedBy('kate');
    await john.accepts();
    await Promise.all(tabs.map((tab) => tab.sees('Connected')));
  }

  it('has one socket, and is ready in all', () => {
    expect(sockets()).to.equal(1);
    for (const tab of tabs) expect(tab.service.snapshot.get('connection')?.status).to.equal('ready');
  });

  it('writes from any, and sees the same in all', async () => {
    await connected();
    third().writes('from the third');
    await john.reads('from the third');
    john.writes('to all');
    await Promise.all(tabs.map((tab) => tab.reads('to all')));
    await Promise.all(tabs.map((tab) => tab.seesOwn('from the third', 'delivered')));
    for (const tab of tabs) expect(tab.lines()).to.deep.equal(first().lines());
    expect(sockets()).to.equal(1);
  });

  it('is invited once, in all; what one accepts is dismissed in all', async () => {
    john.writesTo('kate', 'are you there?');
    const waiting = await Promise.all(tabs.map((tab) => tab.isInvitedBy('john')));
    expect(new Set(waiting.map(({ id }) => id)).size).to.equal(1);
    await third().accepts();
    await Promise.all(tabs.map((tab) => tab.sees('Connected')));
    for (const tab of tabs) expect(tab.sessions).to.have.length(1);
  });

  it('reads in one, and nothing is unread in any', async () => {
    await connected();
    john.writes('news');
    await Promise.all(tabs.map((tab) => tab.reads('news')));
    for (const tab of tabs) expect(tab.session.unread).to.equal(1);
    second().service.im.read(second().session.id);
    await Promise.all(tabs.map((tab) => tab.until('nothing unread', () => tab.session.unread === 0)));
    await john.seesOwn('news', 'read');
  });

  it('opens a window, and keeps a draft, in one tab only', async () => {
    await connected();
    const { id } = first().session;
    second().service.view.setDraft(id, 'half a wo');
    expect(second().service.snapshot.get('windows')).to.deep.equal([id]);
    expect(first().service.snapshot.get('windows')).to.deep.equal([]);
    expect(first().service.snapshot.get(`draft:${id}`)).to.equal(undefined);
  });

  it('is told of a refusal in the tab that asked', async () => {
    const reason = await second()
      .service.im.accept('no such session')
      .catch((error: unknown) => (error as { code: string }).code);
    expect(reason).to.equal('not-found');
  });

  it('sets a channel from any tab', async () => {
    await third().service.channels.set('im', 'not-ready', 'Lunch');
    await Promise.all(tabs.map((tab) => tab.until('lunch', () => tab.service.snapshot.get('channels')?.im.reason === 'Lunch')));
  });

  it('goes on in another tab when the one with the connection is left', async () => {
    await connected();
    await second().service.channels.set('im', 'not-ready', 'Lunch');
    await first().leaves();
    tabs = tabs.slice(1);
    await first().until(
      'being picked up',
      () => first().session.resuming === undefined && first().network.opened + second().network.opened,
    );
    first().writes('from another');
    await john.reads('from another');
    john.writes('still you');
    await Promise.all(tabs.map((tab) => tab.reads('still you')));
    expect(john.sessions).to.have.length(1);
    expect(john.received()).to.deep.equal(['hello', 'from another']);
    expect(second().service.snapshot.get('channels')?.im).to.include({ state: 'not-ready', reason: 'Lunch' });
    expect(john.lines().filter((line) => line.kind === 'system' && /^resum/.test(line.code))).to.deep.equal([]);
  });

  it('connects with credentials that any tab is given, after the switch refused those of another', async () => {
    await Promise.all(tabs.map((tab) => tab.leaves()));
    const wrong = { on, tabs: 'shared', credentials: 'wrong', patient: true } as const;
    tabs = [await agent('kate', wrong), await agent('kate', wrong)];
    const refused = (tab: Agent): Promise<string> =>
      tab.until('the refusal, and why', () => {
        const { status, error } = tab.service.snapshot.get('connection') ?? {};
        return status === 'refused' && error?.code;
      });
    expect(await Promise.all(tabs.map(refused))).to.deep.equal(['unauthorized', 'unauthorized']);
    for (const tab of tabs) {
      const leads = tab.network.opened > 0;
      if (!leads) tab.service.configure({ credentials: 'kate-secret' });
    }
    await Promise.all(tabs.map((tab) => tab.isOnline()));
  });

  it('still rings in the other tabs when the one with the connection is left, and is accepted there', async () => {
    john.writesTo('kate', 'are you there?');
    const [, waiting] = await Promise.all(tabs.map((tab) => tab.isInvitedBy('john')));
    await first().leaves();
    tabs = tabs.slice(1);
    // At once, before the next tab has its connection.
    await second().accepts(waiting?.id);
    await Promise.all([...tabs, john].map((one) => one.sees('Connected')));
    for (const tab of tabs) expect(tab.sessions).to.have.length(1);
    first().writes('I am');
    await john.reads('I am');
    john.writes('good');
    await Promise.all(tabs.map((tab) => tab.reads('good')));
    expect(first().received()).to.deep.equal(['are you there?', 'good']);
    expect(john.sessions).to.have.length(1);
  });

  it('is gone in the other tabs when the caller takes it back, and can be refused there', async () => {
    const wire = wireTap(on);
    await john.leaves();
    john = await agent('john', { on: wire.on });
    tabs.push(await agent('kate', { on, tabs: 'shared' }));
    /** John invites Kate, and the tab of hers that has the connection goes. */
    const invitedAndLeft = async (text: string): Promise<void> => {
      const rung = wire.gets('SIP/2.0 180').length;
      john.writesTo('kate', text);
      await Promise.all(tabs.map((tab) => tab.sees('Establishing')));
      // Of a device that has not said yet that it rings a switch may answer CANCEL by itself: nobody knows of it then.
      await wire.hasGot(rung + 1, 'SIP/2.0 180');
      await first().leaves();
      tabs = tabs.slice(1);
    };
    const sees = async (outcome: object): Promise<void> => {
      for (const tab of tabs) expect((await tab.sees('Ended')).outcome).to.include(outcome);
    };
    await invitedAndLeft('before the next tab is there');
    await john.ends();
    await sees({ code: 'cancelled' });
    const before = wire.gets('SIP/2.0 180').length;
    await invitedAndLeft('after it is there');
    await wire.hasGot(before + 2, 'SIP/2.0 180');
    await john.ends();
    await sees({ code: 'cancelled' });
    await invitedAndLeft('refused');
    await first().rejects({ text: 'In a call' });
    expect((await john.sees('Ended')).outcome).to.include({ code: 'rejected', text: 'In a call' });
  });

  it('goes on inviting when the tab with the connection is left; the callee is not rung twice', async () => {
    second().writesTo('john', 'hello');
    const { id } = await john.isInvitedBy('kate');
    await Promise.all(tabs.map((tab) => tab.until('ringing', () => tab.session.ringing)));
    await first().leaves();
    tabs = tabs.slice(1);
    // At once: the acceptance may go to the page that is gone, and is given anew to the next.
    await john.accepts(id);
    await Promise.all([...tabs, john].map((one) => one.sees('Connected')));
    expect(john.sessions.map((session) => session.id)).to.deep.equal([id]);
    john.writes('hi');
    await Promise.all(tabs.map((tab) => tab.reads('hi')));
    second().writes('now we talk');
    await john.reads('now we talk');
    expect(john.received()).to.deep.equal(['hello', 'now we talk']);
  });

  it('is on its own in each tab that wants so', async () => {
    const alone = await agent('kate', { on, tabs: 'separate' });
    expect(alone.network.opened).to.equal(1);
    await alone.leaves();
    expect(first().service.snapshot.get('connection')?.status).to.equal('ready');
  });
});
