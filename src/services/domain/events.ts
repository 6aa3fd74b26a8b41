/**
 * Domain events: what happened, as plain JSON. They are the only way in which the shared snapshot changes (see `reduce.ts`),
 * which is what lets a second tab mirror the first and a test assert a conversation as data. `at` is wall-clock ms.
 */
import type { Account } from './slices.js';
import type { Call } from './call.js';
import type { Channels } from './channel.js';
import type { Connection } from './connection.js';
import type { DialogRef, ImSession, SessionPending } from './im-session.js';
import type { CaseData } from './interaction.js';
import type { Notices } from './notices.js';
import type { Outcome } from './outcome.js';
import type { Party } from './party.js';
import type { Presence } from './presence.js';
import type { MessageFailure, MessageState, SystemCode } from './transcript.js';

/** Connection, account and channels. */
export type AccountEvent =
  | { type: 'connection'; at: number; connection: Connection }
  | { type: 'account'; at: number; account: Account }
  | { type: 'channels'; at: number; channels: Channels }
  /** The agent chose what peers are told. */
  | { type: 'notices'; at: number; notices: Notices }
  | { type: 'presence'; at: number; address: string; presence: Presence };

/** The life of an IM session. */
export type SessionEvent =
  /** A window was opened; nothing was sent. */
  | { type: 'session-opened'; at: number; session: ImSession; caseData?: CaseData }
  /** The INVITE with the first message went out. */
  | { type: 'invitation-sent'; at: number; sessionId: string; expiresAt: number }
  /** A device of the peer rings. */
  | { type: 'invitation-ringing'; at: number; sessionId: string }
  /** An invitation came; `message` is the first message that travelled in it. */
  | {
      type: 'invitation-received';
      at: number;
      session: ImSession;
      message?: { id: string; text: string; at: number };
      caseData?: CaseData;
      /** The invitation as it came, for a tab that takes over. */
      frame?: string;
    }
  /** The notification went away; the invitation is still alive. */
  | { type: 'invitation-dismissed'; at: number; sessionId: string }
  /** A person accepted: `by` is the callee, on both sides. */
  | {
      type: 'session-accepted';
      at: number;
      sessionId: string;
      by: Party;
      own: boolean;
      dialog?: DialogRef;
      plain?: boolean;
      withoutCase?: boolean;
    }
  | { type: 'session-ended'; at: number; sessionId: string; outcome: Outcome }
  /** Done: the session and its transcript are forgotten. */
  | { type: 'session-closed'; at: number; sessionId: string }
  /** A command awaits its confirmation (or, with null, no longer does). */
  | { type: 'session-pending'; at: number; sessionId: string; pending: SessionPending | null }
  /** The dialog was interrupted (`resuming`) or picked up again. */
  | { type: 'session-resuming'; at: number; sessionId: string; resuming: boolean; dialog?: DialogRef }
  /** The peer's device refused a session: it goes on in single messages. */
  | { type: 'session-paged'; at: number; sessionId: string }
  | { type: 'session-read'; at: number; sessionId: string }
  | { type: 'party-joined' | 'party-left'; at: number; sessionId: string; party: Party }
  | { type: 'case-updated'; at: number; sessionId: string; caseData: CaseData }
  | { type: 'typing'; at: number; sessionId: string; from: Party; active: boolean }
  /** Something that only the transcript tells. */
  | { type: 'system-line'; at: number; sessionId: string; code: SystemCode; by?: Party; own?: boolean; text?: string };

/** The life of a message. */
export type MessageEvent =
  /** Own text; `state` is `queued` or `sending`. */
  | { type: 'message-written'; at: number; sessionId: string; id: string; text: string; state: MessageState }
  | { type: 'message-state'; at: number; sessionId: string; id: string; state: MessageState; failure?: MessageFailure }
  /** `sentAt` is the sender's time, bounded. */
  | { type: 'message-received'; at: number; sessionId: string; id: string; from: Party; text: string; sentAt: number };

/** The life of a call: its whole new snapshot, which is small. */
export type CallEvent = { type: 'call'; at: number; call: Call } | { type: 'call-closed'; at: number; callId: string };

/** Everything that can happen. */
export type DomainEvent = AccountEvent | SessionEvent | MessageEvent | CallEvent;

/** The event of one type. */
export type EventOf<T extends DomainEvent['type']> = DomainEvent extends infer E extends DomainEvent
  ? E extends unknown
    ? T extends E['type']
      ? E
      : never
    : never
  : never;
