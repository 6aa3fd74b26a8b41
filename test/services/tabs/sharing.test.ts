import { expect } from '@open-wc/testing';
import type { DomainEvent } from '../../../src/services/domain/events.js';
import type { Environment } from '../../../src/services/environment.js';
import { ServiceError } from '../../../src/services/index.js';
import { groupName } from '../../../src/services/tabs/tabs-bus.js';
import { DEFAULT_CONFIG } from '../../../src/services/service-config.js';
import { session } from '../../support/people.js';
import { closeAll, follower, leader, Tab, until } from './fakes.js';

const OPENED: DomainEvent = { type: 'session-opened', at: 1, session: session({ id: 's1', parties: [] }) };
const text = (index: number): DomainEvent => ({
  type: 'message-received',
  at: index,
  sessionId: 's1',
  id: `m${index}`,
  from: session().peer,
  text: 'x'.repeat(1000),
  sentAt: index,
});

describe('Tabs that share', () => {
  afterEach(closeAll);

  it('have one engine', async () => {
    const first = await leader();
    const others = await Promise.all(Array.from({ length: 9 }, () => follower()));
    expect(others.flatMap(({ engines }) => engines)).to.deep.equal([]);
    expect(first.engines).to.have.length(1);
  });

  it('show what happened before they came, and after, within 100 ms', async () => {
    const first = await leader();
    first.engine.tell(OPENED);
    for (let index = 0; index < 1500; index += 1) first.engine.tell(text(index));
    const others = await Promise.all(Array.from({ length: 9 }, () => follower()));
    // The quickest of several: what is measured is the way between tabs, not what else the machine does.
    let quickest = Infinity;
    for (let index = 1500; index < 1510; index += 1) {
      const begun = performance.now();
      first.engine.tell(text(index));
      await until('the news', () => others.every((tab) => tab.state.read('transcript:s1')?.count === index + 1));
      quickest = Math.min(quickest, performance.now() - begun);
    }
    expect(quickest).to.be.below(100);
    for (const { state } of others) {
      expect(state.read('transcript:s1')).to.deep.equal(first.state.read('transcript:s1'));
      expect(state.read('session:s1')).to.deep.equal(first.state.read('session:s1'));
    }
  });

  it('are told again when their lock reached the browser later than they said hello', async () => {
    const first = await leader();
    const { locks } = first.environment;
    // The lock by which the leader would learn of this tab's end comes late, as it may between processes.
    const late: Environment['locks'] = locks && {
      request: async (name, options, task) => {
        if (name.endsWith(second.tab)) await new Promise((resolve) => setTimeout(resolve, 300));
        return locks.request(name, options, task);
      },
    };
    const second: Tab = new Tab({ ...(late ? { locks: late } : {}) });
    await second.join().follows();
    first.engine.tell(OPENED);
    await until('the session', () => second.state.read('sessions')?.length === 1);
  });

  it('are told again after the leader took them for gone', async () => {
    const first = await leader();
    const second = await follower();
    const channel = new BroadcastChannel(
      groupName({ ...DEFAULT_CONFIG, servers: ['ws://switch.test'], address: 'sip:kate@deskside.test' }) ?? '',
    );
    channel.postMessage(JSON.stringify({ type: 'bye', from: second.tab }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    first.engine.tell(OPENED);
    await until('the session', () => second.state.read('sessions')?.length === 1);
    channel.close();
  });

  it('have commands done by the leader, in order, and learn what came of them', async () => {
    const first = await leader();
    const second = await follower();
    first.engine.answer = (command) =>
      command.type === 'im.end' ? Promise.reject(new ServiceError('not-allowed', 'No.', { status: 403 })) : Promise.resolve();
    const done = [1, 2, 3].map((index) => second.bus.execute({ type: 'im.send', sessionId: 's1', messageId: `m${index}`, text: 'x' }));
    await Promise.all(done);
    expect(first.engine.commands.map((command) => (command as { messageId?: string }).messageId)).to.deep.equal(['m1', 'm2', 'm3']);
    const refusal = await second.bus.execute({ type: 'im.end', sessionId: 's1' }).catch((error: unknown) => error as ServiceError);
    expect(refusal).to.be.instanceOf(ServiceError).and.include({ code: 'not-allowed', message: 'No.', status: 403 });
  });

  it('keep commands that are given before a leader is heard', async () => {
    const first = new Tab();
    const second = new Tab();
    first.join();
    second.join();
    await second.bus.execute({ type: 'im.accept', sessionId: 's1' });
    const engine = first.leads ? first.engine : second.engine;
    expect(engine.commands).to.deep.equal([{ type: 'im.accept', sessionId: 's1' }]);
  });

  it('all tell their pages of errors', async () => {
    const first = await leader();
    const second = await follower();
    first.engine.host.report({ code: 'unreachable', message: 'Gone.' });
    await until('the error', () => second.errors.length === 1);
    expect(second.errors).to.deep.equal([{ code: 'unreachable', message: 'Gone.' }]);
  });

  it('let go of what a tab watched when it leaves', async () => {
    const first = await leader();
    const second = await follower();
    await second.bus.execute({ type: 'presence.watch', watcher: 'w2', addresses: ['sip:john@deskside.test'] });
    await second.leaves();
    await until('letting go', () => first.engine.commands.length === 2);
    expect(first.engine.commands[1]).to.deep.equal({ type: 'presence.watch', watcher: 'w2', addresses: [] });
  });

  it('take the account of whoever spoke last', async () => {
    const first = await leader();
    const second = await follower();
    second.join({ outboundCampaign: 'Spring' });
    await until('the update', () => first.engine.commands.length === 1);
    expect(first.engine.commands[0]).to.include({ type: 'account.update', outboundCampaign: 'Spring' });
    second.join({ outboundCampaign: 'Spring', typingNotices: false });
    await until('what is withheld', () => first.engine.commands.length === 2);
    expect(first.engine.commands[1]).to.deep.include({ type: 'account.update', withheld: ['typing'] });
  });

  it('are of one agent, one switch, one user and one version', () => {
    const config = { ...DEFAULT_CONFIG, servers: ['ws://a'], address: 'sip:kate@deskside.test' };
    const names = [
      groupName(config),
      groupName(config, '99.0.0'),
      groupName({ ...config, servers: ['ws://b'] }),
      groupName({ ...config, authUser: 'k' }),
      groupName({ ...config, address: 'sip:john@deskside.test' }),
    ];
    expect(new Set(names).size).to.equal(5);
    expect(groupName({ ...config, address: '<sip:Kate@Deskside.Test>'.slice(1, -1).replace('K', 'k') })).to.equal(names[0]);
    expect(groupName({ ...config, tabs: 'separate' })).to.equal(undefined);
    expect(groupName({ ...config, servers: [] })).to.equal(undefined);
    expect(groupName({ ...config, address: 'nonsense' })).to.equal(undefined);
  });

  it('forget the agent before when they turn to another', async () => {
    const first = await leader();
    first.engine.tell(OPENED);
    first.join({ address: 'sip:john@deskside.test' });
    expect(first.state.read('sessions')).to.deep.equal([]);
    expect(first.state.read('session:s1')).to.equal(undefined);
    expect(first.engines[0]?.stops).to.deep.equal([false]);
  });
});

describe('A text that came', () => {
  afterEach(closeAll);

  it('is in another tab before the peer is told that it arrived', async () => {
    const first = await leader();
    first.engine.tell(OPENED);
    const second = await follower();
    for (let index = 0; index < 20; index += 1) {
      first.engine.tell(text(index));
      const mirrored = first.engine.host.mirrored?.();
      expect(mirrored, 'there is something to wait for').to.be.instanceOf(Promise);
      await mirrored;
      expect(second.state.read('transcript:s1')?.count).to.equal(index + 1);
    }
  });

  it('waits for nobody in a page that is alone, or once the others have gone', async () => {
    const first = await leader();
    expect(first.engine.host.mirrored?.()).to.equal(undefined);
    const second = await follower();
    const mirrored = first.engine.host.mirrored?.();
    await second.leaves();
    await mirrored;
    await until('being alone', () => first.engine.host.mirrored?.() === undefined);
  });

  it('waits a moment for a tab that stands still, and no more until that is heard again', async () => {
    const first = await leader();
    first.engine.tell(OPENED);
    let isStill = false;
    const openChannel: Environment['openChannel'] = (name) => {
      const channel = new BroadcastChannel(name);
      const post = channel.postMessage.bind(channel);
      channel.postMessage = (data: unknown) => {
        if (!isStill) post(data);
      };
      return channel;
    };
    const second = await new Tab({ openChannel }).join().follows();
    isStill = true;
    first.engine.tell(text(0));
    await first.engine.host.mirrored?.();
    expect(first.engine.host.mirrored?.()).to.equal(undefined);
    isStill = false;
    await second.bus.execute({ type: 'im.accept', sessionId: 's1' });
    expect(first.engine.host.mirrored?.()).to.be.instanceOf(Promise);
  });
});

describe('A page that cannot share', () => {
  afterEach(closeAll);

  const blocked = (): never => {
    throw new DOMException('blocked', 'SecurityError');
  };
  const cases: [string, Partial<Tab['environment']>][] = [
    ['without locks', { locks: undefined as never }],
    ['without a channel', { openChannel: undefined as never }],
    ['whose channel throws', { openChannel: blocked }],
    ['whose locks throw', { locks: { request: blocked } }],
    ['whose locks refuse', { locks: { request: () => Promise.reject(new DOMException('blocked', 'SecurityError')) } }],
  ];
  for (const [what, environment] of cases) {
    it(`works alone: one ${what}`, async () => {
      const tab = new Tab(environment).join();
      await tab.bus.execute({ type: 'im.accept', sessionId: 's1' });
      expect(tab.engine.commands).to.deep.equal([{ type: 'im.accept', sessionId: 's1' }]);
      await tab.leaves();
      expect(tab.engine.stops).to.deep.equal([false]);
    });
  }

  it('has an engine for each where tabs are separate', async () => {
    const tabs = [new Tab().join({ tabs: 'separate' }), new Tab().join({ tabs: 'separate' })];
    await Promise.all(tabs.map((tab) => tab.bus.execute({ type: 'im.accept', sessionId: 's1' })));
    for (const tab of tabs) expect(tab.engine.commands).to.have.length(1);
  });
});
