/** A gateway that does as it is told, and an engine over it: for what no switch does on demand. */
import type { MediaPort } from '../../../src/services/domain/call-media.js';
import type { DomainEvent } from '../../../src/services/domain/events.js';
import type { EngineHost } from '../../../src/services/engine.js';
import type { KeyValueStorage } from '../../../src/services/environment.js';
import { DEFAULT_CONFIG, type ServiceConfig } from '../../../src/services/service-config.js';
import { ServiceError } from '../../../src/services/service-error.js';
import { ServiceState } from '../../../src/services/service/state.js';
import { ProtocolEngine, type CreateGateway } from '../../../src/services/protocol/engine.js';
import type { CreatePart } from '../../../src/services/protocol/engine-part.js';
import { encodeImOffer } from '../../../src/services/protocol/codecs/im-sdp.js';
import type {
  DialogEvents,
  DialogName,
  GatewayAccount,
  GatewayEvents,
  IncomingInvite,
  IncomingRequest,
  InviteOptions,
  SipBody,
  SipDialog,
  SipGateway,
  SipResponse,
  SubscribeOptions,
} from '../../../src/services/protocol/gateway.js';
import { FakeClock, settled } from './fake-clock.js';
import { FakeSubscription } from './fake-subscription.js';

export { FakeClock, settled };

/** A response. */
export function response(status: number, headers: Readonly<Record<string, string>> = {}, more: Partial<SipResponse> = {}): SipResponse {
  return { status, reason: '', header: (name) => headers[name], ...more };
}

/** A dialog that writes down what is sent in it. */
export class FakeDialog implements SipDialog {
  readonly ref = { callId: 'call', localTag: 'local', remoteTag: 'remote', remoteTarget: 'sip:john@deskside.test;gr=1' };
  readonly remote;
  readonly events: DialogEvents;
  readonly sent: { method: string; body?: SipBody }[] = [];
  /** Statuses of the coming answers; 200 when none is left. */
  answers: number[] = [];
  byes: (string | undefined)[] = [];
  abandoned = false;
  /** Body of the ACK of the peer's next re-INVITE. */
  ack: Promise<SipBody | undefined> = Promise.resolve(undefined);
  /** While set, requests wait. */
  gate: Promise<void> | undefined;

  constructor(events: DialogEvents, address = 'sip:john@deskside.test') {
    this.events = events;
    this.remote = { address, asserted: true };
  }

  async request(method: string, { body }: { body?: SipBody } = {}): Promise<SipResponse> {
    this.sent.push({ method, ...(body ? { body } : {}) });
    await this.gate;
    return response(this.answers.shift() ?? 200);
  }

  reinvite(_options?: Parameters<SipDialog['reinvite']>[0]): Promise<SipResponse> {
    return Promise.resolve(response(488));
  }

  bye({ reason }: { reason?: string } = {}): Promise<SipResponse> {
    this.byes.push(reason);
    return Promise.resolve(response(200));
  }

  abandon(): void {
    this.abandoned = true;
  }

  /** Contents of what was sent, with this type. */
  contents(type: string): string[] {
    return this.sent.flatMap(({ body }) => (body?.contentType.startsWith(type) ? [body.content] : []));
  }

  /** A request of the peer's. @returns the status that it was answered with at once */
  receive(method: string, body?: SipBody, headers: Readonly<Record<string, string>> = {}): number | undefined {
    return this.receiveLater(method, body, headers)[0];
  }

  /** A request of the peer's. @returns the statuses that it is answered with, as they come */
  receiveLater(method: string, body?: SipBody, headers: Readonly<Record<string, string>> = {}): readonly number[] {
    const answers: number[] = [];
    const request: IncomingRequest = {
      method,
      identity: this.remote,
      from: this.remote.address,
      to: '',
      callId: 'call',
      header: (name) => headers[name],
      ...(body ? { body } : {}),
      respond: (status) => void answers.push(status),
      ...(method === 'INVITE' ? { acknowledged: () => this.ack } : {}),
    };
    this.events.onRequest(request);
    return answers;
  }
}

/** An INVITE of ours under way. */
export class FakeInvite {
  readonly options: InviteOptions;
  readonly final: Promise<{ response: SipResponse; dialog?: SipDialog }>;
  cancelled: string | undefined;
  #settle: (value: { response: SipResponse; dialog?: SipDialog }) => void = () => undefined;

  constructor(options: InviteOptions) {
    this.options = options;
    this.final = new Promise((resolve) => (this.#settle = resolve));
  }

  ring(status = 180): void {
    this.options.onProgress?.(response(status));
  }

  async refuse(answer: SipResponse): Promise<void> {
    this.#settle({ response: answer });
    await settled();
  }

  async accept(more: Partial<SipResponse> = {}, address?: string): Promise<FakeDialog> {
    const dialog = new FakeDialog(this.options.events, address);
    this.#settle({ response: response(200, {}, more), dialog });
    await settled();
    return dialog;
  }
}

/** An INVITE that arrives. */
export class FakeIncoming implements IncomingInvite {
  readonly method = 'INVITE';
  readonly from = 'sip:kate@deskside.test';
  readonly to = 'sip:john@deskside.test';
  readonly callId = 'call-in';
  readonly media: IncomingInvite['media'];
  readonly expires: number | undefined;
  readonly identity;
  readonly body: SipBody;
  readonly replaces?: SipDialog;
  readonly replacing?: DialogName;
  readonly frame = 'INVITE sip:john@deskside.test SIP/2.0';
  rang = 0;
  answer: { status: number; headers?: readonly string[]; body?: SipBody } | undefined;
  dialog: FakeDialog | undefined;
  /** Whether the caller acknowledges. */
  acknowledges = true;
  cancel: (reason?: string) => void = () => undefined;

  constructor(
    options: Partial<Pick<IncomingInvite, 'media' | 'expires' | 'body' | 'replaces' | 'replacing'>> & {
      address?: string;
      asserted?: boolean;
    } = {},
  ) {
    this.media = options.media ?? 'im';
    this.expires = options.expires ?? 60;
    this.identity = { address: options.address ?? 'sip:kate@deskside.test', name: 'Kate Lewis', asserted: options.asserted ?? true };
    this.body = options.body ?? {
      contentType: 'application/sdp',
      content: encodeImOffer({ address: 'sip:kate@deskside.test', sessionId: 1 }),
    };
    if (options.replaces) this.replaces = options.replaces;
    if (options.replacing) this.replacing = options.replacing;
  }

  header(): undefined {
    return undefined;
  }

  ring(): void {
    this.rang += 1;
  }

  accept({ body, events }: { body: SipBody; events: DialogEvents }): Promise<SipDialog> {
    this.answer = { status: 200, body };
    if (!this.acknowledges) return new Promise(() => undefined);
    this.dialog = new FakeDialog(events, this.identity.address);
    return Promise.resolve(this.dialog);
  }

  reject(status: number, more: { headers?: readonly string[]; body?: SipBody } = {}): void {
    this.answer ??= { status, ...more };
  }

  onCancel(listener: (reason?: string) => void): void {
    this.cancel = listener;
  }
}

type PublishOptions = Parameters<SipGateway['publish']>[0];

/** A gateway that does as it is told. */
export class FakeGateway implements SipGateway {
  readonly account: GatewayAccount;
  readonly events: GatewayEvents;
  readonly servers: string[] = [];
  readonly registrations: (readonly string[])[] = [];
  readonly invites: FakeInvite[] = [];
  readonly subscriptions: FakeSubscription[] = [];
  readonly published: PublishOptions[] = [];
  /** Answers to the coming PUBLISHes; a plain 200 when none is left. */
  publishAnswers: (SipResponse | Promise<SipResponse>)[] = [];
  /** Whether sockets open. */
  reachable = true;
  /** Status of the coming REGISTERs; 200 when none is left. */
  registerAnswers: number[] = [];
  optionsAnswer = 200;
  /** What the registrar says when it is asked who is registered, and how often it was. */
  seen = { status: 200, isTaken: false };
  looked = 0;
  /** MESSAGEs outside any dialog, and the statuses of their answers; 200 when none is left. */
  readonly messages: { target: string; body: SipBody }[] = [];
  messageAnswers: number[] = [];
  asked = 0;
  unregistered = 0;
  disposed = false;
  connected = false;
  heardAt = 0;
  readonly gruu = undefined;
  /** Requests of a page before. */
  readonly frames: string[] = [];
  onLost: (answer: SipResponse) => void = () => undefined;
  onTaken: () => void = () => undefined;

  constructor(account: GatewayAccount, events: GatewayEvents) {
    this.account = account;
    this.events = events;
  }

  receive(frame: string): void {
    this.frames.push(frame);
  }

  connect(server: string): Promise<void> {
    this.servers.push(server);
    this.connected = this.reachable;
    return this.reachable ? Promise.resolve() : Promise.reject(new ServiceError('unreachable', 'No.'));
  }

  disconnect(): Promise<void> {
    this.connected = false;
    return Promise.resolve();
  }

  register({ features, onLost, onTaken }: Parameters<SipGateway['register']>[0]): Promise<SipResponse> {
    this.registrations.push(features);
    this.onLost = onLost;
    this.onTaken = () => onTaken?.();
    return Promise.resolve(response(this.registerAnswers.shift() ?? 200));
  }

  look(): ReturnType<SipGateway['look']> {
    this.looked += 1;
    return Promise.resolve(this.seen);
  }

  unregister(): Promise<SipResponse> {
    this.unregistered += 1;
    return Promise.resolve(response(200));
  }

  options(): Promise<SipResponse> {
    this.asked += 1;
    return Promise.resolve(response(this.optionsAnswer));
  }

  invite(options: InviteOptions): FakeInvite & { cancel(reason?: string): void } {
    const invite = new FakeInvite(options);
    this.invites.push(invite);
    return Object.assign(invite, { cancel: (reason?: string) => (invite.cancelled = reason ?? '') });
  }

  message(target: string, body: SipBody): Promise<SipResponse> {
    this.messages.push({ target, body });
    return Promise.resolve(response(this.messageAnswers.shift() ?? 200));
  }

  /** A MESSAGE outside any dialog. @returns the status that it was answered with */
  page(from: string, body: SipBody, headers: Readonly<Record<string, string>> = {}): number | undefined {
    let answered: number | undefined;
    this.events.onMessage({
      method: 'MESSAGE',
      identity: { address: from, asserted: true },
      from,
      to: this.account.address,
      callId: 'page',
      header: (name) => headers[name],
      body,
      respond: (status) => (answered ??= status),
    });
    return answered;
  }

  async publish(options: PublishOptions): Promise<SipResponse> {
    this.published.push(options);
    return (await this.publishAnswers.shift()) ?? response(200);
  }

  subscribe(options: SubscribeOptions): FakeSubscription {
    const subscription = new FakeSubscription(options);
    this.subscriptions.push(subscription);
    return subscription;
  }

  dispose(): void {
    this.disposed = true;
  }

  /** The socket is gone. */
  async lose(code = 1006): Promise<void> {
    this.connected = false;
    this.events.onDisconnect({ code, reason: '' });
    await settled();
  }
}

/** Settings of an agent on a fake switch. */
export const CONFIG: ServiceConfig = {
  ...DEFAULT_CONFIG,
  servers: ['wss://switch.test/ws'],
  address: 'sip:kate@deskside.test',
  displayName: 'Kate Lewis',
  credentials: 'secret',
  autoLogin: ['im'],
};

/** An engine over a fake gateway, with its snapshot. */
export class Bench {
  readonly clock = new FakeClock();
  readonly state = new ServiceState();
  readonly events: DomainEvent[] = [];
  readonly errors: { code: string; message: string }[] = [];
  readonly gateways: FakeGateway[] = [];
  readonly engine: ProtocolEngine;
  /** What tells whether another tab has what happened. */
  mirrored: () => Promise<void> | undefined = () => undefined;
  /** Done to each gateway as it is made. */
  prepare: (gateway: FakeGateway) => void = () => undefined;

  constructor(options: { parts?: readonly CreatePart[]; tabStorage?: KeyValueStorage; media?: MediaPort } = {}) {
    this.state.events.add((event) => this.events.push(event));
    const host = {
      environment: this.clock.environment(options.tabStorage),
      read: this.state.read,
      emit: this.state.apply,
      report: (error: { code: string; message: string }) => this.errors.push(error),
      mirrored: () => this.mirrored(),
      ...(options.media ? { media: options.media } : {}),
    };
    this.engine = this.engineFor(host, options.parts);
  }

  /** An engine for a host of the test's own, over this bench's gateways. */
  engineFor(host: EngineHost, parts?: readonly CreatePart[]): ProtocolEngine {
    const createGateway: CreateGateway = ({ account, events }) => {
      const gateway = new FakeGateway(account, events);
      this.prepare(gateway);
      this.gateways.push(gateway);
      return gateway;
    };
    return parts ? new ProtocolEngine(host, createGateway, parts) : new ProtocolEngine(host, createGateway);
  }

  get gateway(): FakeGateway {
    const gateway = this.gateways.at(-1);
    if (!gateway) throw new Error('No gateway was made.');
    return gateway;
  }

  /** The words of the connection so far, each once. */
  get statuses(): string[] {
    const all = this.events.flatMap((event) => (event.type === 'connection' ? [event.connection.status] : []));
    return all.filter((word, index) => word !== all[index - 1]);
  }

  /** Configures, and lets it connect. */
  async start(config: Partial<ServiceConfig> = {}): Promise<this> {
    this.engine.configure({ ...CONFIG, ...config });
    await settled();
    return this;
  }
}
