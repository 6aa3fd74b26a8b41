/**
 * The transcript of one session: an append-mostly list in chunks, so that appending the 10,000th line costs what the first did.
 */
import type { Party } from './party.js';
import type { OutcomeCode } from './outcome.js';

/**
 * State of one own message. Each is set only when the wire confirms it.
 *
 *     queued → sending → sent → delivered → read
 *                    ↘ failed → (retry, same id) → sending
 *
 * - `queued`: waits for acceptance or for the connection.
 * - `sending`: on the wire, no answer yet.
 * - `sent`: a relay or the peer's ringing device has it.
 * - `delivered`: it reached the peer's page (200).
 * - `read`: the peer saw it (RFC 5438 display notification).
 * - `failed`: `failure` says why; the text is kept.
 */
export type MessageState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** Why a message failed: an outcome, or what is wrong with the message itself. */
export type MessageFailure = OutcomeCode | 'too-long' | 'type-refused' | 'session-ended';

/** A line that someone wrote. */
export interface MessageEntry {
  readonly kind: 'message';
  readonly id: string;
  readonly from: Party;
  readonly own: boolean;
  readonly text: string;
  /** Display time, wall-clock ms: the sender's, bounded against wrong clocks. */
  readonly at: number;
  /** Own messages only. */
  readonly state?: MessageState;
  readonly failure?: MessageFailure;
}

/** What system lines can say; the words are in the strings table under `system.<code>`. */
export type SystemCode =
  | 'invited'
  | 'accepted'
  | 'resuming'
  | 'resumed'
  | 'earlier-not-kept'
  | 'joined'
  | 'left'
  | 'case-changed'
  | 'interaction-ended'
  | 'plain-text-only'
  | 'page-mode'
  | `ended.${OutcomeCode}`;

/** A line that says what happened. */
export interface SystemEntry {
  readonly kind: 'system';
  readonly id: string;
  readonly code: SystemCode;
  readonly at: number;
  /** Who did it, where somebody did. */
  readonly by?: Party;
  /** Whether that was this agent. */
  readonly own?: boolean;
  /** Words that came with it. */
  readonly text?: string;
}

/** One line. */
export type TranscriptEntry = MessageEntry | SystemEntry;

/** Lines in chunks of at most `CHUNK`; only the last may be shorter. */
export interface Transcript {
  readonly count: number;
  readonly chunks: readonly (readonly TranscriptEntry[])[];
}

/** Lines per chunk: small enough to copy at each append, large enough to keep the list of chunks short. */
export const CHUNK = 64;

/** Nothing said yet. */
export const EMPTY_TRANSCRIPT: Transcript = Object.freeze({ count: 0, chunks: Object.freeze([]) });

/** A transcript with one more line. */
export function append(transcript: Transcript, entry: TranscriptEntry): Transcript {
  const { chunks, count } = transcript;
  const last = chunks.at(-1);
  if (!last || last.length === CHUNK) return { count: count + 1, chunks: [...chunks, [entry]] };
  return { count: count + 1, chunks: [...chunks.slice(0, -1), [...last, entry]] };
}

/** The ids of full chunks: those never change, and a flood of lines must not make each of them be read again for each new one. */
const IDS = new WeakMap<readonly TranscriptEntry[], ReadonlySet<string>>();

/** Place of the line `id` in a chunk; -1 where it is not in it. */
function placeIn(chunk: readonly TranscriptEntry[], id: string): number {
  if (chunk.length === CHUNK) {
    const ids = IDS.get(chunk) ?? new Set(chunk.map((entry) => entry.id));
    IDS.set(chunk, ids);
    if (!ids.has(id)) return -1;
  }
  return chunk.findIndex((entry) => entry.id === id);
}

/** A transcript in which the line `id` is replaced; searched from the newest. Unchanged where there is none. */
export function replace(transcript: Transcript, id: string, change: (entry: TranscriptEntry) => TranscriptEntry): Transcript {
  for (let c = transcript.chunks.length - 1; c >= 0; c -= 1) {
    const chunk = transcript.chunks[c] ?? [];
    const at = placeIn(chunk, id);
    const entry = chunk[at];
    if (!entry) continue;
    const next = change(entry);
    if (next === entry) return transcript;
    return { count: transcript.count, chunks: transcript.chunks.with(c, chunk.with(at, next)) };
  }
  return transcript;
}

/** The line `id`, searched from the newest. */
export function find(transcript: Transcript, id: string): TranscriptEntry | undefined {
  for (let c = transcript.chunks.length - 1; c >= 0; c -= 1) {
    const chunk = transcript.chunks[c] ?? [];
    const entry = chunk[placeIn(chunk, id)];
    if (entry) return entry;
  }
  return undefined;
}

/** Every line, oldest first. */
export function* entries(transcript: Transcript): IterableIterator<TranscriptEntry> {
  for (const chunk of transcript.chunks) yield* chunk;
}
