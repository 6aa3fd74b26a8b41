/**
 * Sound in another tab than the connection: the tab that has the engine asks the tab in which the person clicked, over a broadcast channel that is
 * named after that tab and known to nobody else. What comes over it is read like input from outside.
 *
 *     tab with the engine                 tab with the sound
 *        | ask {id, mediaId, request} ------> |
 *        | <------- reply {id, reply | error} |
 *        | <---------------------- news {…} - |
 */
import type { MediaNews, MediaPlace, MediaReply, MediaRequest } from '../domain/call-media.js';
import type { Environment, TabChannel } from '../environment.js';
import { isServiceError, ServiceError, type ServiceErrorCode } from '../service-error.js';

/** Milliseconds that a tab may take: a person may have to allow the microphone first. */
const LIMIT = 60_000;

const nameOf = (tab: string): string => `deskside/media/${tab}`;

type Told = { code: ServiceErrorCode; message: string };
type Message =
  | { readonly type: 'ask'; readonly id: string; readonly mediaId: string; readonly request: MediaRequest }
  | { readonly type: 'reply'; readonly id: string; readonly reply?: MediaReply; readonly error?: Told }
  | { readonly type: 'news'; readonly news: MediaNews };

const REQUESTS: ReadonlySet<string> = new Set([
  'offer',
  'answer',
  'settle',
  'rollback',
  'mute',
  'tones',
  'mix',
  'close',
] satisfies MediaRequest['type'][]);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function read(data: unknown): Message | undefined {
  if (typeof data !== 'string' || data.length > 200_000) return undefined;
  try {
    const value: unknown = JSON.parse(data);
    if (!isRecord(value)) return undefined;
    const { type, id, mediaId, request, news, reply, error } = value;
    const isAsk = type === 'ask' && typeof mediaId === 'string' && isRecord(request) && REQUESTS.has(String(request['type']));
    const isReply = type === 'reply' && (isRecord(reply) || isRecord(error));
    const isNews = type === 'news' && isRecord(news) && typeof news['mediaId'] === 'string';
    return isNews || (typeof id === 'string' && (isAsk || isReply)) ? (value as unknown as Message) : undefined;
  } catch {
    return undefined;
  }
}

/** Answers whoever asks for the sound of this tab. @returns tells of it what the tab tells by itself */
export function serveMedia(
  channel: TabChannel,
  ask: (place: MediaPlace, request: MediaRequest) => Promise<MediaReply>,
): (news: MediaNews) => void {
  const say = (message: Message): void => channel.postMessage(JSON.stringify(message));
  channel.addEventListener('message', ({ data }) => {
    const message = read(data);
    if (message?.type !== 'ask') return;
    const { id, mediaId, request } = message;
    ask({ mediaId }, request).then(
      (reply) => say({ type: 'reply', id, reply }),
      (error: unknown) => say({ type: 'reply', id, error: toldOf(error) }),
    );
  });
  return (news) => say({ type: 'news', news });
}

function toldOf(error: unknown): Told {
  return isServiceError(error)
    ? { code: error.code, message: error.message }
    : { code: 'media', message: 'The sound failed. End the call.' };
}

/** The sound of another tab, as the tab with the engine sees it. */
export class RemoteMedia {
  readonly #environment: Environment;
  readonly #channel: TabChannel;
  readonly #waiting = new Map<string, (message: Extract<Message, { type: 'reply' }>) => void>();

  constructor(environment: Environment, channel: TabChannel, tell: (news: MediaNews) => void) {
    this.#environment = environment;
    this.#channel = channel;
    channel.addEventListener('message', ({ data }) => {
      const message = read(data);
      if (message?.type === 'news') tell(message.news);
      else if (message?.type === 'reply') this.#waiting.get(message.id)?.(message);
    });
  }

  /** @throws ServiceError of that tab, or `media` where it is gone */
  ask(mediaId: string, request: MediaRequest): Promise<MediaReply> {
    const id = this.#environment.randomId();
    return new Promise((resolve, reject) => {
      const timer = this.#environment.setTimeout(() => {
        this.#waiting.delete(id);
        reject(new ServiceError('media', 'The window with the sound of this call does not answer. End the call.'));
      }, LIMIT);
      this.#waiting.set(id, ({ reply, error }) => {
        this.#waiting.delete(id);
        this.#environment.clearTimeout(timer);
        if (error) reject(new ServiceError(error.code, error.message));
        else resolve(reply ?? {});
      });
      this.#channel.postMessage(JSON.stringify({ type: 'ask', id, mediaId, request } satisfies Message));
    });
  }
}

/** Opens the channel of a tab; undefined where the browser has none. */
export function openMediaChannel(environment: Environment, tab: string): TabChannel | undefined {
  try {
    return environment.openChannel?.(nameOf(tab));
  } catch {
    return undefined;
  }
}
