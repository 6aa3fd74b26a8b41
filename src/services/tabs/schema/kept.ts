/** Check of what a tab keeps over a reload: storage of the page, where any script may write. */
import type { Channels } from '../../domain/channel.js';
import type { ImSession } from '../../domain/im-session.js';
import type { Notices } from '../../domain/notices.js';
import type { TranscriptEntry } from '../../domain/transcript.js';
import { flag, list, maybe, name, shape, text } from './check.js';
import { channels, notices, session } from './parts.js';
import { entry } from './slices.js';

/** What is kept. */
export interface Kept {
  /** The tab that wrote it. */
  readonly tab: string;
  readonly channels: Channels;
  /** What the agent switched off must stay off. */
  readonly notices?: Notices;
  /** Ids of the sessions whose window was open. */
  readonly windows: readonly string[];
  readonly sessions: readonly {
    readonly session: ImSession;
    /** Whether `lines` is the whole transcript, or what was not confirmed only. */
    readonly isWhole: boolean;
    readonly lines: readonly TranscriptEntry[];
    /** Ids of the peer's last texts. */
    readonly heard: readonly string[];
    /** The invitation as it came, while it waits. */
    readonly frame?: string;
  }[];
}

const one = shape<Kept['sessions'][number]>({
  session,
  isWhole: flag,
  lines: list(entry, 100_000),
  heard: list(name, 1000),
  frame: maybe(text),
});
const check = shape<Kept>({ tab: name, channels, notices: maybe(notices), windows: list(name), sessions: list(one, 1000) });

/** Whether a value is what a tab has kept. */
export function isKept(value: unknown): value is Kept {
  return check(value);
}
