/** Small notices about the agent that peers are sent without a word of theirs. The host may withhold them, the agent may switch them off. */
import type { ReadSlice } from './reduce.js';

/** `read`: that a text was read (RFC 5438, disposition `display`). `typing`: that the agent types (RFC 3994). */
export type NoticeName = 'read' | 'typing';

/** All of them. */
export const NOTICES: readonly NoticeName[] = ['read', 'typing'];

/** What the agent wants to be sent. */
export type Notices = Readonly<Record<NoticeName, boolean>>;

/** What holds until the agent chooses. */
export const ALL_NOTICES: Notices = Object.freeze({ read: true, typing: true });

/** What an agent wants, and a host withholds. */
export interface NoticeRules {
  readonly wanted: Notices | undefined;
  readonly withheld: readonly NoticeName[] | undefined;
}

/** Whether a notice is sent: the host's no wins over the agent's yes. */
export function isSent(name: NoticeName, { wanted, withheld }: NoticeRules): boolean {
  return !withheld?.includes(name) && (wanted ?? ALL_NOTICES)[name];
}

/** The same, as the snapshot stands. */
export function isSentNow(read: ReadSlice, name: NoticeName): boolean {
  return isSent(name, { wanted: read('notices'), withheld: read('account')?.withheld });
}

/** What the settings of the host withhold. */
export function withheldBy(config: { readonly readReceipts: boolean; readonly typingNotices: boolean }): readonly NoticeName[] {
  const allowed: Notices = { read: config.readReceipts, typing: config.typingNotices };
  return NOTICES.filter((name) => !allowed[name]);
}
