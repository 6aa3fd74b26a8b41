import { expect } from '@open-wc/testing';
import { handfuls, Pacer } from '../../src/services/pacer.js';
import { FakeClock } from './protocol/fake-clock.js';

/** Work that writes down each step; a step may take time. */
function* work(name: string, steps: number, log: string[], step?: () => void): Generator<void, void> {
  for (let done = 1; done <= steps; done += 1) {
    log.push(`${name}${done}`);
    step?.();
    yield;
  }
}

describe('The pacer', () => {
  it('does little work at once, and leaves nothing behind', () => {
    const [clock, log] = [new FakeClock(), [] as string[]];
    const pacer = new Pacer(clock.environment());
    pacer.add(work('a', 5, log));
    expect([log.length, pacer.isIdle, clock.timers]).to.deep.equal([5, true, 0]);
  });

  it('does much work in turns, in the order of the adding', async () => {
    const [clock, log] = [new FakeClock(), [] as string[]];
    const pacer = new Pacer(clock.environment());
    pacer.add(work('a', 30, log));
    pacer.add(work('b', 30, log));
    expect([log.length, pacer.isIdle, clock.timers]).to.deep.equal([20, false, 1]);
    await clock.pass(0);
    expect(log).to.deep.equal([
      ...Array.from({ length: 30 }, (_, at) => `a${at + 1}`),
      ...Array.from({ length: 30 }, (_, at) => `b${at + 1}`),
    ]);
    expect([pacer.isIdle, clock.timers]).to.deep.equal([true, 0]);
  });

  it('does nothing at once where it is told so', async () => {
    const [clock, log] = [new FakeClock(), [] as string[]];
    const pacer = new Pacer(clock.environment());
    pacer.add(work('a', 1, log), true);
    pacer.add(work('b', 1, log));
    expect(log).to.deep.equal([]);
    await clock.pass(0);
    expect(log).to.deep.equal(['a1', 'b1']);
  });

  it('begins no step once a turn has taken its time', () => {
    const [clock, log] = [new FakeClock(), [] as string[]];
    new Pacer(clock.environment()).add(work('a', 10, log, () => clock.sleep(2)));
    expect(log).to.deep.equal(['a1', 'a2']);
  });

  it('finishes all that waits when told to, and forgets it when told to', () => {
    const [clock, log] = [new FakeClock(), [] as string[]];
    const pacer = new Pacer(clock.environment());
    pacer.add(work('a', 30, log));
    pacer.add(work('b', 1, log));
    pacer.finish();
    expect([log.length, log.at(-1), pacer.isIdle, clock.timers]).to.deep.equal([31, 'b1', true, 0]);
    pacer.add(work('c', 30, log));
    pacer.clear();
    expect([log.length, pacer.isIdle, clock.timers]).to.deep.equal([51, true, 0]);
  });

  it('makes one step of a handful of light ones', () => {
    const log: string[] = [];
    const steps = [...handfuls(work('a', 40, log))].length;
    expect([steps, log.length]).to.deep.equal([2, 40]);
  });
});
