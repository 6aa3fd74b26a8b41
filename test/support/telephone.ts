/** The microphone and speaker of one agent under test: a tone of their own goes in, and what comes out is measured. */
import { browserEnvironment, type Environment, type MediaPlatform } from '../../src/services/index.js';
import { testNetwork, type OpenSocket, type TestNetwork } from './network.js';

/** Milliseconds that sound may take to be heard or to stop. */
const LIMIT = 40_000;
/** Milliseconds between two looks. */
const LOOK = 50;
/** Looks in a row that must find it quiet: an ear that has just been made hears nothing at all. */
const QUIET_LOOKS = 12;
const FFT = 4096;
/** Decibels of full scale above which a tone counts as heard. */
const AUDIBLE = -70;
/** Energy between two looks (RMS² × seconds) that counts as silence. */
const QUIET = 1e-6;

let shared: AudioContext | undefined;
/** One context for all: browsers give a page few. */
function context(): AudioContext {
  shared ??= new AudioContext();
  return shared;
}

let running: Promise<boolean> | undefined;
/**
 * Whether tones can be made and told apart here: Firefox runs no audio context on a machine without a sound device. There the browser's own
 * fake microphone is used, and what is heard is the energy that comes in.
 */
export function knowsTones(): Promise<boolean> {
  running ??= Promise.race([
    context()
      .resume()
      .then(() => context().state === 'running'),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2000)),
  ]);
  return running;
}

/** Packets of all connections so far. */
export interface Packets {
  readonly sent: number;
  readonly received: number;
}

/** One agent's telephone. */
export interface Telephone {
  readonly network: TestNetwork;
  /** Hz of the own voice. */
  readonly tone: number;
  readonly connections: readonly RTCPeerConnection[];
  /** What the browser says when the microphone is asked for, from now on; undefined lets it be opened. */
  refuse(error: DOMException | undefined): void;
  /** Waits until no microphone and no connection is open. */
  isSilent(): Promise<void>;
  packets(): Promise<Packets>;
  /** Waits until this tone is heard. */
  hears(tone: number): Promise<void>;
  /** Waits until this tone is heard no more. */
  hearsNot(tone: number): Promise<void>;
  /** Waits until `count` more packets have come. */
  receives(count?: number): Promise<void>;
}

async function waitFor(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + LIMIT;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

/** The live voices that come from others. */
function incoming(connections: readonly RTCPeerConnection[]): MediaStreamTrack[] {
  const open = connections.filter(({ connectionState }) => connectionState !== 'closed');
  return open
    .flatMap((one) => one.getReceivers().map(({ track }) => track))
    .filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live');
}

/** Figures of a connection; none where it is closed meanwhile: Firefox then never answers. */
async function statsOf(connection: RTCPeerConnection): Promise<Record<string, unknown>[]> {
  const none = new Promise<undefined>((resolve) => setTimeout(resolve, 1000));
  const report = await Promise.race([connection.getStats(), none]);
  return report ? ([...report.values()] as Record<string, unknown>[]) : [];
}

/** Whether energy came in since the last look. */
function energy(connections: readonly RTCPeerConnection[]): () => Promise<boolean> {
  let before: number | undefined;
  return async () => {
    let sum = 0;
    for (const one of connections) {
      if (one.connectionState === 'closed') continue;
      for (const report of await statsOf(one)) {
        if (report['type'] === 'inbound-rtp') sum += Number(report['totalAudioEnergy'] ?? 0);
      }
    }
    const grew = before !== undefined && sum - before > QUIET;
    before = sum;
    return grew;
  };
}

/** Measures tracks, each by an analyser of its own. */
class Ear {
  readonly #ears = new Map<MediaStreamTrack, AnalyserNode>();

  /** Decibels of a tone, in the loudest track. */
  level(tracks: readonly MediaStreamTrack[], tone: number): number {
    return Math.max(-Infinity, ...tracks.map((track) => this.#measure(this.#ear(track), tone)));
  }

  #ear(track: MediaStreamTrack): AnalyserNode {
    const known = this.#ears.get(track);
    if (known) return known;
    const analyser = context().createAnalyser();
    analyser.fftSize = FFT;
    analyser.smoothingTimeConstant = 0;
    context()
      .createMediaStreamSource(new MediaStream([track]))
      .connect(analyser);
    this.#ears.set(track, analyser);
    return analyser;
  }

  #measure(analyser: AnalyserNode, tone: number): number {
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const at = Math.round((tone * FFT) / context().sampleRate);
    return Math.max(...bins.slice(at - 2, at + 3));
  }
}

/** Makes a telephone whose microphone gives a tone. */
export function telephone(tone: number, open?: OpenSocket): Telephone {
  const connections: RTCPeerConnection[] = [];
  const tracks = new Set<MediaStreamTrack>();
  const ear = new Ear();
  let refusal: DOMException | undefined;
  const platform: MediaPlatform = {
    ...browserMedia(),
    openMicrophone: async () => {
      if (refusal) throw refusal;
      if (!(await knowsTones())) {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        stream.getTracks().forEach((track) => tracks.add(track));
        return stream;
      }
      const oscillator = context().createOscillator();
      oscillator.frequency.value = tone;
      const gain = context().createGain();
      gain.gain.value = 0.3;
      const out = context().createMediaStreamDestination();
      oscillator.connect(gain).connect(out);
      oscillator.start();
      out.stream.getTracks().forEach((track) => tracks.add(track));
      return out.stream;
    },
    connect: (configuration) => {
      const connection = new RTCPeerConnection(configuration);
      connections.push(connection);
      return connection;
    },
    createAudio: () => {
      const audio = new Audio();
      // Measured, not heard: several agents share this page.
      audio.volume = 0;
      return audio;
    },
  };
  const network = testNetwork(open);
  const withMedia: Environment = { ...network.environment, media: platform };
  const packets = async (): Promise<Packets> => {
    let [sent, received] = [0, 0];
    for (const one of connections) {
      if (one.connectionState === 'closed') continue;
      for (const report of await statsOf(one)) {
        if (report['type'] === 'outbound-rtp') sent += Number(report['packetsSent'] ?? 0);
        if (report['type'] === 'inbound-rtp') received += Number(report['packetsReceived'] ?? 0);
      }
    }
    return { sent, received };
  };
  return {
    network: { ...network, environment: withMedia },
    tone,
    connections,
    refuse: (error) => (refusal = error),
    isSilent: () =>
      waitFor(
        'closed microphone and connections',
        () =>
          [...tracks].every(({ readyState }) => readyState === 'ended') &&
          connections.every(({ connectionState }) => connectionState === 'closed'),
      ),
    packets,
    hears: async (other) => {
      const heard = (await knowsTones()) ? () => ear.level(incoming(connections), other) > AUDIBLE : energy(connections);
      await waitFor(`a tone of ${other} Hz at ${tone}`, heard);
    },
    hearsNot: async (other) => {
      const heard = (await knowsTones()) ? () => ear.level(incoming(connections), other) > AUDIBLE : energy(connections);
      let quiet = 0;
      await waitFor(`no tone of ${other} Hz at ${tone}`, async () => {
        quiet = (await heard()) ? 0 : quiet + 1;
        return quiet >= QUIET_LOOKS;
      });
    },
    receives: async (count = 20) => {
      const before = (await packets()).received;
      await waitFor(`${count} packets`, async () => (await packets()).received >= before + count);
    },
  };
}

function browserMedia(): MediaPlatform {
  const { media } = browserEnvironment();
  if (!media) throw new Error('This browser has no WebRTC, or the page is no secure context.');
  return media;
}
