import { expect } from '@open-wc/testing';
import { parseRing, Ringer, type RingSound, type RingSpec, type Sounder } from '../../../src/services/media/ringing.js';
import { FakeClock, settled } from '../protocol/fakes.js';

/** A loudspeaker that writes down what it plays, and that may be locked as a browser locks it before a gesture. */
class Loudspeaker implements Sounder {
  ready = true;
  /** Whether the browser gives way when it is asked. */
  willing = true;
  readonly played: RingSound[] = [];
  silenced = 0;

  unlock(): Promise<void> {
    this.ready ||= this.willing;
    return Promise.resolve();
  }

  play(sound: RingSound): () => void {
    this.played.push(sound);
    return () => void (this.silenced += 1);
  }
}

function ringer(): { ringer: Ringer; clock: FakeClock; loudspeaker: Loudspeaker } {
  const clock = new FakeClock();
  const loudspeaker = new Loudspeaker();
  return { clock, loudspeaker, ringer: new Ringer(clock.environment(), loudspeaker) };
}

const spec = (text: string): RingSpec => {
  const parsed = parseRing(text);
  if (!parsed) throw new Error(`"${text}" is no ring.`);
  return parsed;
};

describe('A ring as the page writes it', () => {
  const good: readonly (readonly [text: string, expected: RingSpec])[] = [
    ['bell|7|0', { name: 'bell', priority: 7, duration: 0 }],
    ['BELL | 7 | -1', { name: 'bell', priority: 7, duration: -1 }],
    ['ring|2|1500', { name: 'ring', priority: 2, duration: 1500 }],
    ['chord', { name: 'chord', priority: 0, duration: -1 }],
    ['warning|-3', { name: 'warning', priority: -3, duration: -1 }],
    ['bell|1|-20', { name: 'bell', priority: 1, duration: -1 }],
  ];
  for (const [text, expected] of good) it(`"${text}" is read`, () => expect(parseRing(text)).to.deep.equal(expected));
  for (const text of ['', 'gong', 'bell|x|0', 'bell||0', 'bell|1|', 'bell|1|0|9', 'constructor|1|0', 'bell|Infinity|0'])
    it(`"${text}" is none`, () => expect(parseRing(text)).to.equal(undefined));
});

describe('Ringing', () => {
  it('plays once with 0', async () => {
    const { ringer: bells, clock, loudspeaker } = ringer();
    bells.ring(spec('bell|1|0'));
    await clock.pass(60_000);
    expect(loudspeaker.played).to.deep.equal(['bell']);
    expect(bells.sounding).to.equal(undefined);
    expect(clock.timers).to.equal(0);
  });

  it('repeats with -1 until it is stopped', async () => {
    const { ringer: bells, clock, loudspeaker } = ringer();
    const stop = bells.ring(spec('bell|1|-1'));
    await clock.pass(60_000);
    expect(loudspeaker.played.length).to.be.greaterThan(20);
    stop();
    stop();
    const played = loudspeaker.played.length;
    await clock.pass(60_000);
    expect(loudspeaker.played).to.have.length(played);
    expect([loudspeaker.silenced, clock.timers]).to.deep.equal([played, 0]);
  });

  it('repeats for as many ms as it is told', async () => {
    const { ringer: bells, clock, loudspeaker } = ringer();
    bells.ring(spec('bell|1|5000'));
    await clock.pass(60_000);
    expect(loudspeaker.played).to.deep.equal(['bell', 'bell', 'bell']);
  });

  it('sounds with the highest priority; the others wait for their turn', () => {
    const { ringer: bells } = ringer();
    bells.ring(spec('bell|1|-1'));
    const stop = bells.ring(spec('warning|9|-1'));
    bells.ring(spec('chord|9|-1'));
    expect(bells.sounding).to.equal('warning');
    stop();
    expect(bells.sounding).to.equal('chord');
  });

  it('goes on with what waited once a short one of higher priority is over', async () => {
    const { ringer: bells, clock } = ringer();
    bells.ring(spec('ring|1|-1'));
    bells.ring(spec('warning|2|0'));
    expect(bells.sounding).to.equal('warning');
    await clock.pass(2000);
    expect(bells.sounding).to.equal('ring');
  });
});

describe('Ringing that the browser blocks', () => {
  it('is silent and says so; a gesture anywhere starts it', async () => {
    const { ringer: bells, loudspeaker } = ringer();
    loudspeaker.ready = false;
    let changes = 0;
    const unlisten = bells.onChange(() => (changes += 1));
    bells.ring(spec('bell|1|-1'));
    expect([bells.blocked, bells.sounding, loudspeaker.played.length]).to.deep.equal([true, undefined, 0]);
    document.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await settled();
    expect([bells.blocked, bells.sounding, changes]).to.deep.equal([false, 'bell', 2]);
    unlisten();
  });

  it('stays blocked where the browser refuses the gesture, and listens to no more gestures once nothing rings', async () => {
    const { ringer: bells, loudspeaker } = ringer();
    Object.assign(loudspeaker, { ready: false, willing: false });
    const stop = bells.ring(spec('bell|1|-1'));
    await bells.unblock();
    expect(bells.blocked).to.equal(true);
    stop();
    expect(bells.blocked).to.equal(false);
    loudspeaker.willing = true;
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    await settled();
    expect(loudspeaker.ready).to.equal(false);
  });
});
