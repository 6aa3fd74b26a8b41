/** The sounds of a ring, made on the spot by WebAudio: no file to fetch, nothing for a content security policy to refuse. */

/** Names of the sounds. */
export type RingSound = 'bell' | 'ring' | 'chord' | 'warning';

/** One tone: start (s), frequency (Hz), length (s), loudness (0…1). */
type Note = readonly [at: number, hertz: number, length: number, gain: number];

/** A sound and the time after which it begins again, in ms. */
interface Sound {
  readonly wave: OscillatorType;
  readonly period: number;
  readonly notes: readonly Note[];
}

/** What each sounds like. */
export const SOUNDS: Readonly<Record<RingSound, Sound>> = {
  bell: {
    wave: 'sine',
    period: 2200,
    notes: [
      [0, 1319, 1.4, 0.3],
      [0, 2638, 0.6, 0.1],
      [0.28, 1047, 1.5, 0.25],
    ],
  },
  ring: {
    wave: 'sine',
    period: 3000,
    notes: [
      [0, 440, 0.4, 0.2],
      [0, 480, 0.4, 0.2],
      [0.6, 440, 0.4, 0.2],
      [0.6, 480, 0.4, 0.2],
    ],
  },
  chord: {
    wave: 'triangle',
    period: 2600,
    notes: [
      [0, 523, 1.2, 0.18],
      [0.09, 659, 1.2, 0.18],
      [0.18, 784, 1.2, 0.18],
    ],
  },
  warning: {
    wave: 'square',
    period: 1400,
    notes: [
      [0, 880, 0.16, 0.08],
      [0.26, 660, 0.16, 0.08],
      [0.52, 880, 0.16, 0.08],
    ],
  },
};

/** Whether a sound has this name. */
export const isSound = (name: string): name is RingSound => Object.hasOwn(SOUNDS, name);

/**
 * What the platform's sound can do now.
 *
 *     blocked ── gesture ──▶ starting ──▶ ready
 *                               └───────▶ unavailable: it is allowed, and still nothing can be heard (no loudspeaker)
 */
export type SoundState = 'blocked' | 'starting' | 'ready' | 'unavailable';

/** What a ringer needs of the platform's sound. */
export interface Sounder {
  readonly state: SoundState;
  /** Calls `listener` whenever `state` may have changed by itself. */
  onChange(listener: () => void): void;
  /** Asks for sound, from within a gesture. Settles when it was allowed or refused. */
  unlock(): Promise<void>;
  /** Plays a sound once. @returns its undo */
  play(sound: RingSound): () => void;
}

/** Milliseconds that a browser may take to start what it allows: Firefox begins `suspended`, and needed more than a second here. */
const STARTS_WITHIN = 3000;

/** Whether the browser would let sound begin now. Not every browser tells. */
function soundAllowed(): boolean {
  const { userActivation, getAutoplayPolicy } = navigator as {
    userActivation?: UserActivation;
    getAutoplayPolicy?: (type: string) => string;
  };
  return getAutoplayPolicy?.call(navigator, 'audiocontext') === 'allowed' || (userActivation?.hasBeenActive ?? true);
}

/** Sound of the browser. The context is made once sound is allowed, for browsers complain about one that is made before. */
export class WebAudio implements Sounder {
  #context: AudioContext | undefined;
  /** The browser has had its time to start. */
  #settled = false;
  #listener: () => void = () => undefined;
  readonly #patience: number;

  /** @param patience ms after which what has not started is `unavailable` */
  constructor(patience = STARTS_WITHIN) {
    this.#patience = patience;
  }

  get state(): SoundState {
    if (this.#open()?.state === 'running') return 'ready';
    if (!this.#context) return soundAllowed() ? 'unavailable' : 'blocked';
    return this.#settled ? 'unavailable' : 'starting';
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  async unlock(): Promise<void> {
    const context = this.#open();
    if (context && context.state !== 'running') await this.#start(context);
  }

  play(name: RingSound): () => void {
    return this.#context ? playOn(this.#context, SOUNDS[name]) : () => undefined;
  }

  #open(): AudioContext | undefined {
    if (this.#context || typeof AudioContext === 'undefined' || !soundAllowed()) return this.#context;
    this.#context = new AudioContext();
    this.#context.addEventListener('statechange', () => this.#listener());
    if (this.#context.state !== 'running') void this.#start(this.#context);
    return this.#context;
  }

  /** A refused resume() stays pending in some browsers: after a while the state says what holds. */
  async #start(context: AudioContext): Promise<void> {
    await Promise.race([context.resume(), new Promise((settled) => setTimeout(settled, this.#patience))]).catch(() => undefined);
    this.#settled = true;
    this.#listener();
  }
}

function playOn(context: AudioContext, { wave, notes }: Sound): () => void {
  const out = context.createGain();
  out.connect(context.destination);
  for (const [at, hertz, length, gain] of notes) {
    const start = context.currentTime + at;
    const tone = context.createOscillator();
    const envelope = context.createGain();
    tone.type = wave;
    tone.frequency.value = hertz;
    envelope.gain.setValueAtTime(0, start);
    envelope.gain.linearRampToValueAtTime(gain, start + 0.01);
    envelope.gain.exponentialRampToValueAtTime(0.0001, start + length);
    tone.connect(envelope).connect(out);
    tone.start(start);
    tone.stop(start + length);
  }
  return () => out.disconnect();
}
