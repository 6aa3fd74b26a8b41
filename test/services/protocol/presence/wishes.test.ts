import { expect } from '@open-wc/testing';
import { Wishes } from '../../../../src/services/protocol/presence/wishes.js';

/** Wishes, and what they told. */
class Desk {
  readonly log: string[] = [];
  now = 0;
  readonly wishes = new Wishes({
    now: () => this.now,
    onAdded: (address) => void this.log.push(`+${address}`),
    onGone: (address) => void this.log.push(`-${address}`),
  });

  /** Makes a change at one go. */
  set(watcher: string, addresses: readonly string[]): void {
    run(this.wishes.set(watcher, addresses));
  }

  get all(): readonly string[] {
    return [...this.wishes.addresses].sort();
  }

  /** Everyone who is watched once the time to keep others is over. */
  later(): readonly string[] {
    this.now += 10_000;
    run(this.wishes.expire());
    return this.all;
  }
}

function run(steps: Iterable<void>): void {
  for (const _ of steps);
}

/** Makes so many steps of a change. @returns the rest of it */
function begin(steps: Iterable<void>, count: number): () => void {
  const iterator = steps[Symbol.iterator]();
  for (let step = 0; step < count; step += 1) iterator.next();
  return () => {
    while (!iterator.next().done);
  };
}

const many = (count: number, name = 'a'): string[] => Array.from({ length: count }, (_, at) => `${name}${at}`);

describe('Wishes', () => {
  it('are merged, and each is told once', () => {
    const desk = new Desk();
    desk.set('one', ['a', 'b']);
    desk.set('two', ['b', 'c']);
    expect(desk.log).to.deep.equal(['+a', '+b', '+c']);
    desk.set('one', []);
    expect(desk.all).to.deep.equal(['a', 'b', 'c']);
    expect([desk.later(), desk.log.slice(3)]).to.deep.equal([['b', 'c'], ['-a']]);
  });

  it('that come again in time are kept', () => {
    const desk = new Desk();
    desk.set('one', ['a', 'b']);
    desk.set('one', ['b']);
    desk.now = 9999;
    expect(desk.wishes.next).to.equal(10_000);
    desk.set('two', ['a']);
    expect([desk.wishes.next, desk.later(), desk.log]).to.deep.equal([Infinity, ['a', 'b'], ['+a', '+b']]);
  });

  it('of a newer change count, however far the older one is', () => {
    for (let steps = 0; steps <= 12; steps += 1) {
      const desk = new Desk();
      desk.set('one', ['x', 'y']);
      const older = begin(desk.wishes.set('one', ['a', 'b', 'c', 'y']), steps);
      const newer = desk.wishes.set('one', ['c', 'd']);
      older();
      run(newer);
      expect(desk.later(), `after ${steps} steps`).to.deep.equal(['c', 'd']);
      desk.set('one', []);
      expect(desk.later(), `after ${steps} steps, then none`).to.deep.equal([]);
    }
  });

  it('dropped midway leave those of others alone', () => {
    const desk = new Desk();
    desk.set('two', ['b']);
    const older = begin(desk.wishes.set('one', ['a', 'b', 'c']), 2);
    const none = desk.wishes.set('one', []);
    older();
    run(none);
    expect(desk.later()).to.deep.equal(['b']);
  });

  it('are changed in the order of their steps while others change theirs', () => {
    const desk = new Desk();
    const one = begin(desk.wishes.set('one', ['a', 'b']), 1);
    desk.set('two', ['a', 'z']);
    one();
    expect(desk.log).to.deep.equal(['+a', '+z', '+b']);
    desk.set('two', []);
    expect(desk.later()).to.deep.equal(['a', 'b']);
  });

  it('that would be too many are not taken; who is only kept makes room', () => {
    const desk = new Desk();
    desk.set('one', many(20_001));
    expect(desk.all.length).to.equal(20_000);
    desk.set('two', ['late']);
    expect(desk.wishes.has('late')).to.equal(false);
    desk.set('one', many(5, 'b'));
    expect([desk.all.length, desk.wishes.has('a0'), desk.wishes.has('a19999'), desk.wishes.has('b4')]).to.deep.equal([
      20_000,
      false,
      true,
      true,
    ]);
    desk.set('two', ['late']);
    expect([desk.wishes.has('late'), desk.later().length]).to.deep.equal([true, 6]);
  });

  it('of the watcher that was silent longest are let go when there are too many', () => {
    const desk = new Desk();
    for (let tab = 0; tab < 64; tab += 1) desk.set(`tab${tab}`, [`a${tab}`]);
    desk.set('tab0', ['a0', 'again']);
    desk.set('tab64', ['a64']);
    expect([desk.wishes.has('a1'), desk.later().includes('a1'), desk.wishes.has('again')]).to.deep.equal([true, false, true]);
    desk.set('tab1', ['a1']);
    expect(desk.wishes.has('a1')).to.equal(true);
  });

  it('expire a step at a time, and who comes back meanwhile stays', () => {
    const desk = new Desk();
    desk.set('one', ['a', 'b', 'c']);
    desk.set('one', []);
    desk.now = 10_000;
    const rest = begin(desk.wishes.expire(), 1);
    desk.set('two', ['b']);
    rest();
    expect([desk.all, desk.log]).to.deep.equal([['b'], ['+a', '+b', '+c', '-a', '-c']]);
  });
});
