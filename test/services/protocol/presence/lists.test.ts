/** Resource lists (RFC 4662) end to end: one subscription tells of many, on every switch. */
import { expect } from '@open-wc/testing';
import type { PresenceState } from '../../../../src/services/index.js';
import { agent, everybodyLeaves, type Agent } from '../../../support/agent.js';
import { onEverySwitch } from '../../../support/switches.js';
import { wireTap, type WireTap } from '../../../support/wire-tap.js';

const address = (user: string): string => `sip:${user}@deskside.test`;

/** Watches, until the spec ends. */
let watching = new AbortController();
const watches = (watcher: Agent, ...users: string[]): void => watcher.service.presence.watch(users.map(address), watching.signal);

const shows = (watcher: Agent, user: string, state: PresenceState): Promise<true> =>
  watcher.until(`${user} ${state}`, () => watcher.service.snapshot.get(`presence:${address(user)}`)?.state === state);

/** Every answer to a NOTIFY that the agent gave. */
const notifyAnswers = (tap: WireTap): readonly string[] =>
  tap.sends('SIP/2.0').flatMap((frame) => (/^CSeq:\s*\d+ NOTIFY/im.test(frame) ? [frame.slice(8, 11)] : []));

/** SUBSCRIBEs by their target, refreshes and ends left out. */
const subscribed = (tap: WireTap): readonly string[] =>
  tap.sends('SUBSCRIBE').flatMap((frame) => (/^To:[^\r]*;tag=/im.test(frame) ? [] : [frame.split(' ')[1] ?? '']));

await onEverySwitch('A list of agents', (on) => {
  let tap: WireTap;

  beforeEach(() => {
    watching = new AbortController();
    tap = wireTap(on);
  });
  afterEach(async () => {
    watching.abort();
    await everybodyLeaves();
  });

  it('is one subscription, whose notifications are all taken', async () => {
    const kate = await agent('kate', { on: tap.on });
    const john = await agent('john', { on });
    await agent('okafor', { on });
    watches(kate, 'john', 'okafor', 'aki');
    await shows(kate, 'john', 'ready');
    await shows(kate, 'okafor', 'ready');
    await john.service.channels.set('im', 'not-ready', 'Lunch');
    await shows(kate, 'john', 'not-ready');
    expect(subscribed(tap)).to.deep.equal([address('team')]);
    expect(notifyAnswers(tap).every((status) => status === '200')).to.equal(true);
    expect(tap.gets('NOTIFY').every((frame) => /^Require:\s*eventlist/im.test(frame))).to.equal(true);
    await shows(kate, 'aki', 'logged-off');
  });

  it('never shows somebody as Logged Off who is Ready', async () => {
    await agent('john', { on });
    const kate = await agent('kate', { on: tap.on });
    watches(kate, 'john', 'okafor');
    await shows(kate, 'john', 'ready');
    const states = kate.events.flatMap((event) =>
      event.type === 'presence' && event.address === address('john') ? [event.presence.state] : [],
    );
    expect(states).to.deep.equal(['ready']);
  });

  it('is followed as others come into view and leave it', async () => {
    const kate = await agent('kate', { on: tap.on });
    const john = await agent('john', { on });
    await agent('okafor', { on });
    await agent('zofia', { on });
    watches(kate, 'john', 'okafor');
    await shows(kate, 'john', 'ready');
    watches(kate, 'zofia');
    await shows(kate, 'zofia', 'ready');
    await john.service.channels.set('im', 'logged-off');
    await shows(kate, 'john', 'logged-off');
    expect(subscribed(tap).length).to.be.at.most(2);
  });

  it('comes back after a lost connection', async () => {
    const kate = await agent('kate', { on: tap.on });
    await agent('john', { on });
    watches(kate, 'john', 'okafor');
    await shows(kate, 'john', 'ready');
    kate.network.cut();
    await shows(kate, 'john', 'unknown');
    await shows(kate, 'john', 'ready');
    expect(subscribed(tap)).to.deep.equal([address('team'), address('team')]);
  });
});
