import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves, type Agent } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';

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

  it('is on its own in each tab that wants so', async () => {
    const alone = await agent('kate', { on, tabs: 'separate' });
    expect(alone.network.opened).to.equal(1);
    await alone.leaves();
    expect(first().service.snapshot.get('connection')?.status).to.equal('ready');
  });
});
