/** Sessions and lines for element tests: Kate's desk, with John and others at the other end. */
import {
  CHUNK,
  type ImSession,
  type MessageEntry,
  type Party,
  type SessionCase,
  type SystemEntry,
  type Transcript,
  type TranscriptEntry,
} from '../../src/services/index.js';

/** The other end. */
export const JOHN: Party = { address: 'sip:john@deskside.test', name: 'John Davis', user: 'john' };
/** Whose desk it is. */
const KATE_PARTY: Party = { address: 'sip:kate@deskside.test', name: 'Kate Lewis', user: 'kate' };

/** A connected session with John, changed as wanted. */
export function session(more: Partial<ImSession> = {}): ImSession {
  const now = Date.now();
  return {
    id: 's1',
    direction: 'outgoing',
    origin: 'internal',
    status: 'connected',
    peer: JOHN,
    parties: [JOHN],
    openedAt: now - 60_000,
    connectedAt: now - 51_000,
    unread: 0,
    ...more,
  };
}

/** An invitation from John that waits for an answer. */
export function invitation(more: Partial<ImSession> = {}): ImSession {
  const { connectedAt: _none, ...rest } = session();
  return {
    ...rest,
    direction: 'incoming',
    status: 'establishing',
    parties: [],
    openedAt: Date.now(),
    expiresAt: Date.now() + 60_000,
    unread: 1,
    ...more,
  };
}

/** A line that somebody wrote. */
export function line(id: string, text: string, more: Partial<MessageEntry> = {}): MessageEntry {
  const own = more.own ?? false;
  return {
    kind: 'message',
    id,
    from: own ? KATE_PARTY : JOHN,
    own,
    text,
    at: Date.now(),
    ...(own ? { state: 'delivered' as const } : {}),
    ...more,
  };
}

/** A system line. */
export function systemLine(id: string, code: SystemEntry['code'], more: Partial<SystemEntry> = {}): SystemEntry {
  return { kind: 'system', id, code, at: Date.now(), by: JOHN, ...more };
}

/** A transcript of these lines. */
export function transcript(...lines: readonly TranscriptEntry[]): Transcript {
  const chunks: TranscriptEntry[][] = [];
  for (let at = 0; at < lines.length; at += CHUNK) chunks.push(lines.slice(at, at + CHUNK));
  return { count: lines.length, chunks };
}

/** The case of the seeds' figure. */
export const CASE: SessionCase = {
  seq: 1,
  changed: [],
  interaction: { id: 'i1', media: 'voice', label: 'Broken TV' },
  data: [
    { key: 'type', label: 'Call Type', value: 'Support' },
    { key: 'priority', label: 'Priority', value: 'High' },
    { key: 'reason', label: 'Reason', value: 'Broken TV' },
  ],
};
