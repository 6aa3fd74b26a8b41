/**
 * A switch that obeys the test alone: it registers whoever comes, and otherwise says to the page exactly what the test tells it to, byte for
 * byte. For what no real switch would let through.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { parseMessage, type SipRequest, type SipResponse } from '../../../demo/switch/core/message.js';

/** The agent that sits at the page. */
export const AGENT = 'sip:kate@deskside.test';
const GRUU = `${AGENT};gr=urn:uuid:00000000-0000-4000-8000-000000000001`;
const WAIT_MS = 15_000;

/** One request of the test's own, written out. */
export interface Written {
  readonly frame: string;
  readonly callId: string;
  readonly branch: string;
}

/** What a request differs in from the plain one. */
export interface Difference {
  readonly from?: string;
  readonly to?: string;
  readonly uri?: string;
  readonly callId?: string;
  readonly branch?: string;
  readonly cseq?: number;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A short text that no other has. */
export const fresh = (): string => randomUUID().replaceAll('-', '').slice(0, 16);

/** Writes a request to the page as a switch would forward it. */
export function request(method: string, difference: Difference = {}): Written {
  const { from = `"John Davis" <sip:john@deskside.test>;tag=${fresh()}`, to = `<${AGENT}>`, uri = GRUU, cseq = 1 } = difference;
  const { callId = fresh(), branch = `z9hG4bK${fresh()}`, headers = [], body = '' } = difference;
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/WS switch.deskside.test;branch=${branch}`,
    'Max-Forwards: 60',
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return { frame: `${lines.join('\r\n')}\r\n\r\n${body}`, callId, branch };
}

/** What the page said. */
type Message = SipRequest | SipResponse;

/** Answers by itself what a page asks of any switch. */
const OBEDIENT: Readonly<Record<string, (asked: SipRequest) => readonly string[]>> = {
  REGISTER: (asked) => [`Contact: ${asked.headers.get('contact') ?? ''};expires=600;pub-gruu="${GRUU}"`, 'Expires: 600'],
  PUBLISH: () => ['SIP-ETag: e1', 'Expires: 600'],
  SUBSCRIBE: () => ['Expires: 600', 'Contact: <sip:presence@deskside.test>'],
  OPTIONS: () => [],
  BYE: () => [],
};

/** See the head of the file. */
export class HostileSwitch {
  /** Requests and responses of the page, in order. */
  readonly messages: Message[] = [];
  /** The same as they stand on the wire, with what no parser takes. */
  readonly frames: string[] = [];
  /** Methods that the test answers itself. */
  readonly manual = new Set<string>();
  /** Connections that were made so far. */
  connections = 0;
  readonly #server: WebSocketServer;
  readonly #waiters = new Set<() => void>();
  readonly #finals = new Map<string, SipResponse[]>();
  #socket: WebSocket | undefined;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#socket = socket;
      this.connections += 1;
      socket.on('message', (data) => this.#receive((data as Buffer).toString('utf8')));
      socket.on('error', () => undefined);
    });
  }

  /** Listens on a free port of loopback. */
  static async start(): Promise<HostileSwitch> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip', perMessageDeflate: false });
    await once(server, 'listening');
    return new HostileSwitch(server);
  }

  /** Address of its WebSocket. */
  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Whether the page is connected. */
  get connected(): boolean {
    return this.#socket?.readyState === 1;
  }

  /** Says something, as it stands. Bytes go as a binary frame (RFC 7118, 4.2). */
  say(frame: string | Buffer): void {
    this.#socket?.send(frame, { binary: typeof frame !== 'string' });
  }

  /** The final answer to a request that was said. */
  final({ branch }: Pick<Written, 'branch'>): Promise<SipResponse> {
    return this.until(`an answer to ${branch}`, () => this.finals(branch)[0]);
  }

  /** Forgets what was said so far: for long runs. */
  forget(): void {
    this.messages.length = 0;
    this.frames.length = 0;
    this.#finals.clear();
  }

  /** Every final answer to the branch so far. */
  finals(branch: string, method?: string): SipResponse[] {
    const all = this.#finals.get(branch) ?? [];
    return all.filter((one) => method === undefined || (one.headers.get('cseq') ?? '').endsWith(` ${method}`));
  }

  /** The first request of a method since `from`. */
  asked(method: string, from = 0): Promise<SipRequest> {
    const fits = (one: Message): one is SipRequest => one.kind === 'request' && one.method === method;
    return this.until(method, () => this.messages.slice(from).find(fits));
  }

  /** Waits until `find` finds something; asked again after every message of the page. */
  until<T>(what: string, find: () => T | undefined | false, ms = WAIT_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(look);
      };
      const look = (): void => {
        const found = find();
        if (found === undefined || found === false) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        const last = this.messages.slice(-8).map((one) => (one.kind === 'request' ? one.method : `${one.status} ${one.reason}`));
        reject(new Error(`The page did not say: ${what}. Last: ${last.join(', ')}`));
      }, ms);
      this.#waiters.add(look);
      look();
    });
  }

  /** Everything said before has been handled once the page answers this. */
  async settled(ms = WAIT_MS): Promise<void> {
    const options = request('OPTIONS', { headers: ['Accept: application/sdp'] });
    this.say(options.frame);
    await this.until('that it is done', () => this.finals(options.branch).length > 0, ms);
  }

  /** Answers a request of the page. */
  reply(asked: SipRequest, status: number, headers: readonly string[] = [], body = ''): void {
    const { headers: had } = asked;
    const to = had.get('to') ?? '';
    const lines = [
      `SIP/2.0 ${status} Answer`,
      ...had.list('via').map((via) => `Via: ${via}`),
      `From: ${had.get('from') ?? ''}`,
      `To: ${/;tag=/.test(to) ? to : `${to};tag=hostile`}`,
      `Call-ID: ${had.get('call-id') ?? ''}`,
      `CSeq: ${had.get('cseq') ?? ''}`,
      ...headers,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.say(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  /** Answers a request of the page as any switch would. */
  obey(asked: SipRequest): void {
    this.reply(asked, 200, OBEDIENT[asked.method]?.(asked) ?? []);
  }

  /** Closes the page's connection; one that the page has closed itself tells of no end any more. */
  async cut(): Promise<void> {
    const socket = this.#socket;
    if (!socket || socket.readyState === socket.CLOSED) return;
    const closed = once(socket, 'close');
    socket.terminate();
    await closed;
  }

  /** Closes all; resolves once nothing listens any more. */
  async stop(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #note(response: SipResponse): void {
    const branch = /branch=([^;,\s]+)/.exec(response.headers.get('via') ?? '')?.[1] ?? '';
    this.#finals.set(branch, [...(this.#finals.get(branch) ?? []), response]);
  }

  #receive(frame: string): void {
    this.frames.push(frame);
    const message = parseMessage(frame);
    if (message.kind === 'garbage') return;
    this.messages.push(message);
    if (message.kind === 'response' && message.status >= 200) this.#note(message);
    if (message.kind === 'request' && message.method in OBEDIENT && !this.manual.has(message.method)) this.obey(message);
    for (const wake of [...this.#waiters]) wake();
  }
}
