/** The sound of calls stays in the tab where the person clicked, while the leader signals: requests go there, replies and news come back. */
import type { MediaNews, MediaPlace, MediaPort, MediaReply, MediaRequest } from '../domain/call-media.js';
import { ServiceError } from '../service-error.js';
import { answerOf, errorFrom } from './errands.js';
import type { TabLine } from './tab-line.js';
import type { FollowerMessage, LeaderMessage } from './tab-message.js';

type ReplyMessage = Extract<FollowerMessage, { type: 'sound-reply' }>;
type AskMessage = Extract<LeaderMessage, { type: 'sound-ask' }>;

interface Waiting {
  readonly tab: string;
  readonly resolve: (reply: MediaReply) => void;
  readonly reject: (error: ServiceError) => void;
}

/** What the leader's sound needs. */
export interface SharedSoundOptions {
  /** This tab's own. */
  readonly own: MediaPort;
  readonly line: TabLine;
  readonly term: number;
  readonly newId: () => string;
  readonly isThere: (tab: string) => boolean;
}

/** The leader's way to the sound, in whichever tab it is. */
export class SharedSound implements MediaPort {
  readonly #options: SharedSoundOptions;
  readonly #waiting = new Map<string, Waiting>();
  #listener: (news: MediaNews) => void = () => undefined;

  constructor(options: SharedSoundOptions) {
    this.#options = options;
  }

  ask(place: MediaPlace, request: MediaRequest): Promise<MediaReply> {
    const { own, line, term, newId, isThere } = this.#options;
    const { tab } = place;
    if (tab === undefined || tab === line.self) return own.ask(place, request);
    if (!isThere(tab)) return Promise.reject(gone());
    const id = newId();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { tab, resolve, reject });
      line.say({ type: 'sound-ask', from: line.self, to: tab, term, id, place, request });
    });
  }

  listen(listener: (news: MediaNews) => void): void {
    this.#listener = listener;
    this.#options.own.listen(listener);
  }

  /** News of another tab's sound. */
  news(news: MediaNews): void {
    this.#listener(news);
  }

  /** A tab has answered. */
  settle({ from, id, reply, error }: ReplyMessage): void {
    const waiting = this.#waiting.get(id);
    if (waiting?.tab !== from) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(errorFrom(error));
    else waiting.resolve(reply ?? {});
  }

  /** A tab is gone, and its sound with it; all of them where none is named. */
  lose(tab?: string): void {
    for (const [id, waiting] of [...this.#waiting]) {
      if (tab !== undefined && waiting.tab !== tab) continue;
      this.#waiting.delete(id);
      waiting.reject(gone());
    }
  }
}

/** Does what the leader asks of this tab's sound. */
export async function doForLeader(own: MediaPort | undefined, line: TabLine, { id, place, request }: AskMessage): Promise<void> {
  const reply = { type: 'sound-reply', from: line.self, id } as const;
  try {
    if (!own) throw gone();
    line.say({ ...reply, reply: await own.ask(place, request) });
  } catch (error) {
    const told = answerOf(error, false);
    line.say({ ...reply, ...(told ? { error: told } : {}) });
  }
}

function gone(): ServiceError {
  return new ServiceError('media', 'The tab that had the sound of the call is gone. Start the call again.');
}
