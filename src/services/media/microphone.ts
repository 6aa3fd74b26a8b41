/** The one microphone of this tab, shared by its calls. It is open only while a call uses it. */
import type { CallTrouble } from '../domain/call.js';
import type { MediaPlatform } from '../environment.js';

/** What the browser's refusals mean (Media Capture and Streams, 10.2). */
const TROUBLES: Readonly<Record<string, CallTrouble>> = {
  NotAllowedError: 'microphone-refused',
  SecurityError: 'microphone-refused',
  NotFoundError: 'microphone-missing',
  OverconstrainedError: 'microphone-missing',
  NotReadableError: 'microphone-busy',
  AbortError: 'microphone-busy',
};

/** What that stands for which the agent can mend. */
export function troubleOf(error: unknown): CallTrouble {
  return (error instanceof DOMException ? TROUBLES[error.name] : undefined) ?? 'microphone-missing';
}

/** A user of the microphone. */
export interface MicrophoneUser {
  /** It has another track from now on: the device was changed. */
  replaced(track: MediaStreamTrack): void;
  /** The device is gone, and no other can be had; or, without trouble, there is one again. */
  troubled(trouble: CallTrouble | null): void;
}

/** See the head of the file. */
export class Microphone {
  readonly #platform: MediaPlatform;
  readonly #users = new Map<MicrophoneUser, MediaStreamTrack | undefined>();
  #stream: Promise<MediaStream> | undefined;
  #deviceId = '';
  #meter: { readonly context: AudioContext; readonly analyser: AnalyserNode } | undefined;

  constructor(platform: MediaPlatform) {
    this.#platform = platform;
  }

  /** The chosen device; empty for the system's default. */
  get deviceId(): string {
    return this.#deviceId;
  }

  /**
   * Opens it for a user, who gets a track of their own, to be muted alone.
   * @throws DOMException what the browser says
   */
  async take(user: MicrophoneUser): Promise<MediaStreamTrack> {
    this.#users.set(user, undefined);
    try {
      const [track] = (await this.#open()).getAudioTracks();
      if (!track || !this.#users.has(user)) throw new DOMException('No track', 'NotFoundError');
      const own = track.clone();
      this.#users.set(user, own);
      return own;
    } catch (error) {
      this.give(user);
      throw error;
    }
  }

  /** The user is done with it; the last one closes it. */
  give(user: MicrophoneUser): void {
    this.#users.get(user)?.stop();
    this.#users.delete(user);
    if (this.#users.size === 0) this.#close();
  }

  /**
   * Uses another device; calls that are up go over to it.
   * @throws DOMException what the browser says; the old device stays in use
   */
  async use(deviceId: string): Promise<void> {
    const before = this.#deviceId;
    this.#deviceId = deviceId;
    if (this.#users.size === 0) return;
    try {
      await this.#reopen();
    } catch (error) {
      this.#deviceId = before;
      throw error;
    }
  }

  /** How loud it is now, 0 to 1. Measured only while somebody asks. */
  level(): number {
    if (!this.#stream) return 0;
    this.#meter ??= this.#makeMeter();
    const samples = new Float32Array(this.#meter.analyser.fftSize);
    this.#meter.analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // Speech lies between −50 and −10 dB of full scale.
    return power > 0 ? Math.min(1, Math.max(0, (10 * Math.log10(power) + 55) / 45)) : 0;
  }

  #open(): Promise<MediaStream> {
    this.#stream ??= this.#platform.openMicrophone(this.#constraints()).then((stream) => this.#watch(stream));
    const opening = this.#stream;
    opening.catch(() => {
      if (this.#stream === opening) this.#stream = undefined;
    });
    return opening;
  }

  #constraints(): MediaTrackConstraints {
    const device = this.#deviceId ? { deviceId: { exact: this.#deviceId } } : {};
    return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...device };
  }

  /** A device that is unplugged ends its track: the system's default takes its place. */
  #watch(stream: MediaStream): MediaStream {
    stream.getAudioTracks()[0]?.addEventListener('ended', () => {
      this.#deviceId = '';
      void this.#reopen().catch((error: unknown) => {
        for (const user of this.#users.keys()) user.troubled(troubleOf(error));
      });
    });
    return stream;
  }

  async #reopen(): Promise<void> {
    const old = this.#stream;
    this.#stream = undefined;
    this.#closeMeter();
    const stream = await this.#open().catch((error: unknown) => {
      this.#stream = old;
      throw error;
    });
    for (const [user, track] of this.#users) {
      const fresh = stream.getAudioTracks()[0]?.clone();
      if (!fresh) continue;
      track?.stop();
      this.#users.set(user, fresh);
      user.replaced(fresh);
      user.troubled(null);
    }
    await stopAll(old);
  }

  #makeMeter(): { context: AudioContext; analyser: AnalyserNode } {
    const context = this.#platform.createContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    void this.#stream?.then(
      (stream) => context.state !== 'closed' && context.createMediaStreamSource(stream).connect(analyser),
      () => undefined,
    );
    return { context, analyser };
  }

  #closeMeter(): void {
    void this.#meter?.context.close();
    this.#meter = undefined;
  }

  #close(): void {
    this.#closeMeter();
    void stopAll(this.#stream);
    this.#stream = undefined;
  }
}

async function stopAll(stream: Promise<MediaStream> | undefined): Promise<void> {
  const opened = await stream?.catch(() => undefined);
  for (const track of opened?.getTracks() ?? []) track.stop();
}
