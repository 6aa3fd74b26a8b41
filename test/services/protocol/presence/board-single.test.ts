/** Subscriptions to one agent each: refusals, ends, and those who watch coming and going. */
import { expect } from '@open-wc/testing';
import { address, document, kateOnline, listed, type WatchStage } from './watch-stage.js';

const MINUTE = 60_000;

/** Kate watches john alone, and is told that he is Ready. */
async function watchingJohn(): Promise<WatchStage> {
  const kate = await kateOnline();
  await kate.watch(['john']);
  await kate.newest.answer(200);
  kate.tell(kate.newest, document('john'));
  return kate;
}

/** How many SUBSCRIBEs there were after so many ms. */
async function countAfter(kate: WatchStage, ms: number): Promise<number> {
  await kate.pass(ms);
  return kate.bench.gateway.subscriptions.length;
}

describe('A single subscription', () => {
  it('tells of the channels, the reason and since when, as plain frozen JSON', async () => {
    const kate = await watchingJohn();
    const since = kate.bench.clock.now - 5000;
    kate.tell(kate.newest, document('john', { state: 'not-ready', reason: 'Lunch & Co', since }, { state: 'busy', since }));
    const channels = { im: { state: 'not-ready', reason: 'Lunch & Co', since }, voice: { state: 'busy', since } };
    expect(kate.shown('john')).to.deep.equal({ state: 'busy', since, channels });
    expect(Object.isFrozen(kate.shown('john')?.channels.im)).to.equal(true);
  });

  it('tells the same thing once', async () => {
    const kate = await watchingJohn();
    kate.tell(kate.newest, document('john'));
    expect(kate.words('john')).to.deep.equal(['ready']);
  });

  it('without a document has nobody logged in', async () => {
    const kate = await watchingJohn();
    kate.tell(kate.newest, '');
    expect(kate.words('john')).to.deep.equal(['ready', 'logged-off']);
  });

  it('waits for a word where the agent’s consent is pending', async () => {
    const kate = await kateOnline();
    await kate.watch(['john']);
    await kate.newest.answer(202);
    kate.tell(kate.newest, '', 'pending;expires=600');
    expect(kate.words('john')).to.deep.equal([]);
    kate.tell(kate.newest, document('john'));
    expect(kate.words('john')).to.deep.equal(['ready']);
  });

  for (const status of [403, 404, 480, 489, 603]) {
    it(`refused with ${status} is unknown, and not asked for again for five minutes`, async () => {
      const kate = await kateOnline();
      await kate.watch(['john']);
      await kate.newest.answer(status);
      expect(kate.words('john')).to.deep.equal([]);
      expect(await countAfter(kate, 4.9 * MINUTE)).to.equal(1);
      expect(await countAfter(kate, 0.2 * MINUTE)).to.equal(2);
      kate.tell(kate.newest, document('john'));
      expect(kate.words('john')).to.deep.equal(['ready']);
    });
  }

  for (const status of [0, 408, 500, 503]) {
    it(`that failed with ${status} is tried again, after a longer time each time`, async () => {
      const kate = await kateOnline();
      await kate.watch(['john']);
      const waits: number[] = [];
      for (let turn = 0; turn < 7; turn += 1) {
        await kate.newest.answer(status);
        const [before, began] = [kate.bench.gateway.subscriptions.length, kate.bench.clock.now];
        while (kate.bench.gateway.subscriptions.length === before) await kate.pass(500);
        waits.push(Math.round((kate.bench.clock.now - began) / 1000));
      }
      expect(waits).to.deep.equal([1, 2, 4, 8, 16, 30, 30]);
    });
  }

  it('waits as long as the switch says', async () => {
    const kate = await kateOnline();
    await kate.watch(['john']);
    await kate.newest.answer(503, { 'Retry-After': '600 (maintenance)' });
    expect(await countAfter(kate, 599_000)).to.equal(1);
    expect(await countAfter(kate, 2000)).to.equal(2);
  });

  it('asks to live longer where 423 says how long (RFC 6665, 4.2.1.1), and gives up where that cannot be', async () => {
    const kate = await kateOnline();
    await kate.watch(['john']);
    await kate.newest.answer(423, { 'Min-Expires': '1800' });
    expect(kate.bench.gateway.subscriptions.map(({ options }) => options.expires)).to.deep.equal([600, 1800]);
    await kate.newest.answer(423, { 'Min-Expires': '60' });
    expect(await countAfter(kate, 4 * MINUTE)).to.equal(2);
  });

  it('that brings a list is of no use', async () => {
    const kate = await kateOnline();
    await kate.watch(['john']);
    kate.tellList(kate.newest, 0, true, [listed('john')]);
    expect(kate.words('john')).to.deep.equal([]);
    expect(await countAfter(kate, 4 * MINUTE)).to.equal(1);
    expect(kate.newest.isEnded).to.equal(true);
  });
});

describe('A subscription that the switch ends', () => {
  /** The end → what is shown meanwhile, and the seconds before it is asked for again. */
  const ENDS: readonly (readonly [string | undefined, number | undefined, 'ready' | 'unknown', number])[] = [
    ['deactivated', undefined, 'ready', 0],
    ['timeout', undefined, 'ready', 0],
    ['probation', undefined, 'unknown', 1],
    ['probation', 40, 'unknown', 40],
    ['giveup', undefined, 'unknown', 1],
    ['giveup', 90, 'unknown', 90],
    ['rejected', undefined, 'unknown', 300],
    ['noresource', undefined, 'unknown', 300],
    ['invariant', undefined, 'ready', 300],
    ['a-word-of-tomorrow', undefined, 'unknown', 1],
    [undefined, undefined, 'ready', 1],
  ];
  for (const [reason, retryAfter, shown, seconds] of ENDS) {
    const after = retryAfter === undefined ? '' : `, retry-after ${retryAfter}`;
    it(`(${reason ?? 'no reason'}${after}) shows ${shown}, and is had again after ${seconds} s`, async () => {
      const kate = await watchingJohn();
      kate.newest.over(reason, retryAfter);
      expect(kate.shown('john')?.state).to.equal(shown);
      if (seconds > 0) expect(await countAfter(kate, seconds * 1000 - 1)).to.equal(1);
      expect(await countAfter(kate, 1)).to.equal(2);
      kate.tell(kate.newest, document('john', { state: 'busy' }));
      expect(kate.shown('john')?.state).to.equal('busy');
    });
  }

  it('is not asked for at once again and again', async () => {
    const kate = await watchingJohn();
    for (let turn = 0; turn < 20; turn += 1) {
      kate.tell(kate.newest, document('john'));
      kate.newest.over('deactivated');
      await kate.pass(1000);
    }
    expect(kate.bench.gateway.subscriptions.length).to.be.below(8);
  });

  it('is asked for at once when it had lived', async () => {
    const kate = await watchingJohn();
    for (let turn = 1; turn <= 3; turn += 1) {
      await kate.pass(MINUTE);
      kate.newest.over('timeout');
      expect(await countAfter(kate, 0)).to.equal(turn + 1);
      kate.tell(kate.newest, document('john'));
    }
    expect(kate.words('john')).to.deep.equal(['ready']);
  });

  it('as a list: all wait, and come back by a list', async () => {
    const kate = await kateOnline();
    await kate.watch(['john', 'aki']);
    kate.tellList(kate.newest, 0, true, [listed('john'), listed('aki')]);
    kate.newest.over('giveup', 20);
    expect([kate.shown('john')?.state, kate.shown('aki')?.state]).to.deep.equal(['unknown', 'unknown']);
    expect(await countAfter(kate, 19_999)).to.equal(1);
    expect(await countAfter(kate, 1)).to.equal(2);
    expect(kate.newest.listed).to.have.length(2);
  });

  it('as a list, rejected: single ones do instead', async () => {
    const kate = await kateOnline();
    await kate.watch(['john', 'aki']);
    kate.tellList(kate.newest, 0, true, [listed('john'), listed('aki')]);
    kate.newest.over('rejected');
    await kate.pass(0);
    expect(kate.alive.map(({ target }) => target)).to.deep.equal([address('john'), address('aki')]);
  });
});
