/**
 * What a reload needs, in the sessionStorage of this tab: the sessions that are connected, what was written and not confirmed, the ids of
 * the peer's last texts, so that one sent again is not shown twice, and invitations that nobody has answered. Texts that were confirmed are kept
 * only where the host opts in. It is there only while a session is open, and is written by the tab that leads.
 */
import type { DomainEvent } from '../domain/events.js';
import type { ImSession } from '../domain/im-session.js';
import { appendLines } from '../domain/reduce-message.js';
import { EMPTY_TRANSCRIPT, entries, type Transcript, type TranscriptEntry } from '../domain/transcript.js';
import type { TimerHandle } from '../environment.js';
import type { ServiceConfig } from '../service-config.js';
import { VERSION } from '../version.js';
import { isKept, type Kept } from './schema/kept.js';
import type { TabsHost } from './tabs-host.js';

/** Ids of the peer's texts that are kept for each session: one is in flight at a time, but devices differ. */
const HEARD = 20;
/** Longest record, in UTF-16 units; browsers give a tab about 5 million. */
const MAX_LENGTH = 2_000_000;
/** What happened is written down this much later at most, ms; at once when the page goes. */
const SOON = 200;

/** Events after which less may be kept than before: it is taken away at once. */
const LESS: ReadonlySet<DomainEvent['type']> = new Set<DomainEvent['type']>(['session-ended', 'session-closed']);
/** Events after which there is nothing new to keep. */
const IDLE: ReadonlySet<DomainEvent['type']> = new Set<DomainEvent['type']>(['presence', 'typing', 'connection', 'call', 'call-closed']);

/** What it needs. */
export interface KeeperOptions {
  readonly host: TabsHost;
  /** Canonical address of the agent. */
  readonly address: string;
  /** Name of this tab. */
  readonly tab: string;
  readonly config: () => ServiceConfig;
}

/** See the head of the file. */
export class Keeper {
  readonly #options: KeeperOptions;
  #timer: TimerHandle | undefined;
  #hasKept = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Puts what the page before has kept into the snapshot, where it holds nothing of its own. */
  restore(): void {
    const { host, config } = this.#options;
    if (config().keepForReload === 'nothing' || host.read('sessions')?.length) return;
    const kept = this.#read();
    if (!kept?.sessions.length) return;
    const slices = new Map<string, unknown>(host.slices());
    slices.set('channels', kept.channels);
    if (kept.notices) slices.set('notices', kept.notices);
    slices.set(
      'sessions',
      kept.sessions.map(({ session }) => session.id),
    );
    for (const { session, lines, heard, isWhole, frame } of kept.sessions) {
      if (frame !== undefined) slices.set(`invitation:${session.id}`, frame);
      slices.set(`session:${session.id}`, { ...session, heard });
      slices.set(`transcript:${session.id}`, transcriptOf(lines, isWhole, host.environment.now()));
    }
    host.replace(slices);
    for (const id of kept.windows) host.openWindow(id);
  }

  /** Something happened. */
  note({ type }: DomainEvent): void {
    if (LESS.has(type)) return this.write();
    if (IDLE.has(type) || this.#timer !== undefined) return;
    this.#timer = this.#options.host.environment.setTimeout(() => this.write(), SOON);
  }

  /** Writes down how things stand now. */
  write(): void {
    const { host, config } = this.#options;
    host.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
    const mode = config().keepForReload;
    const sessions = mode === 'nothing' ? [] : openSessions(host).map((session) => this.#keep(session, mode === 'transcripts'));
    const channels = host.read('channels');
    if (!sessions.length || !channels) {
      this.erase();
      return;
    }
    const notices = host.read('notices');
    const kept: Kept = { tab: this.#options.tab, channels, ...(notices ? { notices } : {}), windows: host.windows(), sessions };
    const text = JSON.stringify(kept);
    this.#store((storage, key) => (text.length > MAX_LENGTH ? storage.removeItem(key) : storage.setItem(key, text)));
    this.#hasKept = true;
  }

  /** Takes everything away. */
  erase(): void {
    if (this.#hasKept) this.#store((storage, key) => storage.removeItem(key));
    this.#hasKept = false;
  }

  /** Takes away what a page before has kept, or the tab that this one is a copy of. */
  forget(): void {
    this.#hasKept = true;
    this.erase();
  }

  /** The leader told of an event. A duplicated tab holds a copy of what its original kept: it goes when no session is open any more. */
  follow({ type }: DomainEvent): void {
    if (LESS.has(type) && openSessions(this.#options.host).length === 0) this.forget();
  }

  /** Another tab leads: what this tab kept as it led before is out of date, unless it is the leader's own (frames share a tab's storage). */
  yield(leader: string): void {
    this.stop();
    if (this.#read()?.tab !== leader) this.forget();
  }

  /** Writes nothing more. */
  stop(): void {
    this.#options.host.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #keep(session: ImSession, isWhole: boolean): Kept['sessions'][number] {
    const all = [...entries(this.#options.host.read(`transcript:${session.id}`) ?? EMPTY_TRANSCRIPT)];
    const received = all.filter((line) => line.kind === 'message' && !line.own).map(({ id }) => id);
    const heard = [...(session.heard ?? []), ...received].slice(-HEARD);
    const { read } = this.#options.host;
    const frame = read(`invitation:${session.id}`);
    // Of an invitation there is nothing but its first text.
    if (session.status === 'establishing') return { session, heard, isWhole: true, lines: all, ...(frame === undefined ? {} : { frame }) };
    return { session, isWhole, heard, lines: isWhole ? all : all.filter(isUnsent) };
  }

  #read(): Kept | undefined {
    let text: string | null | undefined;
    this.#store((storage, key) => (text = storage.getItem(key)));
    if (!text || text.length > MAX_LENGTH) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      return isKept(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  /** A storage that is full or blocked costs nothing but the memory over reloads. */
  #store(use: (storage: NonNullable<TabsHost['environment']['tabStorage']>, key: string) => void): void {
    const { tabStorage } = this.#options.host.environment;
    try {
      if (tabStorage) use(tabStorage, `deskside/${VERSION}/kept/${this.#options.address}`);
    } catch {
      // As above.
    }
  }
}

/** Sessions that can be picked up again. */
function openSessions({ read }: TabsHost): ImSession[] {
  const sessions = (read('sessions') ?? []).flatMap((id) => read(`session:${id}`) ?? []);
  return sessions.filter(({ status, dialog, page }) =>
    status === 'connected' ? dialog !== undefined || page === true : status === 'establishing' && page !== true,
  );
}

function isUnsent(line: TranscriptEntry): boolean {
  return line.kind === 'message' && line.own && (line.state === 'queued' || line.state === 'sending' || line.state === 'failed');
}

/** The transcript of a page that was loaded again. */
function transcriptOf(lines: readonly TranscriptEntry[], isWhole: boolean, at: number): Transcript {
  const head: TranscriptEntry[] = isWhole ? [] : [{ kind: 'system', id: '', code: 'earlier-not-kept', at }];
  return appendLines(EMPTY_TRANSCRIPT, [...head, ...lines]);
}
