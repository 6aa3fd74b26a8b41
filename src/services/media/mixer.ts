/**
 * Mixes a conference in this tab: every party hears the agent and every other party, never itself. Loaded when the first conference is made.
 *
 *     own voice ─┬──────────────▶ to A        A's voice ─┬─▶ to B
 *                └──────────────▶ to B        B's voice ─┴─▶ to A      (and both to the agent, by their own audio elements)
 */
import type { MediaPlatform } from '../environment.js';
import { ServiceError } from '../service-error.js';
import type { MediaSession } from './media-session.js';

/** One party in the mix. */
interface Member {
  /** What the party hears. */
  readonly out: MediaStreamAudioDestinationNode;
  /** What the party says. */
  readonly voice: MediaStreamAudioSourceNode;
  /** The agent's voice, as muted toward this party. */
  own: MediaStreamAudioSourceNode | undefined;
}

/** Milliseconds in which the browser must start the mix. */
const START_LIMIT = 3000;

/** See the head of the file. */
export class Mixer {
  readonly #platform: MediaPlatform;
  readonly #members = new Map<MediaSession, Member>();
  #context: AudioContext | undefined;

  constructor(platform: MediaPlatform) {
    this.#platform = platform;
  }

  /**
   * These hear each other from now on, and whoever is in already.
   * @throws ServiceError `media` where the browser cannot mix
   */
  async join(sessions: readonly MediaSession[]): Promise<void> {
    const context = await this.#start();
    for (const session of sessions) if (!this.#members.has(session)) this.#add(context, session);
    await Promise.all([...this.#members].map(([session, { out }]) => session.sendMix(out.stream.getAudioTracks()[0])));
  }

  /** One hears the agent alone again; where one is left, there is no conference any more. */
  leave(session: MediaSession): void {
    this.#remove(session);
    const [last] = this.#members.keys();
    if (this.#members.size === 1 && last) this.#remove(last);
    if (this.#members.size > 0) return;
    void this.#context?.close();
    this.#context = undefined;
  }

  async #start(): Promise<AudioContext> {
    const context = (this.#context ??= this.#platform.createContext());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, START_LIMIT)));
    await Promise.race([context.resume(), limit]);
    clearTimeout(timer);
    if (context.state === 'running') return context;
    this.#context = undefined;
    void context.close();
    throw new ServiceError('media', 'The browser could not mix the conference. Click into the page, then try again.');
  }

  #add(context: AudioContext, session: MediaSession): void {
    const { remote } = session;
    if (!remote) return;
    const member: Member = {
      out: context.createMediaStreamDestination(),
      voice: context.createMediaStreamSource(new MediaStream([remote])),
      own: undefined,
    };
    for (const other of this.#members.values()) {
      other.voice.connect(member.out);
      member.voice.connect(other.out);
    }
    this.#members.set(session, member);
    this.#connectOwn(context, session, member);
    session.onOwnTrack = () => this.#connectOwn(context, session, member);
  }

  /** The agent's voice; again after another microphone was chosen. */
  #connectOwn(context: AudioContext, session: MediaSession, member: Member): void {
    member.own?.disconnect();
    member.own = session.own && context.createMediaStreamSource(new MediaStream([session.own]));
    member.own?.connect(member.out);
  }

  #remove(session: MediaSession): void {
    const member = this.#members.get(session);
    if (!member) return;
    this.#members.delete(session);
    session.onOwnTrack = undefined;
    member.voice.disconnect();
    member.own?.disconnect();
    for (const other of this.#members.values()) other.voice.disconnect(member.out);
    void session.sendMix(undefined);
  }
}
