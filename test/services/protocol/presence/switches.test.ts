/** Presence of a colleague as it goes over a switch. */
import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves, type Agent } from '../../../support/agent.js';
import { onEverySwitch } from '../../../support/switches.js';
import { createSwitch } from '../../../../demo/switch/core/switch.js';
import { memorySocket } from '../../../../demo/switch/memory-socket.js';
import { demoRecords, type TestSwitch } from '../../../support/switches.js';

const address = (user: string): string => `sip:${user}@deskside.test`;

/** Waits until the watcher is told of this state, with this reason where one is named. */
async function shows(watcher: Agent, user: string, state: string, reason?: string): Promise<void> {
  await watcher.until(`${user} ${state}`, () => {
    const presence = watcher.service.snapshot.get(`presence:${address(user)}`);
    return presence?.state === state && (reason === undefined || presence.reason === reason);
  });
}

await onEverySwitch('Presence', (on) => {
  afterEach(everybodyLeaves);

  it('follows a colleague from Ready to Not Ready with the reason to Logged Off', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const watching = new AbortController();
    kate.service.presence.watch([address('john')], watching.signal);
    await shows(kate, 'john', 'ready');
    await john.service.channels.set('im', 'not-ready', 'Lunch');
    await shows(kate, 'john', 'not-ready', 'Lunch');
    await john.service.channels.set('im', 'logged-off');
    await shows(kate, 'john', 'logged-off');
    watching.abort();
  });

  it('tells of several by a list', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const okafor = await agent('okafor', { on });
    const watching = new AbortController();
    kate.service.presence.watch(['john', 'okafor', 'nobody-at-all'].map(address), watching.signal);
    await shows(kate, 'john', 'ready');
    await shows(kate, 'okafor', 'ready');
    await okafor.service.channels.set('im', 'not-ready', 'Training');
    await shows(kate, 'okafor', 'not-ready', 'Training');
    await john.service.channels.set('im', 'do-not-disturb');
    await shows(kate, 'john', 'do-not-disturb');
    const told = kate.events.filter((event) => event.type === 'presence' && event.address === address('nobody-at-all'));
    expect(told.every((event) => event.type === 'presence' && event.presence.state !== 'ready')).to.equal(true);
    watching.abort();
  });

  it('is unknown while the connection is lost, and there again after', async () => {
    const kate = await agent('kate', { on });
    await agent('john', { on });
    const watching = new AbortController();
    kate.service.presence.watch([address('john')], watching.signal);
    await shows(kate, 'john', 'ready');
    kate.network.cut();
    await shows(kate, 'john', 'unknown');
    await shows(kate, 'john', 'ready');
    watching.abort();
  });
});

describe('Presence of a tab that was killed', () => {
  afterEach(everybodyLeaves);

  it('is Logged Off once its publication has expired', async () => {
    const core = createSwitch({
      domain: 'deskside.test',
      accounts: await demoRecords(),
      now: () => Date.now(),
      randomId: () => crypto.randomUUID().replaceAll('-', ''),
      setTimeout: (callback, ms) => setTimeout(callback, ms),
      clearTimeout: (handle) => clearTimeout(handle as number),
      options: { maxExpires: 2 },
    });
    const on: TestSwitch = { kind: 'memory', url: 'ws://memory.test', open: memorySocket(core), restart: () => Promise.resolve() };
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const watching = new AbortController();
    kate.service.presence.watch([address('john'), address('okafor')], watching.signal);
    await shows(kate, 'john', 'ready');
    john.network.down();
    await shows(kate, 'john', 'logged-off');
    watching.abort();
  });
});
