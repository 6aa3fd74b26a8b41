/** Lists (RFC 4662): what a switch may do with them that the ones here do not. */
import { expect } from '@open-wc/testing';
import { address, document, kateOnline, listed, type WatchStage } from './watch-stage.js';

const NO_RESOURCE = { state: 'terminated', reason: 'noresource' } as const;

/** Kate watches john and aki by a list that works. */
async function watchingByList(): Promise<WatchStage> {
  const kate = await kateOnline();
  await kate.watch(['john', 'aki']);
  await kate.newest.answer(200);
  kate.tellList(kate.newest, 0, true, [listed('john'), { uri: address('aki'), state: 'active' }]);
  return kate;
}

describe('A list subscription', () => {
  it('asks for all by one request, with their addresses in it', async () => {
    const kate = await kateOnline();
    await kate.watch(['john', 'aki']);
    expect(kate.bench.gateway.subscriptions).to.have.length(1);
    expect(kate.newest.target).to.equal(address('team'));
    expect(kate.newest.listed).to.have.members([address('john'), address('aki')]);
    expect(kate.newest.options.body).to.include({ contentType: 'application/resource-lists+xml', disposition: 'recipient-list' });
  });

  it('tells of each; one without a document has nobody logged in, one unknown there stays unknown', async () => {
    const kate = await kateOnline();
    await kate.watch(['john', 'aki', 'nobody', 'later']);
    const resources = [
      listed('john', { state: 'not-ready', reason: 'Lunch' }),
      { uri: address('aki'), state: 'active' as const },
      { uri: address('nobody'), ...NO_RESOURCE },
      { uri: address('later'), state: 'pending' as const },
    ];
    kate.tellList(kate.newest, 0, true, resources);
    expect(kate.shown('john')).to.include({ state: 'not-ready', reason: 'Lunch' });
    expect(kate.shown('aki')?.state).to.equal('logged-off');
    expect([kate.words('nobody'), kate.words('later')]).to.deep.equal([[], []]);
  });

  it('changes those whom a partial notification names, and no others', async () => {
    const kate = await watchingByList();
    kate.tellList(kate.newest, 1, false, [listed('aki', { state: 'busy' })]);
    expect([kate.words('john'), kate.words('aki')]).to.deep.equal([['ready'], ['logged-off', 'busy']]);
  });

  it('asks for the whole state when a version is missing, once', async () => {
    const kate = await watchingByList();
    kate.tellList(kate.newest, 1, false, [listed('aki')]);
    expect(kate.newest.refreshed).to.equal(0);
    kate.tellList(kate.newest, 3, false, [listed('aki')]);
    kate.tellList(kate.newest, 9, false, [listed('aki')]);
    expect(kate.newest.refreshed).to.equal(1, 'a switch that counts as it likes is not asked again and again');
    kate.tellList(kate.newest, 20, true, [listed('john'), listed('aki')]);
    kate.tellList(kate.newest, 21, false, [listed('aki')]);
    await kate.pass(30_000);
    kate.tellList(kate.newest, 22, false, [listed('aki')]);
    expect(kate.newest.refreshed).to.equal(1);
    kate.tellList(kate.newest, 24, false, [listed('aki')]);
    expect(kate.newest.refreshed).to.equal(2);
  });

  it('that comes in several pieces is taken piece by piece', async () => {
    const kate = await kateOnline();
    await kate.watch(['john', 'aki']);
    kate.tellList(kate.newest, 0, false, [listed('john')]);
    kate.tellList(kate.newest, 1, false, [listed('aki')]);
    await kate.pass(5000);
    expect([kate.shown('john')?.state, kate.shown('aki')?.state]).to.deep.equal(['ready', 'ready']);
    expect(kate.bench.gateway.subscriptions).to.have.length(1);
  });

  it('leaves those out whom the switch does not list: they are asked for one by one', async () => {
    const kate = await kateOnline();
    await kate.watch(['john', 'aki', 'bjork']);
    kate.tellList(kate.newest, 0, true, [listed('john')]);
    await kate.pass(100);
    expect(kate.alive.map(({ target }) => target)).to.have.members([address('team'), address('aki'), address('bjork')]);
    kate.tellList(kate.alive[0] ?? kate.newest, 1, true, [listed('john')]);
    await kate.pass(1000);
    expect(kate.bench.gateway.subscriptions).to.have.length(3);
  });

  it('of which somebody is taken shows that one as unknown', async () => {
    const kate = await watchingByList();
    kate.tellList(kate.newest, 1, true, [{ uri: address('aki'), state: 'active' }]);
    expect(kate.words('john')).to.deep.equal(['ready', 'unknown']);
  });

  it('that is the switch’s own is the only one; others are asked for one by one', async () => {
    const kate = await kateOnline();
    await kate.watch(['john', 'stranger']);
    kate.tellList(kate.newest, 1, true, [listed('john'), listed('aki'), listed('bjork')]);
    await kate.watch(['john', 'stranger', 'aki', 'other']);
    expect(kate.alive.map(({ target }) => target)).to.have.members([address('team'), address('stranger'), address('other')]);
    expect(kate.shown('aki')?.state).to.equal('ready', 'is told of by the list already');
    expect(kate.words('bjork')).to.deep.equal([], 'nobody watches him');
  });

  it('that is the switch’s own is asked for once more after many changed at once, for the switch may have lost some of them', async () => {
    const kate = await kateOnline();
    const users = Array.from({ length: 200 }, (_, index) => `agent${index}`);
    await kate.watch(users.slice(1));
    kate.tellList(kate.newest, 1, true, users.map((user) => listed(user))); // prettier-ignore
    kate.tellList(kate.newest, 2, false, users.slice(0, 5).map((user) => listed(user, { state: 'busy' }))); // prettier-ignore
    await kate.pass(10_000);
    expect(kate.newest.refreshed).to.equal(0, 'a few');
    const many = users.slice(0, 11).map((user) => listed(user, { state: 'busy' }));
    kate.tellList(kate.newest, 3, false, many);
    kate.tellList(kate.newest, 4, false, many);
    await kate.pass(3000);
    expect(kate.newest.refreshed).to.equal(1);
    kate.tellList(kate.newest, 5, false, many);
    await kate.pass(6000);
    expect(kate.newest.refreshed).to.equal(1, 'not again at once');
    await kate.pass(4000);
    expect(kate.newest.refreshed).to.equal(2);
  });

  it('that has lost somebody: that one is asked for alone', async () => {
    const kate = await watchingByList();
    kate.tellList(kate.newest, 1, false, [{ uri: address('aki'), state: 'terminated', reason: 'timeout' }]);
    await kate.pass(100);
    expect(kate.alive.map(({ target }) => target)).to.deep.equal([address('team'), address('aki')]);
    kate.tell(kate.newest, document('aki', { state: 'busy' }));
    expect(kate.words('aki')).to.deep.equal(['logged-off', 'unknown', 'busy']);
    expect(kate.shown('john')?.state).to.equal('ready');
  });

  it('gives way to single subscriptions when it is refused', async () => {
    for (const status of [403, 404, 405, 420, 421, 489, 501]) {
      const kate = await kateOnline();
      await kate.watch(['john', 'aki']);
      await kate.newest.answer(status);
      await kate.pass(0);
      expect(kate.alive.map(({ target, listed: sent }) => [target, sent])).to.deep.equal(
        [
          [address('john'), []],
          [address('aki'), []],
        ],
        String(status),
      );
    }
  });

  it('gives way to single subscriptions when it tells nothing, or something that is no list', async () => {
    const silent = await kateOnline();
    await silent.watch(['john', 'aki']);
    await silent.newest.answer(200);
    await silent.pass(2000);
    expect(silent.alive).to.have.length(1);
    await silent.pass(600);
    expect(silent.alive.map(({ target }) => target)).to.deep.equal([address('john'), address('aki')]);

    const wrong = await kateOnline();
    await wrong.watch(['john', 'aki']);
    wrong.tell(wrong.newest, document('team'));
    await wrong.pass(0);
    expect(wrong.alive.map(({ target }) => target)).to.deep.equal([address('john'), address('aki')]);
  });

  it('is tried alone before others are made, and no list is longer than 500', async () => {
    const kate = await kateOnline();
    const users = Array.from({ length: 1200 }, (_, index) => `agent${index}`);
    await kate.watch(users);
    expect(kate.bench.gateway.subscriptions).to.have.length(1);
    kate.tellList(kate.newest, 0, false, [listed('agent0')]);
    await kate.pass(100);
    expect(kate.bench.gateway.subscriptions.map(({ listed: sent }) => sent.length)).to.deep.equal([500, 500, 200]);
  });

  it('fits into a SIP message, however long the addresses are', async () => {
    const kate = await kateOnline();
    await kate.watch(Array.from({ length: 500 }, (_, index) => `${'x'.repeat(200)}${index}`));
    kate.tellList(kate.newest, 0, false, [listed('nobody')]);
    await kate.pass(100);
    for (const { options } of kate.bench.gateway.subscriptions) expect(options.body?.content.length ?? 0).to.be.below(40_000);
  });
});

describe('A long list notification', () => {
  it('is read a little at a time, in order, and what comes after it waits', async () => {
    const kate = await kateOnline();
    const users = Array.from({ length: 60 }, (_, index) => `agent${index}`);
    await kate.watch(users);
    const shown = (): number => users.filter((user) => kate.shown(user)?.state === 'ready').length;
    kate.tellList(kate.newest, 0, true, users.map((user) => listed(user))); // prettier-ignore
    expect(shown()).to.equal(0);
    kate.tellList(kate.newest, 1, false, [listed('agent0', { state: 'busy' }), listed('agent59', { state: 'busy' })]);
    await kate.pass(0);
    expect(kate.words('agent0')).to.deep.equal(['ready', 'busy']);
    expect(kate.words('agent59')).to.deep.equal(['ready', 'busy']);
    expect(shown()).to.equal(58);
  });

  it('is forgotten with the connection', async () => {
    const kate = await kateOnline();
    const users = Array.from({ length: 60 }, (_, index) => `agent${index}`);
    await kate.watch(users);
    kate.tellList(kate.newest, 0, true, users.map((user) => listed(user))); // prettier-ignore
    await kate.bench.gateway.lose();
    await kate.pass(0);
    expect(users.every((user) => (kate.shown(user)?.state ?? 'unknown') === 'unknown')).to.equal(true);
  });
});
