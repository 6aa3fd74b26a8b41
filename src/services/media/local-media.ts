/** The sound of the calls whose media are in this tab. Loaded when the first call is made or answered. */
import type { MediaNews, MediaPlace, MediaPort, MediaReply, MediaRequest } from '../domain/call-media.js';
import type { Environment, MediaPlatform } from '../environment.js';
import { ServiceError } from '../service-error.js';
import { MediaSession, type Ways } from './media-session.js';
import { Microphone } from './microphone.js';
import type { Mixer } from './mixer.js';

/** A microphone or speaker that can be chosen. */
export interface AudioDevice {
  readonly id: string;
  readonly label: string;
}

/** What can be chosen, and what is. An empty id is the system's default. */
export interface AudioDevices {
  readonly microphones: readonly AudioDevice[];
  /** Empty where the browser has no choice of speakers. */
  readonly speakers: readonly AudioDevice[];
  readonly microphone: string;
  readonly speaker: string;
}

/** What it needs. */
export interface LocalMediaOptions {
  readonly environment: Environment;
  readonly platform: MediaPlatform;
  /** The ways that sound may take, asked at each call. */
  ways(): Ways;
}

/** Makes it: what the service loads on first use. */
export function createLocalMedia(options: LocalMediaOptions): LocalMedia {
  return new LocalMedia(options);
}

/** The call that a session of media belongs to. */
const callOf = (mediaId: string): string => mediaId.split('/', 1)[0] ?? mediaId;

/** See the head of the file. */
export class LocalMedia implements MediaPort {
  readonly #options: LocalMediaOptions;
  readonly #microphone: Microphone;
  readonly #sessions = new Map<string, MediaSession>();
  #tell: (news: MediaNews) => void = () => undefined;
  #speaker = '';
  #conference: Mixer | undefined;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    this.#microphone = new Microphone(options.platform);
  }

  listen(listener: (news: MediaNews) => void): void {
    this.#tell = listener;
  }

  async ask({ mediaId }: MediaPlace, request: MediaRequest): Promise<MediaReply> {
    if (request.type === 'close') return this.#close(mediaId);
    const known = this.#sessions.get(mediaId);
    const isFirst = request.type === 'offer' || request.type === 'answer';
    const session = known ?? (isFirst ? this.#make(mediaId) : undefined);
    if (!session) throw new ServiceError('media', 'The sound of this call is gone. End the call and try again.');
    switch (request.type) {
      case 'offer':
        return session.offer(request);
      case 'answer':
        return session.answer(request);
      case 'settle':
        return session.settle(request);
      case 'rollback':
        return session.rollback();
      case 'mute':
        return session.mute(request.muted);
      case 'tones':
        return session.tones(request.tones);
      case 'mix':
        return this.#mix(session, request.with);
    }
  }

  /** How loud the microphone is for a call, 0 to 1; 0 where its sound is not here. */
  level(callId: string): number {
    return this.session(callId) ? this.#microphone.level() : 0;
  }

  /** The newest session of a call. */
  session(callId: string): MediaSession | undefined {
    return [...this.#sessions.values()].findLast(({ mediaId }) => callOf(mediaId) === callId);
  }

  /** What can be chosen; names are known once the microphone was allowed. */
  async devices(): Promise<AudioDevices> {
    const all = await this.#options.platform.devices();
    const of = (kind: MediaDeviceKind): AudioDevice[] =>
      all.flatMap(({ kind: its, deviceId, label }) =>
        its === kind && deviceId && deviceId !== 'default' ? [{ id: deviceId, label }] : [],
      );
    return {
      microphones: of('audioinput'),
      speakers: of('audiooutput'),
      microphone: this.#microphone.deviceId,
      speaker: this.#speaker,
    };
  }

  /** Uses another microphone, for every call. @throws ServiceError `media` */
  async useMicrophone(deviceId: string): Promise<void> {
    await this.#microphone.use(deviceId).catch((cause: unknown) => {
      throw new ServiceError('media', 'This microphone cannot be used. Choose another one.', { cause });
    });
  }

  /** Uses another speaker, for every call. @throws ServiceError `media` */
  async useSpeaker(deviceId: string): Promise<void> {
    try {
      await Promise.all([...this.#sessions.values()].map((session) => session.useSpeaker(deviceId)));
      this.#speaker = deviceId;
    } catch (cause) {
      throw new ServiceError('media', 'This speaker cannot be used. Choose another one.', { cause });
    }
  }

  /** Everyone hears everyone else. The code for it, and the audio context, are there only while there is a conference. */
  async #mix(session: MediaSession, others: readonly string[]): Promise<MediaReply> {
    if (!others.length) {
      this.#conference?.leave(session);
      return {};
    }
    const { Mixer } = await import('./mixer.js');
    const members = [session, ...others.flatMap((id) => this.#sessions.get(id) ?? [])];
    if (members.length !== others.length + 1) throw new ServiceError('media', 'The sound of these calls is not in the same window.');
    this.#conference ??= new Mixer(this.#options.platform);
    await this.#conference.join(members);
    return {};
  }

  #make(mediaId: string): MediaSession {
    const { environment, platform, ways } = this.#options;
    const session = new MediaSession({
      mediaId,
      environment,
      platform,
      ways: ways(),
      microphone: this.#microphone,
      speaker: this.#speaker,
      tell: (news) => this.#heard(news),
    });
    this.#sessions.set(mediaId, session);
    return session;
  }

  /** Once a call's new way is open, an older one of the same call is over, whoever made it. */
  #heard(news: MediaNews): void {
    if (news.way === 'open') {
      const older = [...this.#sessions.keys()].filter((id) => callOf(id) === callOf(news.mediaId) && id !== news.mediaId);
      if (this.session(callOf(news.mediaId))?.mediaId === news.mediaId) for (const id of older) this.#close(id);
    }
    this.#tell(news);
  }

  #close(mediaId: string): MediaReply {
    const session = this.#sessions.get(mediaId);
    if (session) this.#conference?.leave(session);
    session?.close();
    this.#sessions.delete(mediaId);
    return {};
  }
}
