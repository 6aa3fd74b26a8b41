import { expect } from '@open-wc/testing';
import { WebAudio, type RingSound, type Sounder, type SoundState } from '../../../src/services/media/ring-sounds.js';
import { parseRing, Ringer, type RingSpec } from '../../../src/services/media/ringing.js';
import { FakeClock, settled } from '../protocol/fakes.js';

/** A loudspeaker that writes down what it plays, and that may be locked as a browser locks it before a gesture. */
class Loudspeaker implements Sounder {
  state: SoundState = 'ready';
  /** What comes of a gesture. */
  afterGesture: SoundState = 'ready';
  readonly played: RingSound[] = [];
  silenced = 0;

  #listener: () => void = () => undefined;

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  /** The platform's sound changes by itself. */
  becomes(state: SoundState): void {
    this.state = state;
    this.#listener();
  }

  unlock(): Promise<void> {
    this.state = this.afterGesture;
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
  for (const gesture of ['pointerdown', 'pointerup', 'keydown'])
    it(`is silent and says so; a gesture anywhere (${gesture}) starts it`, async () => {
      const { ringer: bells, loudspeaker } = ringer();
      loudspeaker.state = 'blocked';
      let changes = 0;
      const unlisten = bells.onChange(() => (changes += 1));
      bells.ring(spec('bell|1|-1'));
      expect([bells.blocked, bells.unavailable, bells.sounding, loudspeaker.played.length]).to.deep.equal([true, false, undefined, 0]);
      document.dispatchEvent(new Event(gesture, { bubbles: true }));
      await settled();
      expect([bells.blocked, bells.sounding, changes]).to.deep.equal([false, 'bell', 2]);
      unlisten();
    });

  it('waits for sound that is starting, without saying that it is blocked, and rings as soon as it may', () => {
    const { ringer: bells, loudspeaker } = ringer();
    loudspeaker.state = 'starting';
    bells.ring(spec('bell|1|0'));
    expect([bells.blocked, bells.sounding]).to.deep.equal([false, undefined]);
    loudspeaker.becomes('ready');
    expect([bells.sounding, loudspeaker.played]).to.deep.equal(['bell', ['bell']]);
    loudspeaker.becomes('ready');
    expect(loudspeaker.played).to.deep.equal(['bell']);
  });

  it('says where nothing can be heard, and tries again with each gesture', async () => {
    const { ringer: bells, loudspeaker } = ringer();
    Object.assign(loudspeaker, { state: 'blocked', afterGesture: 'unavailable' });
    let changes = 0;
    bells.onChange(() => (changes += 1));
    const stop = bells.ring(spec('bell|1|-1'));
    await bells.unblock();
    expect([bells.blocked, bells.unavailable, changes]).to.deep.equal([true, true, 2]);
    loudspeaker.afterGesture = 'ready';
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    await settled();
    expect([bells.blocked, bells.unavailable, bells.sounding]).to.deep.equal([false, false, 'bell']);
    stop();
  });

  it('listens to no more gestures once nothing rings', async () => {
    const { ringer: bells, loudspeaker } = ringer();
    loudspeaker.state = 'blocked';
    bells.ring(spec('bell|1|-1'))();
    expect(bells.blocked).to.equal(false);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    await settled();
    expect(loudspeaker.state).to.equal('blocked');
  });
});

describe('The sound of the browser', () => {
  const real = globalThis.AudioContext;

  /** A context as Firefox makes it: it begins suspended, and tells later whether it runs. */
  class Slow extends EventTarget {
    static made = 0;
    state: AudioContextState = 'suspended';
    constructor() {
      super();
      Slow.made += 1;
      late = (state) => {
        this.state = state;
        this.dispatchEvent(new Event('statechange'));
      };
    }
    resume(): Promise<void> {
      return new Promise(() => undefined);
    }
  }
  let late: (state: AudioContextState) => void = () => undefined;

  const activation = (hasBeenActive: boolean): void => {
    Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive, isActive: hasBeenActive }, configurable: true });
    Object.defineProperty(navigator, 'getAutoplayPolicy', { value: undefined, configurable: true });
  };

  beforeEach(() => {
    Slow.made = 0;
    Object.assign(globalThis, { AudioContext: Slow });
  });

  afterEach(() => {
    Object.assign(globalThis, { AudioContext: real });
    for (const name of ['userActivation', 'getAutoplayPolicy']) Reflect.deleteProperty(navigator, name);
  });

  it('is not opened before a gesture, unless the browser says that none is needed', () => {
    activation(false);
    expect([new WebAudio().state, Slow.made]).to.deep.equal(['blocked', 0]);
    Object.defineProperty(navigator, 'getAutoplayPolicy', { value: () => 'allowed', configurable: true });
    expect([new WebAudio().state, Slow.made]).to.deep.equal(['starting', 1]);
  });

  it('is starting until the browser says that it runs', () => {
    activation(true);
    const sound = new WebAudio();
    let changes = 0;
    sound.onChange(() => (changes += 1));
    expect(sound.state).to.equal('starting');
    late('running');
    expect([sound.state, changes, Slow.made]).to.deep.equal(['ready', 1, 1]);
  });

  it('is unavailable where it never does', async () => {
    activation(true);
    const sound = new WebAudio(20);
    expect(sound.state).to.equal('starting');
    await sound.unlock();
    expect(sound.state).to.equal('unavailable');
  });
});
