/** Reducers for messages. */
import type { MessageEvent } from './events.js';
import type { Change, ReadSlice, Reducers } from './reduce.js';
import { partyOf } from './party.js';
import {
  append,
  EMPTY_TRANSCRIPT,
  find,
  replace,
  type MessageEntry,
  type MessageState,
  type Transcript,
  type TranscriptEntry,
} from './transcript.js';

/** Appends lines; a system line gets its place as id, so that every tab makes the same. */
export function appendLines(transcript: Transcript, lines: readonly TranscriptEntry[]): Transcript {
  return lines.reduce((all, line) => append(all, line.kind === 'system' ? { ...line, id: `system-${all.count}` } : line), transcript);
}

/** The transcript with more lines, as a change; none where the session is gone. */
export function appended(read: ReadSlice, sessionId: string, ...lines: TranscriptEntry[]): readonly Change[] {
  if (!read(`session:${sessionId}`)) return [];
  return [[`transcript:${sessionId}`, appendLines(read(`transcript:${sessionId}`) ?? EMPTY_TRANSCRIPT, lines)]];
}

/** How far a message has come. A state word never goes back: a late `delivered` does not undo `read`. */
const RANK = { queued: 0, sending: 1, failed: 1, sent: 2, delivered: 3, read: 4 } as const;

/** Whether a message may go from one state to another. What a ringing device has may still fail, with its invitation; Retry sends it again. */
function mayFollow(before: MessageState, after: MessageState): boolean {
  return RANK[after] >= RANK[before] || (before === 'sent' && after === 'failed');
}

/** Reducers by event type. */
export const MESSAGE_REDUCERS: Reducers<MessageEvent['type']> = {
  'message-written': (read, { sessionId, id, text, at, state }) => {
    const from = read('account') ?? partyOf('');
    const line: MessageEntry = {
      kind: 'message',
      id,
      from: { address: from.address, name: from.name, user: from.user },
      own: true,
      text,
      at,
      state,
    };
    return appended(read, sessionId, line);
  },
  'message-state': (read, { sessionId, id, state, failure }) => {
    const before = read(`transcript:${sessionId}`);
    if (!before) return [];
    const after = replace(before, id, (entry) => {
      if (entry.kind !== 'message' || !entry.own || !mayFollow(entry.state ?? 'queued', state)) return entry;
      const { failure: _old, ...rest } = entry;
      return { ...rest, state, ...(failure ? { failure } : {}) };
    });
    return after === before ? [] : [[`transcript:${sessionId}`, after]];
  },
  'message-received': (read, { sessionId, id, from, text, sentAt }) => {
    const session = read(`session:${sessionId}`);
    if (!session || find(read(`transcript:${sessionId}`) ?? EMPTY_TRANSCRIPT, id)) return [];
    const typing = (read(`typing:${sessionId}`) ?? []).filter((party) => party.address !== from.address);
    return [
      ...appended(read, sessionId, { kind: 'message', id, from, own: false, text, at: sentAt }),
      [`session:${sessionId}`, { ...session, unread: session.unread + 1 }],
      [`typing:${sessionId}`, typing],
    ];
  },
};
