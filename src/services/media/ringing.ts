/**
 * Ring sounds, made on the spot by WebAudio: no file to fetch, nothing for a content security policy to refuse.
 *
 * Several things may ring at once (invitations, calls): the one with the highest priority sounds, the others wait. Browsers allow sound only
 * after the person did something on the page; until then a ring is `blocked`, and starts with the first gesture if it still rings.
 */
import { browserEnvironment, type Environment } from '../environment.js';

/** Names of the sounds. */
export type RingSound = 'bell' | 'ring' | 'chord' | 'warning';

/** What rings, and how: `name|priority|duration`. */
export interface RingSpec {
  readonly name: RingSound;
  /** The highest rings. */
  readonly priority: number;
  /** −1 repeats until stopped, 0 plays once, any other number repeats for that many ms. */
  readonly duration: number;
}

/** One tone: start (s), frequency (Hz), length (s), loudness (0…1). */
type Note = readonly [at: number, hertz: number, length: number, gain: number];

/** A sound and the time after which it begins again, in ms. */
interface Sound {
  readonly wave: OscillatorType;
  readonly period: number;
  readonly notes: readonly Note[];
}

const SOUNDS: Readonly<Record<RingSound, Sound>> = {
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

const isSound = (name: string): name is RingSound => Object.hasOwn(SOUNDS, name);

/**
 * Reads `name|priority|duration`; priority is 0 and duration −1 where they are left out. Names are those of `RingSound`, in any case.
 * @returns undefined where the text is none
 */
export function parseRing(text: string): RingSpec | undefined {
  const [name = '', priority = '0', duration = '-1', ...rest] = text.split('|').map((part) => part.trim());
  const numbers = [priority, duration].map((part) => (part === '' ? NaN : Number(part)));
  const sound = name.toLowerCase();
  if (rest.length > 0 || !isSound(sound) || !numbers.every(Number.isFinite)) return undefined;
  const [level = 0, ms = -1] = numbers;
  return { name: sound, priority: level, duration: Math.max(-1, ms) };
}

/** What a ringer needs of the platform's sound. */
export interface Sounder {
  /** Whether sound is allowed now. */
  readonly ready: boolean;
  /** Asks for sound, from within a gesture. Settles when it was allowed or refused. */
  unlock(): Promise<void>;
  /** Plays a sound once. @returns its undo */
  play(sound: RingSound): () => void;
}

/** WebAudio. The context is made with the first gesture, for browsers complain about one that is made before. */
function webAudio(): Sounder {
  let context: AudioContext | undefined;
  // Not every browser tells whether there was a gesture yet.
  const allowed = (): boolean => (navigator as { userActivation?: UserActivation }).userActivation?.hasBeenActive ?? true;
  const open = (): AudioContext | undefined => {
    if (typeof AudioContext === 'undefined' || !allowed()) return undefined;
    return (context ??= new AudioContext());
  };
  return {
    get ready() {
      return open()?.state === 'running';
    },
    unlock: async () => {
      // A refused resume() stays pending in some browsers: the state says what holds.
      await Promise.race([open()?.resume(), new Promise((settled) => setTimeout(settled, 300))]).catch(() => undefined);
    },
    play: (name) => (context ? playOn(context, SOUNDS[name]) : () => undefined),
  };
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

/** A ring that was asked for. */
interface Request {
  readonly spec: RingSpec;
  /** Wall-clock ms after which it does not begin again. */
  readonly until: number;
}

/** Rings; see the file's comment. */
export class Ringer {
  readonly #environment: Pick<Environment, 'now' | 'setTimeout' | 'clearTimeout'>;
  readonly #sounder: Sounder;
  readonly #requests = new Set<Request>();
  readonly #listeners = new Set<() => void>();
  #playing: { request: Request; silence: () => void; timer: unknown } | undefined;
  #blocked = false;

  constructor(environment: Pick<Environment, 'now' | 'setTimeout' | 'clearTimeout'> = browserEnvironment(), sounder: Sounder = webAudio()) {
    this.#environment = environment;
    this.#sounder = sounder;
  }

  /** Something should ring, and the browser does not let it. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** The sound that is heard now. */
  get sounding(): RingSound | undefined {
    return this.#playing?.request.spec.name;
  }

  /** Calls `listener` whenever `blocked` changes, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Rings as `spec` says. @returns a function that stops it; calling it again does nothing */
  ring(spec: RingSpec): () => void {
    const until = spec.duration < 0 ? Infinity : this.#environment.now() + spec.duration;
    const request: Request = { spec, until };
    this.#requests.add(request);
    this.#choose();
    return () => this.#end(request);
  }

  /** Tries again to make sound; call it from a gesture. */
  readonly unblock = async (): Promise<void> => {
    await this.#sounder.unlock();
    this.#choose();
  };

  #end(request: Request): void {
    this.#requests.delete(request);
    this.#choose();
  }

  /** The highest priority; of equals the one that began first. */
  #top(): Request | undefined {
    return [...this.#requests].reduce<Request | undefined>(
      (best, request) => (best && best.spec.priority >= request.spec.priority ? best : request),
      undefined,
    );
  }

  #choose(): void {
    const top = this.#top();
    this.#setBlocked(top !== undefined && !this.#sounder.ready);
    if (top === this.#playing?.request && !this.#blocked) return;
    this.#silence();
    if (top && !this.#blocked) this.#play(top);
  }

  #play(request: Request): void {
    const { name } = request.spec;
    const timer = this.#environment.setTimeout(() => this.#again(request), SOUNDS[name].period);
    this.#playing = { request, silence: this.#sounder.play(name), timer };
  }

  #again(request: Request): void {
    this.#silence();
    if (this.#environment.now() >= request.until) this.#requests.delete(request);
    this.#choose();
  }

  #silence(): void {
    if (!this.#playing) return;
    this.#environment.clearTimeout(this.#playing.timer);
    this.#playing.silence();
    this.#playing = undefined;
  }

  readonly #onGesture = (): void => void this.unblock();

  /** While blocked, any gesture on the page is taken as leave. */
  #setBlocked(blocked: boolean): void {
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    for (const type of ['pointerdown', 'keydown']) {
      if (blocked) globalThis.addEventListener(type, this.#onGesture, true);
      else globalThis.removeEventListener(type, this.#onGesture, true);
    }
    for (const listener of [...this.#listeners]) listener();
  }
}

let shared: Ringer | undefined;

/** The ringer of this page: everything that rings shares it, so that the priorities hold. */
export function sharedRinger(): Ringer {
  return (shared ??= new Ringer());
}
