/** The sound of this tab, whose code is loaded with the first call. */
import type { MediaNews, MediaPort } from '../domain/call-media.js';
import type { Environment, MediaPlatform } from '../environment.js';
import type { LocalMedia } from '../media/local-media.js';
import { ServiceError } from '../service-error.js';
import type { CallSound } from '../sip-service.js';

/** The way to the sound, for the engine and for elements. */
export interface TabSound {
  readonly port: MediaPort;
  readonly commands: CallSound;
}

/** Makes it; nothing is loaded, and no microphone opened, before a call needs it. */
export function createTabSound(environment: Environment, platform: MediaPlatform, iceServers: () => readonly RTCIceServer[]): TabSound {
  let tell: (news: MediaNews) => void = () => undefined;
  let media: LocalMedia | undefined;
  let loading: Promise<LocalMedia> | undefined;
  const load = async (): Promise<LocalMedia> => {
    const { createLocalMedia } = await import('../media/local-media.js');
    media = createLocalMedia({ environment, platform, iceServers });
    media.listen((news) => tell(news));
    return media;
  };
  /** A load that failed is tried again with the next call. */
  const loaded = (): Promise<LocalMedia> => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new ServiceError('media', 'The code for calls could not be loaded. Check that its file is served beside the page.', { cause });
    });
    return loading;
  };
  return {
    port: {
      ask: async (place, request) => (await loaded()).ask(place, request),
      listen: (listener) => (tell = listener),
    },
    commands: {
      level: (callId) => media?.level(callId) ?? 0,
      isHere: (callId) => media?.session(callId) !== undefined,
      devices: async () => (await loaded()).devices(),
      useMicrophone: async (deviceId) => (await loaded()).useMicrophone(deviceId),
      useSpeaker: async (deviceId) => (await loaded()).useSpeaker(deviceId),
      allow: async (callId) => media?.session(callId)?.allowSound(),
    },
  };
}
