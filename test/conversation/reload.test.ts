import { expect } from '@open-wc/testing';
import type { ServiceConfig } from '../../src/services/index.js';
import { agent, everybodyLeaves, type Agent, type AgentOptions } from '../support/agent.js';
import { memoryStorage, testNetwork, type TestNetwork } from '../support/network.js';
import { onEverySwitch } from '../support/switches.js';

/** A tab that can be loaded again: its storage stays, the page goes without a word to anybody but itself. */
class ReloadableTab {
  readonly storage = memoryStorage();
  readonly #written = new Map<string, string>();
  #pause: () => void = () => undefined;
  #network: TestNetwork | undefined;
  /** What the page before had kept as it went. */
  left = '';

  get kept(): string {
    return [...this.#written]
      .filter(([key]) => key.includes('/kept/'))
      .map(([, text]) => text)
      .join('');
  }

  /** A new page, after the one before was closed. */
  async load(name: string, options: Omit<AgentOptions, 'network'>): Promise<Agent> {
    this.#pause();
    this.left = this.kept;
    this.#network?.down();
    const network = testNetwork(options.on.open, {
      getItem: (key) => this.storage.getItem(key),
      setItem: (key, value) => {
        this.#written.set(key, value);
        this.storage.setItem(key, value);
      },
      removeItem: (key) => {
        this.#written.delete(key);
        this.storage.removeItem(key);
      },
    });
    this.#network = network;
    const environment = { ...network.environment, onPause: (listeners: { pause: () => void }) => void (this.#pause = listeners.pause) };
    return agent(name, {
      ...options,
      network: {
        ...network,
        environment,
        get opened() {
          return network.opened;
        },
      },
    });
  }
}

await onEverySwitch('A page that is loaded again', (on) => {
  let tab: ReloadableTab;
  let kate: Agent;
  let john: Agent;

  async function atWork(config: Partial<ServiceConfig> = {}): Promise<void> {
    tab = new ReloadableTab();
    kate = await tab.load('kate', { on, tabs: 'shared', ...config });
    john = await agent('john', { on });
  }

  async function connected(config: Partial<ServiceConfig> = {}): Promise<void> {
    await atWork(config);
    kate.writesTo('john', 'hello');
    await john.isInvitedBy('kate');
    await john.accepts();
    await kate.sees('Connected');
    kate.writes('secret words');
    await john.reads('secret words');
    await kate.seesOwn('secret words', 'delivered');
  }

  const reload = async (config: Partial<ServiceConfig> = {}): Promise<void> => {
    kate = await tab.load('kate', { on, tabs: 'shared', patient: true, ...config });
    await kate.isOnline();
  };

  afterEach(everybodyLeaves);

  it('goes on with its sessions; the peer notices nothing', async () => {
    await connected();
    await kate.service.channels.set('im', 'not-ready', 'Lunch');
    await kate.service.im.setNotice('read', false);
    await reload();
    await kate.until('being picked up', () => kate.sessions[0]?.status === 'connected' && !kate.sessions[0].resuming);
    john.writes('still there?');
    await kate.reads('still there?');
    kate.writes('yes');
    await john.reads('yes');
    expect(john.received()).to.deep.equal(['hello', 'secret words', 'yes']);
    expect(john.sessions).to.have.length(1);
    expect(kate.lines()[0]).to.include({ kind: 'system', code: 'earlier-not-kept' });
    expect(kate.service.snapshot.get('channels')?.im).to.include({ state: 'not-ready', reason: 'Lunch' });
    expect(kate.service.snapshot.get('windows')).to.deep.equal([kate.session.id]);
    expect(kate.service.snapshot.get('notices')).to.deep.equal({ read: false, typing: true });
  });

  it('goes on with an invitation that waits here, and keeps its text until it is answered', async () => {
    await atWork();
    john.writesTo('kate', 'are you there?');
    const { id } = await kate.isInvitedBy('john');
    await reload();
    expect(kate.sessions.map((session) => [session.id, session.status])).to.deep.equal([[id, 'establishing']]);
    expect(kate.received()).to.deep.equal(['are you there?']);
    await kate.accepts(id);
    await john.sees('Connected');
    kate.writes('yes');
    await john.reads('yes');
    await kate.seesOwn('yes', 'delivered');
    await kate.until('being forgotten', () => !tab.kept.includes('are you there?'));
    expect(kate.received()).to.deep.equal(['are you there?']);
  });

  it('goes on with an invitation of its own; the callee is rung once', async () => {
    await atWork();
    kate.writesTo('john', 'hello');
    const { id } = await john.isInvitedBy('kate');
    kate.writes('and this');
    await reload();
    await kate.sees('Establishing');
    await john.accepts(id);
    await kate.sees('Connected');
    await john.reads('and this');
    expect(john.received()).to.deep.equal(['hello', 'and this']);
    expect(john.sessions).to.have.length(1);
  });

  it('sends once what was not sent, and keeps no text that was', async () => {
    await connected();
    kate.network.down();
    kate.writes('written in the dark');
    await reload();
    await john.reads('written in the dark');
    await kate.seesOwn('written in the dark', 'delivered');
    expect(john.received()).to.deep.equal(['hello', 'secret words', 'written in the dark']);
    expect(tab.left).to.contain('written in the dark').and.not.contain('secret words');
    expect(tab.left).not.to.contain('hello');
  });

  it('goes on where both pages are loaded again, in whatever order, and while the other is cut off', async () => {
    const page = { on, tabs: 'shared', patient: true } as const;
    const tabs = { kate: new ReloadableTab(), john: new ReloadableTab() };
    const load = async (name: 'kate' | 'john'): Promise<Agent> => tabs[name].load(name, page);
    const goOn = async (words: string): Promise<void> => {
      await Promise.all([kate.sees('Connected'), john.sees('Connected')]);
      kate.writes(`${words}, john?`);
      john.writes(`${words}, kate?`);
      await john.reads(`${words}, john?`);
      await kate.reads(`${words}, kate?`);
    };
    [kate, john] = await Promise.all([load('kate'), load('john')]);
    await Promise.all([kate.isLoggedIn(), john.isLoggedIn()]);
    kate.writesTo('john', 'hello');
    await john.isInvitedBy('kate');
    await john.accepts();
    await kate.sees('Connected');
    await goOn('before');
    // The second page comes so much later, ms: before, while and after the first one's INVITE is under way. Every order on the quick switch.
    for (const later of on.kind === 'memory' ? [0, 1, 5, 20, 100] : [0]) {
      const pages = [load('kate'), new Promise((resolve) => setTimeout(resolve, later)).then(() => load('john'))] as const;
      [kate, john] = await Promise.all(pages);
      await goOn(`${later} ms later`);
    }
    for (const [cut, name] of [
      ['kate', 'john'],
      ['john', 'kate'],
    ] as const) {
      const { network, service } = cut === 'kate' ? kate : john;
      network.down();
      const page = await load(name);
      if (name === 'kate') kate = page;
      else john = page;
      network.up();
      service.reconnect();
      await goOn(`${cut} cut off`);
    }
    [kate, john] = await Promise.all([load('kate'), load('john')]);
    kate.network.cut();
    await goOn('cut meanwhile');
    for (const one of [kate, john]) expect(one.sessions.map(({ status }) => status)).to.deep.equal(['connected']);
  });

  it('keeps transcripts where the host wants it', async () => {
    await connected({ keepForReload: 'transcripts' });
    await reload({ keepForReload: 'transcripts' });
    await kate.sees('Connected');
    expect(kate.messages().map(({ text }) => text)).to.deep.equal(['hello', 'secret words']);
  });

  it('keeps nothing where the host forbids it, and nothing once the session is done', async () => {
    await connected({ keepForReload: 'nothing' });
    kate.writes('more');
    await kate.seesOwn('more', 'delivered');
    await reload({ keepForReload: 'nothing' });
    expect(kate.sessions).to.deep.equal([]);
    expect(tab.kept).to.equal('');
  });

  it('keeps nothing once the session is done', async () => {
    await connected();
    await kate.service.im.close(kate.session.id);
    await reload();
    expect(kate.sessions).to.deep.equal([]);
    expect(tab.kept).to.equal('');
  });
});
