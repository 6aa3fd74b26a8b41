/** Reducers for IM sessions. */
import type { SessionEvent } from './events.js';
import type { ImSession } from './im-session.js';
import type { CaseData, SessionCase } from './interaction.js';
import type { Change, ReadSlice, Reducers } from './reduce.js';
import { appended, appendLines } from './reduce-message.js';
import { EMPTY_TRANSCRIPT, type SystemCode, type SystemEntry, type TranscriptEntry } from './transcript.js';

/** The session changed, as a change; none where it is gone. */
function changed(read: ReadSlice, id: string, change: (session: ImSession) => ImSession): readonly Change[] {
  const session = read(`session:${id}`);
  return session ? [[`session:${id}`, change(session)]] : [];
}

/** A system line; it gets its id when it is appended. */
function line(code: SystemCode, at: number, more: Pick<SystemEntry, 'by' | 'own' | 'text'> = {}): SystemEntry {
  return { kind: 'system', id: '', code, at, ...more };
}

/** A copy without some optional fields (`exactOptionalPropertyTypes`: they are absent, not undefined). */
function without<T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> {
  const copy = { ...value };
  for (const key of keys) delete copy[key];
  return copy;
}

function started(read: ReadSlice, session: ImSession, lines: TranscriptEntry[], caseData?: CaseData): readonly Change[] {
  const ids = read('sessions') ?? [];
  return [
    ['sessions', ids.includes(session.id) ? ids : [...ids, session.id]],
    [`session:${session.id}`, session],
    [`transcript:${session.id}`, appendLines(EMPTY_TRANSCRIPT, lines)],
    ...(caseData ? [[`case:${session.id}`, { ...caseData, changed: [] }] as const] : []),
  ];
}

/** Keys whose value differs from, or is missing in, what was known, and keys that are gone. */
function changedKeys(before: SessionCase, after: CaseData): string[] {
  const values = ({ data }: CaseData): Map<string, string> => new Map(data.map((entry) => [entry.key, entry.value]));
  const [known, now] = [values(before), values(after)];
  return [...new Set([...known.keys(), ...now.keys()])].filter((key) => known.get(key) !== now.get(key));
}

/** What the transcript says of an update; several updates in a row are one line. */
function caseLines(read: ReadSlice, sessionId: string, at: number, update: { changed: boolean; ended: boolean }): SystemEntry[] {
  const last = read(`transcript:${sessionId}`)?.chunks.at(-1)?.at(-1);
  const said = last?.kind === 'system' && last.code === 'case-changed';
  return [...(update.changed && !said ? [line('case-changed', at)] : []), ...(update.ended ? [line('interaction-ended', at)] : [])];
}

/** Reducers by event type. */
export const SESSION_REDUCERS: Reducers<SessionEvent['type']> = {
  'session-opened': (read, { session, caseData }) => started(read, session, [], caseData),

  'invitation-sent': (read, { at, sessionId, expiresAt }) => {
    const by = read('account');
    return [
      ...changed(read, sessionId, (session) => ({ ...session, status: 'establishing', invitedAt: at, expiresAt })),
      ...appended(
        read,
        sessionId,
        line('invited', at, { own: true, ...(by ? { by: { address: by.address, name: by.name, user: by.user } } : {}) }),
      ),
    ];
  },

  'invitation-ringing': (read, { sessionId }) => changed(read, sessionId, (session) => ({ ...session, ringing: true })),

  'invitation-received': (read, { at, session, message, caseData, frame }) => {
    const lines: TranscriptEntry[] = [line('invited', session.invitedAt ?? at, { by: session.peer, own: false })];
    if (message) lines.push({ kind: 'message', id: message.id, from: session.peer, own: false, text: message.text, at: message.at });
    return [...started(read, session, lines, caseData), ...(frame ? ([[`invitation:${session.id}`, frame]] as const) : [])];
  },

  'invitation-dismissed': (read, { sessionId }) => changed(read, sessionId, (session) => ({ ...session, dismissed: true })),

  'session-accepted': (read, { at, sessionId, by, own, dialog, plain, withoutCase }) => [
    ...changed(read, sessionId, (session) => {
      const peer = own ? session.peer : by;
      return {
        ...without(session, 'pending', 'resuming'),
        status: 'connected',
        connectedAt: at,
        peer,
        parties: [peer],
        ...(dialog ? { dialog } : {}),
        ...(plain ? { plain } : {}),
        ...(withoutCase ? { withoutCase } : {}),
      };
    }),
    ...appended(read, sessionId, line('accepted', at, { by, own })),
    [`invitation:${sessionId}`, undefined],
  ],

  'session-ended': (read, { at, sessionId, outcome }) => {
    if (read(`session:${sessionId}`)?.status === 'ended') return [];
    const { by, own, text } = outcome;
    return [
      ...changed(read, sessionId, (session) => ({
        ...without(session, 'pending', 'resuming', 'dialog', 'firstDialog'),
        status: 'ended',
        endedAt: at,
        parties: [],
        outcome,
        // Whoever refused it has read it where they did.
        ...(outcome.own === true && session.direction === 'incoming' && session.status === 'establishing' ? { unread: 0 } : {}),
      })),
      ...appended(
        read,
        sessionId,
        line(`ended.${outcome.code}`, at, { ...(by ? { by } : {}), ...(own === undefined ? {} : { own }), ...(text ? { text } : {}) }),
      ),
      [`typing:${sessionId}`, undefined],
      [`invitation:${sessionId}`, undefined],
    ];
  },

  'session-closed': (read, { sessionId }) => [
    ['sessions', (read('sessions') ?? []).filter((id) => id !== sessionId)],
    [`session:${sessionId}`, undefined],
    [`transcript:${sessionId}`, undefined],
    [`typing:${sessionId}`, undefined],
    [`case:${sessionId}`, undefined],
  ],

  'session-pending': (read, { sessionId, pending }) =>
    changed(read, sessionId, (session) => ({ ...without(session, 'pending'), ...(pending ? { pending } : {}) })),

  'session-resuming': (read, { at, sessionId, resuming, dialog }) => {
    if ((read(`session:${sessionId}`)?.resuming ?? false) === resuming && !dialog) return [];
    return [
      ...changed(read, sessionId, (session) => ({
        ...without(session, 'resuming'),
        ...(resuming ? { resuming } : {}),
        ...(dialog ? { dialog } : {}),
        ...(dialog && session.dialog && !session.firstDialog ? { firstDialog: session.dialog } : {}),
      })),
      ...((read(`session:${sessionId}`)?.resuming ?? false) === resuming
        ? []
        : appended(read, sessionId, line(resuming ? 'resuming' : 'resumed', at))),
    ];
  },

  'session-paged': (read, { at, sessionId }) => {
    const session = read(`session:${sessionId}`);
    if (!session || session.page) return [];
    return [
      ...changed(read, sessionId, (one) => ({
        ...without(one, 'pending', 'endedAt', 'outcome', 'expiresAt', 'ringing'),
        status: 'establishing',
        plain: true,
        page: true,
      })),
      ...appended(read, sessionId, line('page-mode', at, { by: session.peer })),
    ];
  },

  'session-read': (read, { sessionId }) => changed(read, sessionId, (session) => (session.unread ? { ...session, unread: 0 } : session)),

  'party-joined': (read, { at, sessionId, party }) => [
    ...changed(read, sessionId, (session) => ({ ...session, parties: [...session.parties, party] })),
    ...appended(read, sessionId, line('joined', at, { by: party })),
  ],

  'party-left': (read, { at, sessionId, party }) => [
    ...changed(read, sessionId, (session) => ({ ...session, parties: session.parties.filter((one) => one.address !== party.address) })),
    ...appended(read, sessionId, line('left', at, { by: party })),
  ],

  'case-updated': (read, { at, sessionId, caseData }) => {
    const before = read(`case:${sessionId}`);
    const session = read(`session:${sessionId}`);
    if (!session || (before && (caseData.seq <= before.seq || caseData.interaction.id !== before.interaction.id))) return [];
    // The first whole version follows an invitation that had no room for it: nothing of it is a change. Nor is what changes before anything was sent.
    const first = !before || before.seq === 0 || session.status === 'not-connected';
    const keys = first ? [] : changedKeys(before, caseData);
    const ended = caseData.interaction.ended === true && before?.interaction.ended !== true;
    const marked = [...new Set([...(before?.changed ?? []), ...keys])].filter((key) => caseData.data.some((entry) => entry.key === key));
    return [
      [`case:${sessionId}`, { ...caseData, changed: marked }],
      ...appended(read, sessionId, ...caseLines(read, sessionId, at, { changed: keys.length > 0, ended })),
    ];
  },

  typing: (read, { sessionId, from, active }) => {
    const others = (read(`typing:${sessionId}`) ?? []).filter((party) => party.address !== from.address);
    return read(`session:${sessionId}`) ? [[`typing:${sessionId}`, active ? [...others, from] : others]] : [];
  },

  'system-line': (read, { at, sessionId, code, by, own, text }) =>
    appended(read, sessionId, line(code, at, { ...(by ? { by } : {}), ...(own === undefined ? {} : { own }), ...(text ? { text } : {}) })),
};
