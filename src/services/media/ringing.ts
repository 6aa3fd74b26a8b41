/**
 * Ringing.
 *
 * Several things may ring at once (invitations, calls): the one with the highest priority sounds, the others wait. Browsers allow sound only
 * after the person did something on the page; until then a ring is `blocked`, and starts with the first gesture if it still rings.
 */
import { browserEnvironment, type Environment } from '../environment.js';
import { isSound, SOUNDS, WebAudio, type RingSound, type Sounder } from './ring-sounds.js';

/** What rings, and how: `name|priority|duration`. */
export interface RingSpec {
  readonly name: RingSound;
  /** The highest rings. */
  readonly priority: number;
  /** −1 repeats until stopped, 0 plays once, any other number repeats for that many ms. */
  readonly duration: number;
}

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

/** Events that count as a gesture: of a finger it is the lifting. */
const GESTURES = ['pointerdown', 'pointerup', 'keydown'] as const;

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
  #trouble: 'blocked' | 'unavailable' | undefined;

  constructor(
    environment: Pick<Environment, 'now' | 'setTimeout' | 'clearTimeout'> = browserEnvironment(),
    sounder: Sounder = new WebAudio(),
  ) {
    this.#environment = environment;
    this.#sounder = sounder;
    sounder.onChange(() => this.#choose());
  }

  /** Something should ring, and the browser does not let it. */
  get blocked(): boolean {
    return this.#trouble !== undefined;
  }

  /** Something should ring, and no gesture helps: the browser has nothing to play it on. */
  get unavailable(): boolean {
    return this.#trouble === 'unavailable';
  }

  /** The sound that is heard now. */
  get sounding(): RingSound | undefined {
    return this.#playing?.request.spec.name;
  }

  /** Calls `listener` whenever `blocked` or `unavailable` changes, until the returned function is called. */
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
    // Without anything to ring for, the platform is not asked: asking opens its sound.
    const state = top ? this.#sounder.state : undefined;
    this.#setTrouble(state === 'blocked' || state === 'unavailable' ? state : undefined);
    if (top === this.#playing?.request && state === 'ready') return;
    this.#silence();
    if (top && state === 'ready') this.#play(top);
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

  /** While it is silent, any gesture on the page is taken as leave. */
  #setTrouble(trouble: 'blocked' | 'unavailable' | undefined): void {
    if (trouble === this.#trouble) return;
    const change = trouble ? 'addEventListener' : 'removeEventListener';
    this.#trouble = trouble;
    for (const type of GESTURES) globalThis[change](type, this.#onGesture, true);
    for (const listener of [...this.#listeners]) listener();
  }
}

let shared: Ringer | undefined;

/** The ringer of this page: everything that rings shares it, so that the priorities hold. */
export function sharedRinger(): Ringer {
  return (shared ??= new Ringer());
}
