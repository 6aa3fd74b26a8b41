import { expect } from '@open-wc/testing';
import { Typing } from '../../../../src/services/protocol/im/typing.js';
import { FakeClock } from '../fakes.js';

function typing() {
  const clock = new FakeClock();
  const sent: string[] = [];
  const peer: boolean[] = [];
  const one = new Typing({
    environment: clock.environment(),
    send: (active, refresh) => sent.push(active ? `active ${refresh}` : 'idle'),
    onPeer: (active) => peer.push(active),
  });
  return { one, clock, sent, peer };
}

describe('Typing notices', () => {
  it('are sent at the first key, not at every key', async () => {
    const { one, clock, sent } = typing();
    for (let key = 0; key < 20; key += 1) {
      one.own(true);
      await clock.pass(500);
    }
    expect(sent).to.deep.equal(['active 120']);
  });

  it('are repeated after a minute of keys, and end 15 s after the last', async () => {
    const { one, clock, sent } = typing();
    for (let key = 0; key < 13; key += 1) {
      one.own(true);
      await clock.pass(5000);
    }
    expect(sent).to.deep.equal(['active 120', 'active 120']);
    await clock.pass(10_000);
    expect(sent.at(-1)).to.equal('idle');
  });

  it('end at once when the box is left, and once only', () => {
    const { one, sent } = typing();
    one.own(true);
    one.own(false);
    one.own(false);
    expect(sent).to.deep.equal(['active 120', 'idle']);
  });

  it('need no "idle" when a text went out', async () => {
    const { one, clock, sent } = typing();
    one.own(true);
    one.sent();
    await clock.pass(60_000);
    expect(sent).to.deep.equal(['active 120']);
  });

  it('of the peer fall idle by themselves', async () => {
    const { one, clock, peer } = typing();
    one.peer(true, 30);
    one.peer(true, 30);
    await clock.pass(29_000);
    expect(peer).to.deep.equal([true]);
    await clock.pass(1000);
    expect(peer).to.deep.equal([true, false]);
  });

  it('leave no timer behind', () => {
    const { one, clock } = typing();
    one.own(true);
    one.peer(true, 60);
    one.stop();
    expect(clock.timers).to.equal(0);
  });
});
