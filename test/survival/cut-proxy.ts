/** A way between a page and its switch that breaks: a TCP proxy which cuts connections after a number of bytes, in the middle of a frame too. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * How a connection ends:
 * - `reset`: both sides learn of it at once, without a word.
 * - `close`: both sides are told in the TCP way.
 * - `page-first`: the page loses its socket, the switch believes in its own for a while.
 * - `switch-first`: the switch loses its socket, the page believes in its own for a while.
 */
export type CutKind = 'reset' | 'close' | 'page-first' | 'switch-first';

/** Every kind. */
export const CUT_KINDS: readonly CutKind[] = ['reset', 'close', 'page-first', 'switch-first'];

/** One cut to come. */
export interface Cut {
  readonly kind: CutKind;
  /** Whose bytes are counted. */
  readonly from: 'page' | 'switch';
  /** Bytes that still pass; the rest of their chunk does not. */
  readonly after: number;
  /** How long the other side believes in its socket, ms. */
  readonly lag: number;
}

/** A connection through the proxy. */
interface Pipe {
  readonly page: Socket;
  readonly far: Socket;
  over: boolean;
}

/** See the head of the file. */
export class CutProxy {
  /** Connections that were cut. */
  cuts = 0;
  /** Connections that pages have opened. */
  opened = 0;
  readonly #server: Server;
  readonly #pipes = new Set<Pipe>();
  readonly #target: { host: string; port: number; path: string };
  readonly #armed: Cut[] = [];
  #passed = 0;
  #silent = false;

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = { host: target.hostname, port: Number(target.port), path: target.pathname };
    server.on('connection', (page) => this.#connected(page));
  }

  /** Begins to listen on a free port of this machine. @param target WebSocket address of the switch */
  static async open(target: string): Promise<CutProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CutProxy(server, new URL(target));
  }

  /** WebSocket address of the switch, through here. */
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#target.path}`;
  }

  /** Connections that stand now. */
  get standing(): number {
    return this.#pipes.size;
  }

  /** Cuts once that many bytes have passed, on this connection or the next; cuts that are armed already come first. */
  arm(cut: Cut): void {
    this.#armed.push(cut);
  }

  /** From now on nothing passes, and nobody is told: what a network does that goes away under a laptop. */
  silence(): void {
    this.#silent = true;
  }

  /** What comes from now on passes again; connections that were silenced stay so. */
  recover(): void {
    this.#silent = false;
  }

  /** Ends everything. */
  async close(): Promise<void> {
    for (const pipe of [...this.#pipes]) this.#end(pipe, 'reset', 0);
    this.#server.close();
    await once(this.#server, 'close');
  }

  #connected(page: Socket): void {
    this.opened += 1;
    const far = connect(this.#target.port, this.#target.host);
    const pipe: Pipe = { page, far, over: false };
    this.#pipes.add(pipe);
    for (const [from, to, side] of [
      [page, far, 'page'],
      [far, page, 'switch'],
    ] as const) {
      from.setNoDelay(true);
      from.on('data', (chunk) => this.#pass(pipe, to, side, chunk));
      from.on('error', () => undefined);
      from.on('close', () => this.#closed(pipe, to));
    }
  }

  #pass(pipe: Pipe, to: Socket, side: Cut['from'], chunk: Buffer): void {
    if (this.#silent) muted.add(pipe);
    if (pipe.over || muted.has(pipe)) return;
    const [cut] = this.#armed;
    if (cut?.from !== side || this.#passed + chunk.length <= cut.after) {
      if (cut?.from === side) this.#passed += chunk.length;
      to.write(chunk);
      return;
    }
    to.write(chunk.subarray(0, cut.after - this.#passed));
    this.#armed.shift();
    this.#passed = 0;
    this.cuts += 1;
    // What was passed on is to arrive: a mutilated frame, not a lost one.
    setImmediate(() => this.#end(pipe, cut.kind, cut.lag));
  }

  #closed(pipe: Pipe, other: Socket): void {
    if (!pipe.over && !muted.has(pipe)) other.end();
    if (pipe.page.destroyed && pipe.far.destroyed) this.#pipes.delete(pipe);
  }

  #end(pipe: Pipe, kind: CutKind, lag: number): void {
    pipe.over = true;
    const first = kind === 'switch-first' ? pipe.far : pipe.page;
    const second = first === pipe.page ? pipe.far : pipe.page;
    const leave = (socket: Socket): void => void (kind === 'close' ? socket.end(() => socket.destroy()) : socket.resetAndDestroy());
    leave(first);
    if (kind === 'reset' || kind === 'close') leave(second);
    else setTimeout(() => leave(second), lag).unref();
  }
}

/** Connections that pass nothing any more. */
const muted = new WeakSet<Pipe>();
