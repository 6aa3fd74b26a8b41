/** When restarts of ICE are asked for, and when the agent is told that no sound gets through. */
import { expect } from '@open-wc/testing';
import type { CallTrouble } from '../../../../src/services/domain/call.js';
import { IceKeeper } from '../../../../src/services/protocol/voice/ice-keeper.js';
import { FakeClock } from '../fake-clock.js';

const SECOND = 1000;

/** A keeper whose browser is told by hand; `log` has what it asked for and showed, with the second. */
function keeper({ isCaller = true, restart = (): Promise<unknown> => Promise.resolve() } = {}): {
  clock: FakeClock;
  ice: IceKeeper;
  log: string[];
} {
  const clock = new FakeClock();
  const begin = clock.now;
  const log: string[] = [];
  const note = (what: string): unknown => log.push(`${(clock.now - begin) / SECOND} ${what}`);
  const ice = new IceKeeper({
    environment: clock.environment(),
    isCaller,
    online: () => true,
    restart: () => {
      note('restart');
      return restart();
    },
    show: (trouble: CallTrouble | undefined) => note(trouble ?? 'fine'),
  });
  return { clock, ice, log };
}

describe('The way under a call', () => {
  it('is given a moment, then asked for anew: by the caller first', async () => {
    for (const [isCaller, at] of [
      [true, 3],
      [false, 6],
    ] as const) {
      const { clock, ice, log } = keeper({ isCaller });
      ice.heard('open');
      ice.heard('interrupted');
      await clock.pass(10 * SECOND);
      ice.heard('open');
      await clock.pass(100 * SECOND);
      expect(log).to.deep.equal(['0 fine', `${at} ice-restarting`, `${at} restart`, '10 fine']);
      expect(clock.timers).to.equal(0);
    }
  });

  it('is said to be closed 20 s after the first restart, though the browser gives each of them up sooner', async () => {
    const { clock, ice, log } = keeper();
    ice.heard('open');
    for (let at = 0; at < 60; at += 5) {
      ice.heard('failed');
      await clock.pass(5 * SECOND);
    }
    expect(log.filter((line) => line.endsWith('ice-failed'))).to.deep.equal(['20 ice-failed']);
    expect(log.at(-1), 'not taken back by what is tried in vain').to.match(/ice-failed$/);
    await clock.pass(20 * SECOND);
    expect(log.at(-1), 'tried again after a rest').to.equal('75 restart');
    ice.heard('open');
    expect(log.at(-1)).to.equal('80 fine');
  });

  it('is tried again, with the words, when the connection to the switch is back', async () => {
    const { clock, ice, log } = keeper();
    await clock.pass(21 * SECOND);
    ice.online();
    await clock.pass(0);
    expect(log).to.deep.equal(['20 ice-failed', '21 ice-restarting', '21 restart']);
  });

  it('is nobody’s matter once the call is over', async () => {
    const { clock, ice, log } = keeper();
    ice.heard('failed');
    ice.stop();
    ice.heard('failed');
    await clock.pass(100 * SECOND);
    expect(log).to.deep.equal([]);
    expect(clock.timers).to.equal(0);
  });

  it('is said to be closed at once where the other side refuses', async () => {
    const { clock, ice, log } = keeper({ restart: () => Promise.reject(new Error('488')) });
    ice.heard('failed');
    await clock.pass(0);
    expect(log).to.deep.equal(['0 ice-restarting', '0 restart', '0 ice-failed']);
  });
});
