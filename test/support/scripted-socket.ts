/**
 * A switch played by the test: a WebSocket to which the test says raw SIP, and an environment whose clock stands still until it is told to move.
 * sip.js's own timers run on the real clock; whatever a test waits for with the manual clock is ours.
 */
import type { Environment } from '../../src/services/environment.js';

/** Milliseconds that a wanted frame may take. */
const PATIENCE = 2000;

/** The WebSocket; `wire` is what it is connected to. */
class ScriptedSocket extends EventTarget {
  readyState = 0;
  binaryType: BinaryType = 'blob';
  readonly url: string;
  readonly protocols: readonly string[];
  readonly #wire: ScriptedWire;

  constructor(wire: ScriptedWire, url: string, protocols: readonly string[]) {
    super();
    this.#wire = wire;
    this.url = url;
    this.protocols = protocols;
  }

  open(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  send(frame: string): void {
    this.#wire.record(frame);
  }

  close(code = 1005): void {
    this.gone(code);
  }

  gone(code: number, reason = ''): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent('close', { code, reason }));
  }

  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

interface Planned {
  readonly at: number;
  readonly callback: () => void;
}

/** See the head of the file. */
export class ScriptedWire {
  /** Everything that was sent, in order. */
  readonly sent: string[] = [];
  readonly sockets: ScriptedSocket[] = [];
  /** Whether new sockets open by themselves. */
  opens = true;
  readonly environment: Environment;
  readonly #planned = new Map<number, Planned>();
  readonly #watchers = new Set<() => void>();
  #now = 1_700_000_000_000;
  #timers = 0;
  #read = 0;

  constructor() {
    this.environment = {
      now: () => this.#now,
      setTimeout: (callback, ms) => this.#plan(callback, ms),
      clearTimeout: (handle) => void this.#planned.delete(handle as number),
      randomId: () => crypto.randomUUID(),
      random: () => 0,
      openSocket: (url, protocols) => this.#open(url, protocols),
    };
  }

  /** Timers that wait. */
  get timers(): number {
    return this.#planned.size;
  }

  /** The socket in use. */
  get socket(): ScriptedSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('No socket was opened.');
    return socket;
  }

  /** Lets the clock run: whatever is due is called in order, and promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const [handle, due] = [...this.#planned].sort(([, one], [, other]) => one.at - other.at)[0] ?? [];
      if (handle === undefined || !due || due.at > end) break;
      this.#planned.delete(handle);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  /** Something arrives, each frame in a task of its own. */
  async say(...frames: readonly unknown[]): Promise<void> {
    for (const frame of frames) {
      this.socket.receive(frame);
      await settled();
    }
  }

  /** Keeps what the client sent. */
  record(frame: string): void {
    this.sent.push(frame);
    for (const watch of this.#watchers) watch();
  }

  /** The next frame, not read yet, whose start line begins with `start`; frames before it are passed over. */
  async next(start: string): Promise<string> {
    const find = (): string | undefined => {
      const index = this.sent.findIndex((frame, position) => position >= this.#read && frame.startsWith(start));
      if (index < 0) return undefined;
      this.#read = index + 1;
      return this.sent[index];
    };
    const found = find();
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(watch);
      };
      const watch = (): void => {
        const frame = find();
        if (frame === undefined) return;
        done();
        resolve(frame);
      };
      const timer = setTimeout(() => {
        done();
        reject(
          new Error(
            `No "${start}" was sent. Sent: ${this.sent
              .slice(this.#read)
              .map((frame) => frame.split('\r\n')[0])
              .join(' | ')}`,
          ),
        );
      }, PATIENCE);
      this.#watchers.add(watch);
    });
  }

  /** Frames sent since the last `next` whose start line begins with `start`. */
  unread(start = ''): readonly string[] {
    return this.sent.slice(this.#read).filter((frame) => frame.startsWith(start));
  }

  #plan(callback: () => void, ms: number): number {
    this.#planned.set((this.#timers += 1), { at: this.#now + ms, callback });
    return this.#timers;
  }

  #open(url: string, protocols: string[]): WebSocket {
    const parsed = new URL(url);
    if (!/^wss?:$/.test(parsed.protocol)) throw new SyntaxError('Not a WebSocket URL');
    const socket = new ScriptedSocket(this, url, protocols);
    this.sockets.push(socket);
    if (this.opens) queueMicrotask(() => socket.open());
    // The rest of the interface is not needed to speak SIP.
    return socket as unknown as WebSocket;
  }
}

/** Lets every promise and every task that is ready run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Value of a header of a raw message; '' where there is none. */
export function headerOf(frame: string, name: string): string {
  const head = frame.slice(0, frame.indexOf('\r\n\r\n'));
  return (
    head
      .split('\r\n')
      .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  );
}

/** Body of a raw message. */
export function bodyOf(frame: string): string {
  return frame.slice(frame.indexOf('\r\n\r\n') + 4);
}

/** Writes a raw message; Content-Length is counted. */
export function frame(startLine: string, headers: Readonly<Record<string, string | readonly string[]>>, body = ''): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  return [startLine, ...lines, `Content-Length: ${new TextEncoder().encode(body).length}`, '', body].join('\r\n');
}

/** What an answer may have beside what it copies. */
export interface AnswerOptions {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** Tag of To, where the request had none. */
  readonly tag?: string;
}

/** The answer to a request that was sent (RFC 3261, 8.2.6). */
export function answer(request: string, status: number, { headers = {}, body = '', tag = 'switch' }: AnswerOptions = {}): string {
  const to = headerOf(request, 'To');
  const copied = {
    Via: headerOf(request, 'Via'),
    From: headerOf(request, 'From'),
    To: /;tag=/.test(to) || status === 100 ? to : `${to};tag=${tag}`,
  };
  return frame(
    `SIP/2.0 ${status} Because`,
    { ...copied, 'Call-ID': headerOf(request, 'Call-ID'), CSeq: headerOf(request, 'CSeq'), ...headers },
    body,
  );
}
