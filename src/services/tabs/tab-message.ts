/**
 * What tabs say to each other. Everything goes as JSON text over one broadcast channel, heard by all; `to` names whom it is for. It is checked
 * like input from outside: whatever is no message of this list, or too long, is dropped.
 *
 *     follower                         leader
 *        | hello ------------------------> |
 *        | <--------- state (in parts) --- |   the whole snapshot, as of event `seq`
 *        | <-------------------- event --- |   seq + 1, + 2 …
 *        | ask --------------------------> |   a command
 *        | <------------------- answer --- |
 *        | ping -------------------------> |   when nothing was heard for a while
 *        | <--------------------- pong --- |
 */
import type { MediaNews, MediaPlace, MediaReply, MediaRequest } from '../domain/call-media.js';
import type { Command } from '../domain/commands.js';
import type { DomainEvent } from '../domain/events.js';
import { isInstanceId } from '../instance-id.js';
import { count, flag, list, maybe, name, shape, variant, type Check } from './schema/check.js';
import { isDomainEvent } from './schema/events.js';
import { errorShape } from './schema/parts.js';
import { isSlice, type Slice } from './schema/slices.js';
import { mediaNews, mediaPlace, mediaReply, mediaRequest } from './schema/sound.js';

/** Code and words of an error. */
export interface TabError {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
}

/** From a tab that follows. */
export type FollowerMessage =
  /** I am here: tell me how things stand. */
  | { readonly type: 'hello'; readonly from: string }
  /** I leave. */
  | { readonly type: 'bye'; readonly from: string }
  /** Is the leader alive? */
  | { readonly type: 'ping'; readonly from: string }
  /** Do this. `again`: it was asked of a leader before, who may have done it. */
  | { readonly type: 'ask'; readonly from: string; readonly id: string; readonly command: Command; readonly again: boolean }
  /** Events up to that one are shown here. */
  | { readonly type: 'has'; readonly from: string; readonly seq: number }
  /** What came of `sound-ask`. */
  | { readonly type: 'sound-reply'; readonly from: string; readonly id: string; readonly reply?: MediaReply; readonly error?: TabError }
  /** Something happened to the sound here. */
  | { readonly type: 'sound-news'; readonly from: string; readonly news: MediaNews };

/** From the leader. `term` counts leaders up: what comes from an older one no longer counts. */
export type LeaderMessage =
  | { readonly type: 'lead'; readonly from: string; readonly term: number; readonly instance: string }
  | {
      readonly type: 'state';
      readonly from: string;
      readonly to: string;
      readonly term: number;
      /** Events that are in it. */
      readonly seq: number;
      readonly instance: string;
      /** Number of this part, from 0, and whether it is the last. */
      readonly part: number;
      readonly last: boolean;
      readonly slices: readonly Slice[];
    }
  | { readonly type: 'event'; readonly from: string; readonly term: number; readonly seq: number; readonly event: DomainEvent }
  | { readonly type: 'error'; readonly from: string; readonly term: number; readonly error: TabError }
  /** Do this with the sound of a call that is yours. */
  | {
      readonly type: 'sound-ask';
      readonly from: string;
      readonly to: string;
      readonly term: number;
      readonly id: string;
      readonly place: MediaPlace;
      readonly request: MediaRequest;
    }
  | { readonly type: 'pong'; readonly from: string; readonly term: number; readonly seq: number }
  /** Say `has` once that event is shown. */
  | { readonly type: 'ask-whether'; readonly from: string; readonly to: string; readonly term: number; readonly seq: number }
  | {
      readonly type: 'answer';
      readonly from: string;
      readonly to: string;
      readonly term: number;
      readonly id: string;
      /** Absent where all is well. */
      readonly error?: TabError;
    };

/** Everything that is said. */
export type TabMessage = FollowerMessage | LeaderMessage;

type MessageOf<T extends TabMessage['type']> = Extract<TabMessage, { type: T }>;

/** Longest message, in UTF-16 units. The longest slice part is a chunk of 64 lines of 32 KiB. */
export const MAX_LENGTH = 8_000_000;

const FROM = { type: name, from: name };
const LED = { ...FROM, term: count };
const instance: Check = (value) => typeof value === 'string' && isInstanceId(value);
/** The engine reads the command itself, field by field. */
const command: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const MESSAGES: Readonly<Record<TabMessage['type'], Check>> = {
  hello: shape<MessageOf<'hello'>>(FROM),
  bye: shape<MessageOf<'bye'>>(FROM),
  ping: shape<MessageOf<'ping'>>(FROM),
  ask: shape<MessageOf<'ask'>>({ ...FROM, id: name, command, again: flag }),
  has: shape<MessageOf<'has'>>({ ...FROM, seq: count }),
  'sound-reply': shape<MessageOf<'sound-reply'>>({ ...FROM, id: name, reply: maybe(mediaReply), error: maybe(errorShape) }),
  'sound-news': shape<MessageOf<'sound-news'>>({ ...FROM, news: mediaNews }),
  'sound-ask': shape<MessageOf<'sound-ask'>>({ ...LED, to: name, id: name, place: mediaPlace, request: mediaRequest }),
  lead: shape<MessageOf<'lead'>>({ ...LED, instance }),
  state: shape<MessageOf<'state'>>({ ...LED, to: name, seq: count, instance, part: count, last: flag, slices: list(isSlice, 100_000) }),
  event: shape<MessageOf<'event'>>({ ...LED, seq: count, event: isDomainEvent }),
  error: shape<MessageOf<'error'>>({ ...LED, error: errorShape }),
  pong: shape<MessageOf<'pong'>>({ ...LED, seq: count }),
  'ask-whether': shape<MessageOf<'ask-whether'>>({ ...LED, to: name, seq: count }),
  answer: shape<MessageOf<'answer'>>({ ...LED, to: name, id: name, error: maybe(errorShape) }),
};
const isMessage = variant<TabMessage['type']>('type', MESSAGES);

/** Reads what came over the channel; undefined for what is no message. Never throws. */
export function readTabMessage(data: unknown): TabMessage | undefined {
  if (typeof data !== 'string' || data.length > MAX_LENGTH) return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return isMessage(value) ? (value as TabMessage) : undefined;
  } catch {
    return undefined;
  }
}
