/**
 * Sound to and from one party: one peer connection with one line of audio. Whatever else the peer offers is refused; nothing is recorded.
 *
 *     idle ── offer ──▶ offered ── settle ──▶ settled ── offer ──▶ offered …
 *     idle ── answer ─────────────────────▶ settled        offered ── rollback, or the peer's offer ──▶ as before
 *
 * What is sent changes with what was settled, never with what was only offered.
 */
import type { MediaNews, MediaReply, MediaRequest } from '../domain/call-media.js';
import type { CallTrouble } from '../domain/call.js';
import type { Environment, MediaPlatform } from '../environment.js';
import type { ServiceConfig } from '../service-config.js';
import { ServiceError } from '../service-error.js';
import { Gathering } from './gathering.js';
import { troubleOf, type Microphone, type MicrophoneUser } from './microphone.js';

/** Milliseconds of a tone and of the pause after it. */
const TONE = 120;
const TONE_GAP = 80;

/** The ways that sound may take: the servers that help, and whether it goes through them alone. */
export type Ways = Pick<ServiceConfig, 'iceServers' | 'relayOnly'>;

/** @throws ServiceError `configuration` where the browser cannot use the servers */
function connect(platform: MediaPlatform, { iceServers, relayOnly }: Ways): RTCPeerConnection {
  try {
    return platform.connect({
      iceServers: [...iceServers],
      bundlePolicy: 'max-bundle',
      ...(relayOnly ? { iceTransportPolicy: 'relay' } : {}),
    });
  } catch (cause) {
    const advice = 'Give addresses that begin with stun:, turn: or turns:, and TURN servers with username and credential in iceServerList.';
    throw new ServiceError(
      'configuration',
      `The browser cannot use the servers of ice-servers: ${cause instanceof Error ? cause.message : 'no reason given'}. ${advice}`,
      { cause },
    );
  }
}

/** What a session is made of. */
export interface MediaSessionOptions {
  readonly mediaId: string;
  readonly environment: Environment;
  readonly platform: MediaPlatform;
  readonly ways: Ways;
  readonly microphone: Microphone;
  /** The chosen speaker; empty for the system's default. */
  readonly speaker: string;
  tell(news: MediaNews): void;
}

type RequestOf<T extends MediaRequest['type']> = Extract<MediaRequest, { type: T }>;

const WAYS: Readonly<Partial<Record<RTCPeerConnectionState, NonNullable<MediaNews['way']>>>> = {
  connected: 'open',
  disconnected: 'interrupted',
  failed: 'failed',
};

/** See the head of the file. */
export class MediaSession implements MicrophoneUser {
  readonly mediaId: string;
  /** Called when the own voice comes over another track. */
  onOwnTrack: (() => void) | undefined;
  readonly #options: MediaSessionOptions;
  readonly #connection: RTCPeerConnection;
  readonly #gathering: Gathering;
  readonly #audio: HTMLAudioElement;
  #transceiver: RTCRtpTransceiver | undefined;
  #track: MediaStreamTrack | undefined;
  /** What the peer hears in place of the microphone: the mix of a conference. */
  #mix: MediaStreamTrack | undefined;
  #held = false;
  #offeredHeld = false;
  #muted = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: MediaSessionOptions) {
    this.#options = options;
    this.mediaId = options.mediaId;
    const { environment, platform, ways } = options;
    this.#audio = platform.createAudio();
    this.#connection = connect(platform, ways);
    this.#gathering = new Gathering(this.#connection, environment);
    this.#connection.ontrack = ({ track }) => this.#play(track);
    this.#connection.onconnectionstatechange = () => this.#tellWay();
    void this.useSpeaker(options.speaker);
  }

  /** The peer's voice, as soon as there is one. */
  get remote(): MediaStreamTrack | undefined {
    return this.#transceiver?.receiver.track;
  }

  /** The own voice: muted with the session. */
  get own(): MediaStreamTrack | undefined {
    return this.#track;
  }

  /** The peer connection's figures: packets, losses, delay. */
  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  /** The description to offer, or the microphone's trouble. */
  offer({ held, restart = false }: RequestOf<'offer'>): Promise<MediaReply> {
    return this.#next(async () => {
      const track = await this.#open();
      if (typeof track === 'string') return { trouble: track };
      this.#transceiver ??= this.#connection.addTransceiver(track, { direction: 'sendrecv' });
      this.#offeredHeld = held;
      this.#direct(held);
      await this.#connection.setLocalDescription(await this.#connection.createOffer({ iceRestart: restart }));
      return { sdp: await this.#gathering.description() };
    });
  }

  /** The answer to the peer's offer. An own offer that is not settled is taken back by the browser (JSEP, 4.1.8.2). */
  answer({ sdp }: RequestOf<'answer'>): Promise<MediaReply> {
    return this.#next(async () => {
      const track = await this.#open();
      if (typeof track === 'string') return { trouble: track };
      await this.#connection.setRemoteDescription({ type: 'offer', sdp });
      this.#takeAudioOnly();
      this.#direct(this.#held);
      await this.#send();
      await this.#connection.setLocalDescription(await this.#connection.createAnswer());
      return { sdp: await this.#gathering.description(), heldByPeer: this.#isHeldByPeer() };
    });
  }

  /** The peer's answer: what was offered holds. */
  settle({ sdp }: RequestOf<'settle'>): Promise<MediaReply> {
    return this.#next(async () => {
      await this.#connection.setRemoteDescription({ type: 'answer', sdp });
      this.#held = this.#offeredHeld;
      this.#audio.muted = this.#held;
      await this.#send();
      // A restart over a way that never closed, to the browser's mind, is no change that it would tell.
      if (this.#connection.connectionState === 'connected') this.#tellWay();
      return { heldByPeer: this.#isHeldByPeer() };
    });
  }

  /** What held before the last offer holds. */
  rollback(): Promise<MediaReply> {
    return this.#next(async () => {
      if (this.#connection.signalingState === 'have-local-offer') await this.#connection.setLocalDescription({ type: 'rollback' });
      this.#direct(this.#held);
      return {};
    });
  }

  /** Silences the own voice, at once. */
  mute(muted: boolean): MediaReply {
    this.#muted = muted;
    if (this.#track) this.#track.enabled = !muted;
    return {};
  }

  /** Tones behind those that still sound (RFC 4733). */
  tones(tones: string): MediaReply {
    const sender = this.#transceiver?.sender.dtmf;
    if (!sender?.canInsertDTMF) return { sent: false };
    sender.insertDTMF(sender.toneBuffer + tones, TONE, TONE_GAP);
    return { sent: true };
  }

  /** The peer hears this instead of the microphone; the microphone again where it is undefined. */
  async sendMix(mix: MediaStreamTrack | undefined): Promise<void> {
    this.#mix = mix;
    await this.#send();
  }

  /** Tries to make the peer audible; from a click the browser lets it. */
  async allowSound(): Promise<void> {
    try {
      await this.#audio.play();
      this.troubled(null);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.troubled('autoplay-blocked');
    }
  }

  /** Sends the peer's voice to another speaker, where the browser can. */
  async useSpeaker(deviceId: string): Promise<void> {
    if ('setSinkId' in this.#audio && (deviceId || this.#audio.sinkId)) await this.#audio.setSinkId(deviceId);
  }

  replaced(track: MediaStreamTrack): void {
    this.#track = track;
    track.enabled = !this.#muted;
    this.onOwnTrack?.();
    void this.#next(() => this.#send());
  }

  troubled(trouble: CallTrouble | null): void {
    this.#options.tell({ mediaId: this.mediaId, trouble });
  }

  /** Ends it; the microphone is given back. */
  close(): void {
    this.#connection.ontrack = null;
    this.#connection.onconnectionstatechange = null;
    this.#connection.close();
    this.#audio.pause();
    this.#audio.srcObject = null;
    this.#options.microphone.give(this);
    this.#track = undefined;
  }

  /** One after the other: the browser's own order of descriptions is none that two callers could share. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work).catch((cause: unknown) => {
      throw new ServiceError('media', 'The browser could not set up the sound. End the call and try again.', { cause });
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #open(): Promise<MediaStreamTrack | CallTrouble> {
    if (this.#track) return this.#track;
    try {
      this.#track = await this.#options.microphone.take(this);
      this.#track.enabled = !this.#muted;
      return this.#track;
    } catch (error) {
      return troubleOf(error);
    }
  }

  #direct(held: boolean): void {
    if (this.#transceiver) this.#transceiver.direction = held ? 'sendonly' : 'sendrecv';
  }

  /** The first line of audio is ours; any other line is refused. */
  #takeAudioOnly(): void {
    const all = this.#connection.getTransceivers();
    const ours = this.#transceiver ?? all.find(({ receiver }) => receiver.track.kind === 'audio');
    if (!ours) throw new ServiceError('unsupported', 'The other side offers no audio.');
    this.#transceiver = ours;
    for (const other of all) if (other !== ours && other.direction !== 'stopped') other.stop();
  }

  async #send(): Promise<void> {
    const sender = this.#transceiver?.sender;
    const track = this.#held ? null : (this.#mix ?? this.#track ?? null);
    if (sender && sender.track !== track && this.#connection.signalingState !== 'closed') await sender.replaceTrack(track);
  }

  #isHeldByPeer(): boolean {
    return !/send/.test(this.#transceiver?.currentDirection ?? 'sendrecv');
  }

  #tellWay(): void {
    const way = WAYS[this.#connection.connectionState];
    if (way) this.#options.tell({ mediaId: this.mediaId, way });
  }

  #play(track: MediaStreamTrack): void {
    this.#audio.srcObject = new MediaStream([track]);
    void this.allowSound();
  }
}
