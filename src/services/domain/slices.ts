/** The keys of the service's snapshot and what each holds. */
import type { NoticeName, Notices } from './notices.js';
import type { Right } from './rights.js';
import type { Channels } from './channel.js';
import type { Connection } from './connection.js';
import type { ImSession } from './im-session.js';
import type { Transcript } from './transcript.js';
import type { Presence } from './presence.js';
import type { SessionCase } from './interaction.js';
import type { Call } from './call.js';
import type { Party } from './party.js';

/** The agent that this service acts for. */
export interface Account extends Party {
  readonly rights: readonly Right[];
  /** The outbound campaign that the agent is in; excludes `im`. */
  readonly outboundCampaign?: string;
  /** Notices that the host lets nobody be sent; absent where there are none. */
  readonly withheld?: readonly NoticeName[];
}

/** How the directory stands. */
export interface DirectoryStatus {
  readonly status: 'empty' | 'loading' | 'ready' | 'failed';
  /** Internal targets known. */
  readonly count: number;
  /** Counts up whenever results may differ from before. */
  readonly version: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Slices that are the same in every tab of one agent. */
export interface SharedSlices {
  connection: Connection;
  account: Account;
  channels: Channels;
  /** Notices that the agent wants to be sent; absent until they choose. Lasts as long as the agent's pages do. */
  notices: Notices;
  /** Ids of all sessions that are not Done, in order of opening. */
  sessions: readonly string[];
  /** Ids of all calls that are not dismissed, in order of start. */
  calls: readonly string[];
  [session: `session:${string}`]: ImSession;
  [transcript: `transcript:${string}`]: Transcript;
  /** Peers who are typing in a session. */
  [typing: `typing:${string}`]: readonly Party[];
  [caseData: `case:${string}`]: SessionCase;
  /** An invitation that waits here, as it came: a tab that takes over answers it. */
  [invitation: `invitation:${string}`]: string;
  [presence: `presence:${string}`]: Presence;
  [call: `call:${string}`]: Call;
}

/** Slices of one tab alone: what is open here, what is half written here. */
export interface LocalSlices {
  /** Ids of the sessions whose window is open in this tab, in order of opening. */
  windows: readonly string[];
  /** The window that was opened or used last. */
  activeWindow: string;
  directory: DirectoryStatus;
  /** Counts up whenever favorites, recents or other preferences changed. */
  preferences: number;
  /** Unsent text of a session. */
  [draft: `draft:${string}`]: string;
}

/** Every slice. */
export type Slices = SharedSlices & LocalSlices;

/** A key of the snapshot. */
export type SliceKey = keyof Slices & string;

const LOCAL = /^(?:windows|activeWindow|directory|preferences|draft:.*)$/s;

/** Whether a key is mirrored to the agent's other tabs. */
export function isShared(key: string): boolean {
  return !LOCAL.test(key);
}
