/**
 * The neutral interface to the page that Deskside lives in (a CRM, an agent desktop). Everything is optional: `capabilities` says what is there.
 * Callers put a time limit on every call and pass an AbortSignal.
 */
import type { CaseEntry, Contact, Interaction } from '../domain/interaction.js';

/** What the host can do; recomputed by the host whenever it changes. */
export interface HostCapabilities {
  readonly interaction?: boolean;
  readonly contact?: boolean;
  readonly history?: boolean;
  readonly callControl?: boolean;
  readonly notify?: boolean;
  readonly badge?: boolean;
  readonly resize?: boolean;
  readonly reveal?: boolean;
  readonly openRecord?: boolean;
  readonly log?: boolean;
}

/** A page of history to fetch. */
export interface HistoryQuery {
  /** Opaque contact reference. */
  readonly contact: string;
  /** Text to search for; empty for all. */
  readonly text: string;
  /** From the page before; absent for the first. */
  readonly cursor?: string;
  readonly limit: number;
}

/** One past interaction of a contact. */
export interface HistoryItem {
  readonly id: string;
  readonly media: string;
  readonly subject: string;
  /** Wall-clock ms. */
  readonly at: number;
  readonly status?: string;
  readonly agent?: string;
  /** Details, shown on demand. */
  readonly details?: readonly CaseEntry[];
}

/** One page of something. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly cursor?: string;
  readonly total?: number;
}

/** What can be asked of the host's own telephone. */
export type HostCallAction =
  | 'hold'
  | 'resume'
  | 'swap'
  | 'consult'
  | 'cancel-consult'
  | 'transfer'
  | 'complete-transfer'
  | 'conference'
  | 'complete-conference'
  | 'end';

/** State of the host's call, as the host confirms it. */
export interface HostCallState {
  readonly callId: string;
  readonly status: 'ringing' | 'connected' | 'held' | 'ended';
  readonly party: string;
  readonly can: Readonly<Partial<Record<HostCallAction, boolean>>>;
}

/** A log entry: metadata only, never text. */
export interface HostLogEntry {
  readonly kind: 'im' | 'im-consultation' | 'call' | 'voice-consultation';
  readonly interactionId?: string;
  /** Wall-clock ms. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly peer: string;
  readonly outcome: string;
  /** Only where the right and the host's option `transcript-export` allow it. */
  readonly transcript?: string;
}

/** A record of the host's: a contact by its opaque reference, or an entry of the history by its id. */
export interface HostRecord {
  readonly kind: 'contact' | 'history';
  readonly id: string;
}

/** Options of every call. */
export interface HostCallOptions {
  readonly signal: AbortSignal;
}

/** The host. */
export interface HostAdapter {
  readonly name: string;
  readonly capabilities: HostCapabilities;
  /** Calls `listener` whenever capabilities or the active interaction may have changed. */
  subscribe?(listener: () => void, options?: { signal?: AbortSignal }): void;
  activeInteraction?(options: HostCallOptions): Promise<Interaction | null>;
  contact?(ref: string, options: HostCallOptions): Promise<Contact | null>;
  searchHistory?(query: HistoryQuery, options: HostCallOptions): Promise<Page<HistoryItem>>;
  callState?(options: HostCallOptions): Promise<HostCallState | null>;
  /** Every call of the host's telephone, consultations included; without it there is the one of `callState`. */
  callStates?(options: HostCallOptions): Promise<readonly HostCallState[]>;
  callAction?(callId: string, action: HostCallAction, target: string | undefined, options: HostCallOptions): Promise<HostCallState>;
  notify?(notice: { title: string; body: string }, options: HostCallOptions): Promise<void>;
  setBadge?(count: number): void;
  resize?(box: { width?: number; height?: number }): void;
  reveal?(): void;
  openRecord?(record: HostRecord, options: HostCallOptions): Promise<void>;
  log?(entry: HostLogEntry, options: HostCallOptions): Promise<void>;
}
