/** Those who watch come and go; the connection does, too. */
import { expect } from '@open-wc/testing';
import { settled } from '../fakes.js';
import { address, document, kateOnline, listed, type WatchStage } from './watch-stage.js';

async function watchingBoth(): Promise<WatchStage> {
  const kate = await kateOnline();
  await kate.watch(['john', 'aki']);
  kate.tellList(kate.newest, 0, true, [listed('john'), listed('aki')]);
  return kate;
}

describe('Those who watch', () => {
  it('are gathered: rows that come one by one make one request', async () => {
    const kate = await kateOnline();
    await kate.pass(1000);
    for (const users of [['john'], ['john', 'aki'], ['john', 'aki', 'bjork']]) {
      await kate.bench.engine.execute({ type: 'presence.watch', watcher: 'tab', addresses: users.map(address) });
      await kate.pass(20);
    }
    await kate.pass(100);
    expect(kate.bench.gateway.subscriptions.map(({ listed: sent }) => sent.length)).to.deep.equal([3]);
  });

  it('who come back within ten seconds find everything as it was', async () => {
    const kate = await watchingBoth();
    await kate.watch([]);
    await kate.pass(9000);
    kate.tellList(kate.newest, 1, false, [listed('john', { state: 'busy' })]);
    await kate.watch(['john', 'aki']);
    await kate.pass(60_000);
    expect(kate.bench.gateway.subscriptions).to.have.length(1);
    expect([kate.words('john'), kate.newest.isEnded]).to.deep.equal([['ready', 'busy'], false]);
  });

  it('who stay away end the subscription, and what was known is not shown later', async () => {
    const kate = await watchingBoth();
    await kate.watch([]);
    await kate.pass(10_000);
    expect(kate.newest.isEnded).to.equal(true);
    expect([kate.shown('john')?.state, kate.shown('aki')?.state]).to.deep.equal(['unknown', 'unknown']);
    await kate.watch(['john']);
    expect(kate.words('john')).to.deep.equal(['ready', 'unknown']);
    expect(kate.alive.map(({ target }) => target)).to.deep.equal([address('john')]);
  });

  it('of several tabs are merged: one that goes takes nothing from the other', async () => {
    const kate = await watchingBoth();
    await kate.watch(['aki', 'bjork'], 'other tab');
    await kate.watch([], 'tab');
    await kate.pass(11_000);
    expect(kate.shown('john')?.state).to.equal('unknown');
    expect(kate.shown('aki')?.state).to.equal('ready');
    expect(kate.alive.map(({ target }) => target)).to.deep.equal([address('team'), address('bjork')]);
  });

  it('leave no timer behind', async () => {
    const kate = await kateOnline();
    await kate.pass(1000);
    const before = kate.bench.clock.timers;
    await kate.watch(['john', 'aki', 'bjork']);
    await kate.newest.answer(404);
    await kate.pass(0);
    await kate.watch([]);
    await kate.pass(400_000);
    expect(kate.bench.clock.timers).to.equal(before);
    expect(kate.alive).to.have.length(0);
  });
});

describe('Twenty times a hundred who are watched', () => {
  const crowd = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => `agent${from + at}`);
  const asked = (kate: WatchStage): string[] => kate.alive.flatMap(({ listed: sent }) => sent).sort();
  /** Tells of everyone who is asked for, list after list as they are made. */
  async function tellAll(kate: WatchStage): Promise<void> {
    for (const list of kate.bench.gateway.subscriptions) {
      const users = list.listed.map((one) => one.replace(/^sip:|@.*/g, ''));
      for (let at = 0; at < users.length; at += 50)
        kate.tellList(
          list,
          at / 50,
          false,
          users.slice(at, at + 50).map((user) => listed(user)),
        );
      await kate.pass(0);
    }
  }

  it('are taken in a little at a time, and asked for in full lists', async () => {
    const kate = await kateOnline();
    await kate.pass(1000);
    const before = kate.bench.clock.timers;
    void kate.bench.engine.execute({ type: 'presence.watch', watcher: 'tab', addresses: crowd(0, 2000).map(address) });
    expect(kate.bench.clock.timers).to.equal(before + 1);
    await kate.pass(100);
    await tellAll(kate);
    expect(kate.bench.gateway.subscriptions.map(({ listed: sent }) => sent.length)).to.deep.equal([500, 500, 500, 500]);
    expect([asked(kate), kate.shown('agent1999')?.state]).to.deep.equal([crowd(0, 2000).map(address).sort(), 'ready']);
  });

  it('are others before they were taken in: only those are asked for', async () => {
    const kate = await kateOnline();
    await kate.pass(1000);
    for (const addresses of [crowd(0, 2000), crowd(1500, 2100)])
      void kate.bench.engine.execute({ type: 'presence.watch', watcher: 'tab', addresses: addresses.map(address) });
    await kate.pass(100);
    await tellAll(kate);
    expect(asked(kate)).to.deep.equal(crowd(1500, 2100).map(address).sort());
    expect([kate.shown('agent2099')?.state, kate.shown('agent0')]).to.deep.equal(['ready', undefined]);
  });

  it('are unknown after a lost connection, but for those of whom the new one has told meanwhile', async () => {
    const kate = await kateOnline();
    await kate.watch(crowd(0, 500));
    await tellAll(kate);
    await kate.bench.gateway.lose();
    await kate.pass(0);
    expect(crowd(0, 500).map((user) => kate.shown(user)?.state)).to.deep.equal(crowd(0, 500).map(() => 'unknown'));
    await kate.pass(2000);
    await tellAll(kate);
    expect(kate.words('agent499')).to.deep.equal(['ready', 'unknown', 'ready']);
  });

  it('leave no timer behind when the agent leaves meanwhile', async () => {
    const kate = await kateOnline();
    await kate.pass(1000);
    void kate.bench.engine.execute({ type: 'presence.watch', watcher: 'tab', addresses: crowd(0, 2000).map(address) });
    await kate.bench.engine.stop();
    expect(kate.bench.clock.timers).to.equal(0);
  });
});

describe('A lost connection', () => {
  it('makes everyone unknown at once, and is made good after', async () => {
    const kate = await watchingBoth();
    await kate.bench.gateway.lose();
    expect([kate.shown('john')?.state, kate.shown('aki')?.state]).to.deep.equal(['unknown', 'unknown']);
    await kate.pass(2000);
    expect(kate.bench.gateway.subscriptions).to.have.length(2);
    kate.tellList(kate.newest, 0, true, [listed('john'), listed('aki')]);
    expect(kate.shown('john')?.state).to.equal('ready');
  });

  it('forgets what was refused: the switch may be another one now', async () => {
    const kate = await kateOnline();
    await kate.watch(['john']);
    await kate.newest.answer(404);
    await kate.bench.gateway.lose();
    await kate.pass(2000);
    expect(kate.bench.gateway.subscriptions).to.have.length(2);
  });

  it('hears nothing of the subscriptions that it took', async () => {
    const kate = await watchingBoth();
    const [old] = kate.bench.gateway.subscriptions;
    await kate.bench.gateway.lose();
    if (old) kate.tellList(old, 1, true, [listed('john', { state: 'busy' })]);
    old?.over('deactivated');
    await settled();
    expect(kate.words('john')).to.deep.equal(['ready', 'unknown']);
  });

  it('is not needed: leaving ends the subscriptions', async () => {
    const kate = await watchingBoth();
    await kate.bench.engine.stop();
    expect(kate.newest.isEnded).to.equal(true);
    expect(kate.shown('john')?.state).to.equal('unknown');
  });
});

describe('A hostile notification', () => {
  /** Body type and body, and why it must change nothing. */
  const BODIES: readonly (readonly [string, string, string])[] = [
    ['another agent’s document', 'application/pidf+xml', document('eve', { state: 'busy' })],
    ['a document about nobody', 'application/pidf+xml', document('john', { state: 'busy' }).replace(/ entity="[^"]*"/, '')],
    ['text', 'text/plain', 'busy'],
    ['HTML', 'text/html', document('john', { state: 'busy' })],
    ['broken XML', 'application/pidf+xml', document('john', { state: 'busy' }).slice(0, -3)],
    ['another document', 'application/pidf+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['a DOCTYPE', 'application/pidf+xml', `<!DOCTYPE presence [<!ENTITY a "aaaa">]>${document('john', { state: 'busy' })}`],
    ['a huge document', 'application/pidf+xml', document('john', { state: 'busy' }).replace('<tuple', `${' '.repeat(200_000)}<tuple`)],
    ['no type', '', document('john', { state: 'busy' })],
  ];
  for (const [what, type, body] of BODIES) {
    it(`with ${what} changes nothing`, async () => {
      const kate = await kateOnline();
      await kate.watch(['john']);
      kate.tell(kate.newest, document('john'));
      kate.newest.notify(type, body);
      expect(kate.words('john')).to.deep.equal(['ready']);
      kate.tell(kate.newest, document('john', { state: 'busy' }));
      expect(kate.words('john')).to.deep.equal(['ready', 'busy']);
    });
  }

  it('of a list that nests others’ documents tells of those whom they are about', async () => {
    const kate = await watchingBoth();
    kate.tellList(kate.newest, 1, false, [{ ...listed('eve', { state: 'busy' }), uri: address('john') }]);
    expect(kate.words('john')).to.deep.equal(['ready']);
    kate.tellList(kate.newest, 2, false, [listed('john', { state: 'busy' })]);
    expect(kate.words('john')).to.deep.equal(['ready', 'busy']);
  });

  it('with texts of any length keeps them short', async () => {
    const kate = await kateOnline();
    await kate.watch(['john']);
    const long = document('john', { state: 'not-ready', reason: 'x' }).replace('>x<', `>${'long '.repeat(8000)}<`);
    kate.tell(kate.newest, long);
    expect(kate.shown('john')?.state).to.equal('not-ready');
    expect(kate.shown('john')?.reason?.length ?? 0).to.be.below(1100);
  });
});
