/** The sound of this tab, whose code is loaded with the first call. */
import type { MediaNews, MediaPort } from '../domain/call-media.js';
import type { Environment, MediaPlatform } from '../environment.js';
import type { LocalMedia } from '../media/local-media.js';
import type { Ways } from '../media/media-session.js';
import { ServiceError } from '../service-error.js';
import type { CallSound } from '../sip-service.js';
import { openMediaChannel, RemoteMedia, serveMedia } from './remote-media.js';

/** The way to the sound, for the engine and for elements. */
export interface TabSound {
  readonly port: MediaPort;
  readonly commands: CallSound;
  /** Lets the tab that has the engine use the sound of this one: before a call is made or answered here. */
  share(): void;
}

/** Makes it; nothing is loaded, and no microphone opened, before a call needs it. */
export function createTabSound(
  environment: Environment,
  platform: MediaPlatform,
  { tab, ways }: { tab: string; ways: () => Ways },
): TabSound {
  let tell: (news: MediaNews) => void = () => undefined;
  let media: LocalMedia | undefined;
  let loading: Promise<LocalMedia> | undefined;
  let tellOthers: ((news: MediaNews) => void) | undefined;
  const others = new Map<string, RemoteMedia>();
  /** The sound of another tab. */
  const remote = (other: string): RemoteMedia | undefined => {
    const channel = others.has(other) ? undefined : openMediaChannel(environment, other);
    if (channel) others.set(other, new RemoteMedia(environment, channel, (news) => tell(news)));
    return others.get(other);
  };
  const load = async (): Promise<LocalMedia> => {
    const { createLocalMedia } = await import('../media/local-media.js');
    media = createLocalMedia({ environment, platform, ways });
    media.listen((news) => {
      tell(news);
      tellOthers?.(news);
    });
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
    share() {
      const channel = tellOthers ? undefined : openMediaChannel(environment, tab);
      if (channel) tellOthers = serveMedia(channel, async (place, request) => (await loaded()).ask(place, request));
    },
    port: {
      ask: async (place, request) => {
        const elsewhere = place.tab !== undefined && place.tab !== tab ? remote(place.tab) : undefined;
        return elsewhere ? elsewhere.ask(place.mediaId, request) : (await loaded()).ask(place, request);
      },
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
