/** Checks of slices that come from another tab or out of storage: one entry for each kind of `SharedSlices`. */
import type { SharedSlices } from '../../domain/slices.js';
import { CHUNK, type MessageEntry, type SystemEntry, type Transcript } from '../../domain/transcript.js';
import { call } from './call.js';
import { count, flag, list, maybe, name, number, shape, text, variant, type Check } from './check.js';
import {
  account,
  channels,
  connection,
  messageFailure,
  messageState,
  notices,
  party,
  presence,
  session,
  sessionCase,
  systemCode,
} from './parts.js';

/** A slice with its key. */
export type Slice = readonly [key: keyof SharedSlices & string, value: unknown];

/** The part of a key before its colon. */
type Kind<K> = K extends `${infer P}:${string}` ? P : K;

/** A line of a transcript. */
export const entry = variant<'message' | 'system'>('kind', {
  message: shape<MessageEntry>({
    kind: name,
    id: name,
    from: party,
    own: flag,
    text,
    at: number,
    state: maybe(messageState),
    failure: maybe(messageFailure),
  }),
  system: shape<SystemEntry>({ kind: name, id: name, code: systemCode, at: number, by: maybe(party), own: maybe(flag), text: maybe(text) }),
});

/** A transcript, or a run of its chunks. */
const transcript = shape<Transcript>({ count, chunks: list(list(entry, CHUNK), 100_000) });

const SLICES: Readonly<Record<Kind<keyof SharedSlices & string>, Check>> = {
  connection,
  account,
  channels,
  notices,
  sessions: list(name),
  calls: list(name),
  session,
  transcript,
  typing: list(party),
  case: sessionCase,
  invitation: text,
  presence,
  call,
};

/** Whether a value is a slice with its key. */
export function isSlice(value: unknown): value is Slice {
  if (!Array.isArray(value) || value.length !== 2 || !name(value[0])) return false;
  const [key, content] = value as [string, unknown];
  const kind = key.includes(':') ? key.slice(0, key.indexOf(':')) : key;
  return Object.hasOwn(SLICES, kind) && SLICES[kind as keyof typeof SLICES](content);
}
