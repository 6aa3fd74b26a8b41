import { expect } from '@open-wc/testing';
import type { TabLocks } from '../../../src/services/environment.js';
import { browserEnvironment, DEFAULT_CONFIG } from '../../../src/services/index.js';
import { groupName } from '../../../src/services/tabs/tabs-bus.js';
import { session } from '../../support/people.js';
import { closeAll, follower, leader, Tab, until } from './fakes.js';

const CONFIG = { ...DEFAULT_CONFIG, servers: ['ws://switch.test'], address: 'sip:kate@deskside.test' };

describe('Taking over', () => {
  afterEach(closeAll);

  it('follows a leader that leaves, with its snapshot and instance', async () => {
    const first = await leader();
    first.engine.tell({ type: 'session-opened', at: 1, session: session({ id: 's1' }) });
    const second = await follower();
    await first.leaves();
    await until('the lead', () => second.leads);
    expect(first.engine.stops).to.deep.equal([true]);
    expect(second.engine.host.isSuccessor).to.equal(true);
    expect(second.engine.host.instance).to.equal(first.engine.host.instance);
    expect(second.state.read('sessions')).to.deep.equal(['s1']);
  });

  it('is done by one of many, and all follow it', async () => {
    const first = await leader();
    const others = await Promise.all(Array.from({ length: 5 }, () => follower()));
    await first.leaves();
    await until('a lead', () => others.some((tab) => tab.leads));
    const next = others.find((tab) => tab.leads);
    next?.engine.tell({ type: 'session-opened', at: 1, session: session({ id: 's2' }) });
    await until('all following', () => others.every(({ state }) => state.read('session:s2') !== undefined));
    expect(others.filter((tab) => tab.leads)).to.have.length(1);
  });

  it('gives what was asked and not answered again, and what a tab watches', async () => {
    const first = await leader();
    const second = await follower();
    const third = await follower();
    first.engine.answer = () => new Promise(() => undefined);
    const own = first.bus.execute({ type: 'im.end', sessionId: 's0' }).catch((error: unknown) => (error as { code: string }).code);
    const done = [second, third].map((tab, index) => tab.bus.execute({ type: 'im.end', sessionId: `s${index + 1}` }));
    third.bus.execute({ type: 'presence.watch', watcher: 'w3', addresses: [] }).catch(() => undefined);
    await until('being asked', () => first.engine.commands.length === 4);
    await first.leaves();
    await Promise.all(done);
    expect(await own).to.equal('unreachable');
    const engine = second.leads ? second.engine : third.engine;
    await until('watching', () => engine.commands.some(({ type }) => type === 'presence.watch'));
  });

  it('is done by the tab that is given other credentials, where the leader’s were refused', async () => {
    const first = await leader({ credentials: 'old' });
    const second = await follower({ credentials: 'old' });
    second.bus.configure({ ...CONFIG, credentials: 'new' });
    expect(second.leads).to.equal(false, 'all is well: nothing to take over for');
    const error = { code: 'unauthorized', message: 'The switch refuses the credentials.' };
    first.engine.tell({ type: 'connection', at: 1, connection: { status: 'refused', since: 1, error } });
    await until('the refusal, with why', () => second.state.read('connection')?.error?.message === error.message);
    second.bus.configure({ ...CONFIG, credentials: 'new' });
    second.bus.configure({ ...CONFIG, credentials: 'newer' });
    await until('the lead', () => second.leads && !first.leads);
    expect(second.engine.configs.at(-1)?.credentials).to.equal('newer');
    await until('the others hear', () => first.state.read('connection')?.status === 'ready');
  });

  it('does not complain of what the leader before had done', async () => {
    const first = await leader();
    const second = await follower();
    first.engine.answer = () => new Promise(() => undefined);
    const done = second.bus.execute({ type: 'im.accept', sessionId: 's1' });
    await until('being asked', () => first.engine.commands.length === 1);
    const before = second.engines.length;
    await first.leaves();
    await until('the lead', () => second.engines.length > before);
    await done;
  });

  it('takes the lead from a leader that does not answer, within 3 s', async function () {
    this.timeout(20_000);
    const name = groupName({ ...first0(), servers: ['ws://switch.test'] }) ?? '';
    const locks = browserEnvironment().locks as TabLocks;
    let stolen = false;
    const frozen = locks.request(name, {}, () => new Promise<void>(() => undefined)).catch(() => (stolen = true));
    const begun = performance.now();
    const tab = new Tab().join();
    await until('the lead', () => tab.leads);
    await frozen;
    expect(stolen).to.equal(true);
    expect(performance.now() - begun).to.be.below(3000);
  });

  it('is noticed by a leader that wakes up: it follows, and tells nothing more', async () => {
    const first = await leader();
    const second = await follower();
    const name = groupName({ ...first0(), servers: ['ws://switch.test'] }) ?? '';
    const locks = browserEnvironment().locks as TabLocks;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    void locks.request(name, { steal: true }, () => held);
    await until('being deposed', () => !first.leads);
    first.engine.tell({ type: 'session-opened', at: 1, session: session({ id: 's9' }) });
    expect(first.state.read('session:s9')).to.equal(undefined);
    release();
    await until('a new lead', () => first.leads || second.leads);
    const [next, other] = first.leads ? [first, second] : [second, first];
    next.engine.tell({ type: 'session-opened', at: 1, session: session({ id: 's8' }) });
    await until('following', () => other.state.read('session:s8') !== undefined);
  });

  it('hands the lead on when the page is about to stand still, and joins again when it goes on', async () => {
    let pause: () => void = () => undefined;
    let resume: () => void = () => undefined;
    const first = new Tab({ onPause: (listeners) => void ({ pause, resume } = listeners) }).join();
    await until('leading', () => first.leads);
    const second = await follower();
    pause();
    expect(first.engine.stops).to.deep.equal([true]);
    await until('the lead', () => second.leads);
    second.engine.tell({ type: 'session-opened', at: 1, session: session({ id: 's1' }) });
    resume();
    await until('following', () => first.state.read('session:s1') !== undefined);
    expect(first.leads).to.equal(false);
  });
});

/** Settings of the agent in `fakes.ts`. */
function first0(): Parameters<typeof groupName>[0] {
  return { tabs: 'shared', address: 'sip:kate@deskside.test', servers: [], authUser: '' } as unknown as Parameters<typeof groupName>[0];
}
