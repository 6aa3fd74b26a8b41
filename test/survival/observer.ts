/** Runs in every page under test before anything else: sees what the page's service and sockets do, and says it when asked. */
import type { DomainEvent, ImSession, SipService, TranscriptEntry } from '../../src/services/index.js';

/** One message as the page shows it. */
export interface Shown {
  readonly text: string;
  readonly state: string;
}

/** What can be asked. */
export interface Observed {
  /** Logged in on IM, and connected. */
  isReady(): boolean;
  /** Whether this page has the connection to the switch. */
  isLeader(): boolean;
  /** The newest session. */
  session(): ImSession | undefined;
  /** Texts of the peer, in the order in which the pages of this tab have shown them; over reloads. */
  heard(): string[];
  /** When this page showed that text of the peer's, wall-clock ms. */
  shownAt(text: string): number | undefined;
  /** Texts of the newest session's transcript. */
  shown(own: boolean): Shown[];
  /** Opens a session and sends the first text. */
  invite(user: string, text: string): void;
  /** Accepts the invitation that waits, where one does. */
  accept(): boolean;
  /** Writes into the newest session; settles once they stand in the transcript of this page. */
  write(texts: string[]): Promise<void>;
  /** Marks the newest session as read. */
  read(): void;
  /** What the system lines of the newest session say. */
  told(): string[];
  /** Notifications on the screen. */
  cards(): number;
  /** How everything stands, for the report of a failure. */
  situation(): string;
}

declare global {
  var observed: Observed | undefined;
}

/** See the head of the file. Everything that it uses is inside: it is handed to the page as text. */
export function observe(): void {
  const KEY = 'survival/heard';
  const sockets = new Set<WebSocket>();
  const opened = globalThis.WebSocket;
  globalThis.WebSocket = class extends opened {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.add(this);
      this.addEventListener('close', () => sockets.delete(this));
    }
  };
  let service: SipService | undefined;
  const times = new Map<string, number>();
  const note = (event: DomainEvent): void => {
    if (event.type !== 'message-received') return;
    times.set(event.text, performance.timeOrigin + performance.now());
    sessionStorage.setItem(KEY, JSON.stringify([...observed.heard(), event.text]));
  };
  Object.defineProperty(globalThis, 'deskside', {
    get: () => (service ? { service } : undefined),
    set(value: { service: SipService }) {
      service = value.service;
      service.onEvent(note);
    },
  });
  const read: SipService['snapshot']['get'] = (key) => service?.snapshot.get(key);
  const linesOf = (id: string): readonly TranscriptEntry[] => (read(`transcript:${id}`)?.chunks ?? []).flat();
  const observed: Observed = {
    isReady: () => read('connection')?.status === 'ready' && read('channels')?.im.state === 'ready' && !read('channels')?.im.pending,
    isLeader: () => [...sockets].some(({ readyState }) => readyState <= 1),
    session() {
      const id = (read('sessions') ?? []).at(-1);
      return id === undefined ? undefined : read(`session:${id}`);
    },
    heard: () => JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as string[],
    shownAt: (text) => times.get(text),
    shown(own) {
      const lines = linesOf(observed.session()?.id ?? '');
      return lines.flatMap((line) => (line.kind === 'message' && line.own === own ? [{ text: line.text, state: line.state ?? '' }] : []));
    },
    invite(user, text) {
      const id = service?.im.open({ type: 'agent', address: `sip:${user}@deskside.test`, name: user });
      if (id) service?.im.send(id, text);
    },
    accept() {
      const session = observed.session();
      if (session?.direction !== 'incoming' || session.status !== 'establishing') return false;
      void service?.im.accept(session.id);
      return true;
    },
    async write(texts) {
      const id = observed.session()?.id ?? '';
      for (const text of texts) service?.im.send(id, text);
      while (!observed.shown(true).some(({ text }) => text === texts.at(-1))) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    read: () => service?.im.read(observed.session()?.id ?? ''),
    told: () => linesOf(observed.session()?.id ?? '').flatMap((line) => (line.kind === 'system' ? [line.code] : [])),
    cards: () => document.querySelector('im-notification')?.shadowRoot?.querySelectorAll('[part="notification"]').length ?? 0,
    situation() {
      const open = observed.shown(true).filter(({ state }) => state !== 'delivered' && state !== 'read');
      return JSON.stringify({
        connection: read('connection'),
        channels: read('channels'),
        session: observed.session(),
        sockets: [...sockets].map(({ readyState }) => readyState),
        heard: observed.heard().length,
        written: observed.shown(true).length,
        open: open.slice(0, 5),
        lines: linesOf(observed.session()?.id ?? '').filter(({ kind }) => kind === 'system'),
      });
    },
  };
  globalThis.observed = observed;
}
