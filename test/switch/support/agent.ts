/** A SIP client that writes its frames by hand, so that the switches are tested without sip.js in between. */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { parseMessage, type SipRequest, type SipResponse } from '../../../demo/switch/core/message.js';
import { aor, dialogOfCallee, dialogOfCaller, DOMAIN, IM_SDP, type Dialog } from './dialog.js';

export { aor, AUDIO_SDP, dialogOfCallee, dialogOfCaller, DOMAIN, IM_SDP, type Dialog } from './dialog.js';

export type Message = SipRequest | SipResponse;

/** How a `RawAgent` presents itself. */
export interface AgentOptions {
  readonly instance?: string | undefined;
  readonly password?: string;
  /** Further Contact parameters at registration, with their `;`. */
  readonly tags?: string;
  readonly expires?: number;
}

interface Outgoing {
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly from?: string;
  readonly to?: string;
  readonly callId?: string;
  readonly branch?: string;
  readonly cseq?: number;
  readonly contact?: string;
  readonly maxForwards?: number;
}

const WAIT_MS = 6_000;
const token = (): string => randomUUID().slice(0, 8);
const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');

export class RawAgent {
  readonly user: string;
  readonly frames: string[] = [];
  readonly contactUser = token();
  readonly host = `${token()}.invalid`;
  instance: string | undefined;
  closeCode: number | undefined;
  readonly #socket: WebSocket;
  readonly #messages: Message[] = [];
  readonly #waiters = new Set<() => void>();
  #cseq = 1;
  #divert: ((frame: string) => void) | undefined;

  private constructor(socket: WebSocket, user: string, options: AgentOptions) {
    this.#socket = socket;
    this.user = user;
    this.instance = 'instance' in options ? options.instance : `urn:uuid:${randomUUID()}`;
    socket.on('message', (data) => {
      const frame = (data as Buffer).toString('utf8');
      if (this.#divert) return this.#divert(frame);
      this.frames.push(frame);
      const message = parseMessage(frame);
      if (message.kind !== 'garbage') this.#messages.push(message);
      for (const wake of [...this.#waiters]) wake();
    });
    socket.on('close', (code) => {
      this.closeCode = code;
      for (const wake of [...this.#waiters]) wake();
    });
    socket.on('error', () => undefined);
  }

  /** Connects without registering. */
  static async connect(url: string, user: string, options: AgentOptions = {}): Promise<RawAgent> {
    const socket = new WebSocket(url, 'sip', { perMessageDeflate: false });
    const agent = new RawAgent(socket, user, options);
    await once(socket, 'open');
    return agent;
  }

  /** Connects and registers. */
  static async login(url: string, user: string, options: AgentOptions = {}): Promise<RawAgent> {
    const agent = await RawAgent.connect(url, user, options);
    const response = await agent.register(options);
    if (response.status !== 200) throw new Error(`REGISTER of ${user} got ${response.status} ${response.reason}`);
    return agent;
  }

  get gruu(): string {
    return `${aor(this.user)};gr=${this.instance}`;
  }

  /** Contact value for dialogs. */
  get contact(): string {
    return this.instance === undefined ? `<sip:${this.contactUser}@${this.host};transport=ws>` : `<${this.gruu}>`;
  }

  raw(frame: string): void {
    this.#socket.send(frame);
  }

  close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    const closed = once(this.#socket, 'close').then(() => undefined);
    this.#socket.terminate();
    return closed;
  }

  /** From now on frames go there alone, unread: for long runs. */
  divert(onFrame: (frame: string) => void): void {
    this.#divert = onFrame;
  }

  /** Sends a request; returns what identifies it. */
  send(method: string, uri: string, options: Outgoing = {}): { callId: string; branch: string; fromTag: string; cseq: number } {
    const callId = options.callId ?? randomUUID();
    const branch = options.branch ?? `z9hG4bK${token()}`;
    const cseq = options.cseq ?? this.#cseq++;
    const fromTag = token();
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS ${this.host};branch=${branch}`,
      `Max-Forwards: ${options.maxForwards ?? 70}`,
      `From: ${options.from ?? `<${aor(this.user)}>;tag=${fromTag}`}`,
      `To: ${options.to ?? `<${uri.replace(/;.*/, '')}>`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: ${options.contact ?? this.contact}`,
      ...(options.headers ?? []),
      `Content-Length: ${Buffer.byteLength(options.body ?? '')}`,
    ];
    this.raw(`${lines.join('\r\n')}\r\n\r\n${options.body ?? ''}`);
    return { callId, branch, fromTag, cseq };
  }

  /** Sends a request and waits for its final response. */
  async ask(method: string, uri: string, options: Outgoing = {}): Promise<SipResponse> {
    const { branch } = this.send(method, uri, options);
    return this.final(branch);
  }

  /** The final response to the request with this branch. */
  final(branch: string, method?: string): Promise<SipResponse> {
    return this.response(branch, (status) => status >= 200, method);
  }

  /** The first response to the request with this branch that fits. */
  async response(branch: string, wanted: (status: number) => boolean, method?: string): Promise<SipResponse> {
    const found = await this.wait(
      `response to ${branch}`,
      (message) =>
        message.kind === 'response' &&
        wanted(message.status) &&
        (message.headers.get('via') ?? '').includes(branch) &&
        (method === undefined || (message.headers.get('cseq') ?? '').endsWith(` ${method}`)),
    );
    return found as SipResponse;
  }

  /** The next request of a method that was not taken before. */
  async incoming(method: string, callId?: string, ms?: number): Promise<SipRequest> {
    const fits = (message: Message): boolean =>
      message.kind === 'request' && message.method === method && (callId === undefined || message.headers.get('call-id') === callId);
    return (await this.wait(method, fits, ms)) as SipRequest;
  }

  /** Waits for a message and takes it. */
  wait(what: string, fits: (message: Message) => boolean, ms = WAIT_MS): Promise<Message> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const index = this.#messages.findIndex(fits);
        const [found] = index < 0 ? [] : this.#messages.splice(index, 1);
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiters.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(look);
        reject(new Error(`${this.user}: no ${what} within ${ms} ms`));
      }, ms);
      this.#waiters.add(look);
      look();
    });
  }

  /** Waits for a frame as it stands on the wire. */
  async frame(fits: (frame: string) => boolean): Promise<void> {
    const limit = Date.now() + WAIT_MS;
    while (!this.frames.some(fits)) {
      if (Date.now() > limit) throw new Error(`${this.user}: no such frame`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.#waiters.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, 50);
        this.#waiters.add(wake);
      });
    }
  }

  /** Messages that nobody has taken. */
  untaken(fits: (message: Message) => boolean): Message[] {
    return this.#messages.filter(fits);
  }

  /** Waits until the socket is closed from the other side. */
  async closedByPeer(): Promise<number> {
    if (this.closeCode === undefined) await once(this.#socket, 'close');
    return this.closeCode ?? 0;
  }

  /** Answers a request. */
  reply(request: SipRequest, status: number, options: { tag?: string; headers?: readonly string[]; body?: string } = {}): void {
    const { headers } = request;
    const to = headers.get('to') ?? '';
    const tagged = status === 100 || /;tag=/.test(to) ? to : `${to};tag=${options.tag ?? this.contactUser}`;
    const lines = [
      `SIP/2.0 ${status} Answer`,
      ...headers.list('via').map((via) => `Via: ${via}`),
      ...headers.list('record-route').map((route) => `Record-Route: ${route}`),
      `From: ${headers.get('from') ?? ''}`,
      `To: ${tagged}`,
      `Call-ID: ${headers.get('call-id') ?? ''}`,
      `CSeq: ${headers.get('cseq') ?? ''}`,
      `Contact: ${this.contact}`,
      ...(options.headers ?? []),
      `Content-Length: ${Buffer.byteLength(options.body ?? '')}`,
    ];
    this.raw(`${lines.join('\r\n')}\r\n\r\n${options.body ?? ''}`);
  }

  /** REGISTER, answering the challenge. */
  async register(options: AgentOptions = {}): Promise<SipResponse> {
    const instance = this.instance === undefined ? '' : `;+sip.instance="<${this.instance}>";reg-id=1`;
    const contact = `<sip:${this.contactUser}@${this.host};transport=ws>${instance}${options.tags ?? ''}`;
    const base = { contact, headers: ['Supported: gruu, outbound, path', `Expires: ${options.expires ?? 300}`], to: `<${aor(this.user)}>` };
    const first = await this.ask('REGISTER', `sip:${DOMAIN}`, base);
    if (first.status !== 401) return first;
    const headers = [...base.headers, `Authorization: ${this.credentials(first, 'REGISTER', `sip:${DOMAIN}`, options)}`];
    return this.ask('REGISTER', `sip:${DOMAIN}`, { ...base, headers });
  }

  /** Digest credentials for a challenge. */
  credentials(
    challenge: SipResponse,
    method: string,
    uri: string,
    options: AgentOptions & { count?: number; algorithm?: string } = {},
  ): string {
    const wanted = options.algorithm ?? 'MD5';
    const lines = [...challenge.headers.all('www-authenticate'), ...challenge.headers.all('proxy-authenticate')];
    const line = lines.find((value) => value.includes(`algorithm=${wanted}`) || (wanted === 'MD5' && !value.includes('algorithm='))) ?? '';
    const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(line)?.[1] ?? '';
    const name = wanted === 'MD5' ? 'md5' : 'sha256';
    const count = String(options.count ?? 1).padStart(8, '0');
    const ha1 = hash(name, `${this.user}:${field('realm')}:${options.password ?? `${this.user}-secret`}`);
    const ha2 = hash(name, `${method}:${uri}`);
    const response = hash(name, `${ha1}:${field('nonce')}:${count}:c0:auth:${ha2}`);
    return (
      `Digest username="${this.user}", realm="${field('realm')}", nonce="${field('nonce')}", uri="${uri}", ` +
      `algorithm=${wanted}, qop=auth, nc=${count}, cnonce="c0", response="${response}"`
    );
  }

  /** INVITE for instant messages unless told otherwise. */
  invite(uri: string, options: Outgoing & { expires?: number } = {}): { callId: string; branch: string; fromTag: string; cseq: number } {
    const expires = options.expires === undefined ? [] : [`Expires: ${options.expires}`];
    const headers = ['Supported: replaces, gruu', 'Content-Type: application/sdp', ...expires, ...(options.headers ?? [])];
    return this.send('INVITE', uri, { body: IM_SDP, ...options, headers });
  }

  /** ACK to a final answer that this agent got; a refusal's goes hop by hop with the INVITE's branch. */
  ack(uri: string, response: SipResponse, branch: string): Dialog {
    const dialog = dialogOfCaller(response);
    const isOk = response.status < 300;
    this.send('ACK', isOk ? dialog.target : uri, {
      callId: dialog.callId,
      from: dialog.local,
      to: dialog.remote,
      cseq: parseInt(response.headers.get('cseq') ?? '', 10),
      branch: isOk ? `z9hG4bK${token()}` : branch,
      headers: isOk ? dialog.routes.map((route) => `Route: ${route}`) : [],
    });
    return dialog;
  }

  /** CANCEL of an INVITE of this agent. */
  cancel(uri: string, invite: { callId: string; branch: string; fromTag: string; cseq: number }, reason?: string): void {
    this.send('CANCEL', uri, {
      ...invite,
      from: `<${aor(this.user)}>;tag=${invite.fromTag}`,
      headers: reason === undefined ? [] : [`Reason: ${reason}`],
    });
  }

  /** A request within a dialog, and its final response. */
  within(dialog: Dialog, method: string, options: { headers?: readonly string[]; body?: string } = {}): Promise<SipResponse> {
    return this.ask(method, dialog.target, {
      callId: dialog.callId,
      from: dialog.local,
      to: dialog.remote,
      body: options.body ?? '',
      headers: [
        ...dialog.routes.map((route) => `Route: ${route}`),
        ...(options.body === undefined ? [] : ['Content-Type: text/plain']),
        ...(options.headers ?? []),
      ],
    });
  }
}

/** A whole session: INVITE, 180, 200, ACK. */
export async function session(caller: RawAgent, callee: RawAgent, uri = aor(callee.user)): Promise<{ caller: Dialog; callee: Dialog }> {
  const { branch, callId } = caller.invite(uri);
  const invite = await callee.incoming('INVITE', callId);
  callee.reply(invite, 180);
  callee.reply(invite, 200, { body: IM_SDP, headers: ['Content-Type: application/sdp'] });
  const dialog = caller.ack(uri, await caller.final(branch), branch);
  await callee.incoming('ACK', callId);
  return { caller: dialog, callee: dialogOfCallee(invite, callee.contactUser) };
}

/** `Reason` of a CANCEL, without its text. */
export function causeOf(request: SipRequest): string {
  return (request.headers.get('reason') ?? '').replace(/\s/g, '').split(';text=')[0] ?? '';
}

/** Address and name in P-Asserted-Identity. */
export function assertedIn(message: Message): string {
  return message.headers.all('p-asserted-identity').join(' | ');
}
