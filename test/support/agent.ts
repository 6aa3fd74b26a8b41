/**
 * An agent at work, for specs that read as dialogues:
 *
 *     const kate = await agent('kate', { on });
 *     kate.writesTo('john', 'can you help me with this call?');
 *     await john.isInvitedBy('kate');
 *     await john.accepts();
 *     await kate.sees('Connected');
 */
import {
  createSipService,
  entries,
  type DomainEvent,
  type ImSession,
  type MessageEntry,
  type Interaction,
  type MessageState,
  type ServiceConfig,
  type SipService,
  type SystemCode,
  type TargetRef,
  type TranscriptEntry,
} from '../../src/services/index.js';
import { testNetwork, type TestNetwork } from './network.js';
import { demoRecords, type TestSwitch } from './switches.js';

/** How long anything may take before the spec fails, ms. */
const LIMIT = 40_000;

/** The four status words of the screen. */
const STATUS = { 'Not Connected': 'not-connected', Establishing: 'establishing', Connected: 'connected', Ended: 'ended' } as const;
/** A status word. */
export type StatusWord = keyof typeof STATUS;

/** Options of an agent. */
export interface AgentOptions extends Partial<ServiceConfig> {
  readonly on: TestSwitch;
  /** A tab's storage and sockets, where the spec wants them itself. */
  readonly network?: TestNetwork;
  /** Does not wait until the agent is logged in. */
  readonly patient?: boolean;
}

const present = new Set<Agent>();

/** One agent. Without a session named, commands mean the newest one that is not closed. */
export class Agent {
  readonly name: string;
  readonly service: SipService;
  readonly network: TestNetwork;
  readonly events: DomainEvent[] = [];
  readonly errors: { code: string; message: string }[] = [];

  constructor(name: string, service: SipService, network: TestNetwork) {
    this.name = name;
    this.service = service;
    this.network = network;
    service.onEvent((event) => this.events.push(event));
    service.onError((error) => this.errors.push(error));
  }

  /** Every session that is not closed, oldest first. */
  get sessions(): readonly ImSession[] {
    return (this.service.snapshot.get('sessions') ?? []).flatMap((id) => this.service.snapshot.get(`session:${id}`) ?? []);
  }

  /** The newest session. */
  get session(): ImSession {
    const session = this.sessions.at(-1);
    if (!session) throw new Error(`${this.name} has no session.`);
    return session;
  }

  /** Every line of a session. */
  lines(sessionId = this.session.id): readonly TranscriptEntry[] {
    const transcript = this.service.snapshot.get(`transcript:${sessionId}`);
    return transcript ? [...entries(transcript)] : [];
  }

  /** Every message of a session. */
  messages(sessionId = this.session.id): readonly MessageEntry[] {
    return this.lines(sessionId).filter((line) => line.kind === 'message');
  }

  /** What the peer wrote, in the order shown. */
  received(sessionId = this.session.id): readonly string[] {
    return this.messages(sessionId).flatMap(({ own, text }) => (own ? [] : [text]));
  }

  /** Waits until `condition` gives something. It is asked again after every event and every error. */
  async until<T>(what: string, condition: () => T | undefined | false | null): Promise<T> {
    const done = new AbortController();
    try {
      return await new Promise<T>((resolve, reject) => {
        const look = (): void => {
          const value = condition();
          if (value !== undefined && value !== false && value !== null) resolve(value);
        };
        const timer = setTimeout(() => reject(new Error(`${this.name} waited in vain: ${what}. ${this.#situation()}`)), LIMIT);
        done.signal.addEventListener('abort', () => clearTimeout(timer));
        this.service.onEvent(look, done);
        this.service.onError(look, done);
        look();
      });
    } finally {
      done.abort();
    }
  }

  /** Waits until the newest session (or the one named) shows this status. */
  sees(word: StatusWord, sessionId?: string): Promise<ImSession> {
    const pick = (): ImSession | undefined => this.sessions.findLast(({ id }) => sessionId === undefined || id === sessionId);
    return this.until(`the status ${word}`, () => {
      const session = pick();
      return session?.status === STATUS[word] && session;
    });
  }

  /** Waits until the transcript says so. */
  isTold(code: SystemCode, sessionId?: string): Promise<TranscriptEntry> {
    return this.until(`the line "${code}"`, () => this.#linesOf(sessionId).find((line) => line.kind === 'system' && line.code === code));
  }

  /** Waits until the peer's text is there. */
  reads(text: string, sessionId?: string): Promise<TranscriptEntry> {
    return this.until(`a message of ${text.length} characters`, () =>
      this.#linesOf(sessionId).find((line) => line.kind === 'message' && !line.own && line.text === text),
    );
  }

  /** Waits until the own message with this text is in this state. */
  seesOwn(text: string, state: MessageState): Promise<TranscriptEntry> {
    return this.until(`the own message ${state}`, () =>
      this.#linesOf().find((line) => line.kind === 'message' && line.own && line.text === text && line.state === state),
    );
  }

  /** Waits for an invitation that can be answered. */
  isInvitedBy(name: string): Promise<ImSession> {
    return this.until(`an invitation of ${name}`, () =>
      this.sessions.find(({ direction, status, peer }) => direction === 'incoming' && status === 'establishing' && peer.user === name),
    );
  }

  /** Opens a session with a demo target and sends the first message. @returns the session's id */
  writesTo(user: string, text: string, options: { target?: Partial<TargetRef>; interaction?: Interaction } = {}): string {
    const target: TargetRef = { type: 'agent', address: `sip:${user}@deskside.test`, name: user, ...options.target };
    const sessionId = this.service.im.open(target, options.interaction ? { interaction: options.interaction } : {});
    this.service.im.send(sessionId, text);
    return sessionId;
  }

  /** Writes into the newest session. @returns the message's id */
  writes(text: string): string {
    return this.service.im.send(this.session.id, text);
  }

  accepts(sessionId = this.session.id): Promise<void> {
    return this.service.im.accept(sessionId);
  }

  rejects(options: { text?: string; busy?: boolean } = {}): Promise<void> {
    return this.service.im.reject(this.session.id, options);
  }

  ends(): Promise<void> {
    return this.service.im.end(this.session.id);
  }

  /** Waits until the connection is in this state. */
  isOnline(): Promise<true> {
    return this.until('a working connection', () => this.service.snapshot.get('connection')?.status === 'ready' || undefined);
  }

  /** Waits until both are so: logged in on `im`. */
  isLoggedIn(): Promise<true> {
    return this.until('being logged in', () => {
      const channel = this.service.snapshot.get('channels')?.im;
      return (channel?.state === 'ready' && !channel.pending) || undefined;
    });
  }

  /** Leaves for good. */
  async leaves(): Promise<void> {
    present.delete(this);
    await this.service.stop();
  }

  #linesOf(sessionId?: string): readonly TranscriptEntry[] {
    const id = sessionId ?? this.sessions.at(-1)?.id;
    return id === undefined ? [] : this.lines(id);
  }

  #situation(): string {
    const { snapshot } = this.service;
    const lines = this.#linesOf()
      .slice(-6)
      .map((line) => (line.kind === 'system' ? line.code : `${line.own ? 'own' : 'peer'} ${line.state ?? ''}${line.failure ?? ''}`));
    return JSON.stringify({
      connection: snapshot.get('connection'),
      channels: snapshot.get('channels'),
      sessions: this.sessions,
      lines,
      errors: this.errors,
    });
  }
}

/** A demo agent, logged in on `im` unless told otherwise. */
export async function agent(name: string, { on, network, patient = false, ...config }: AgentOptions): Promise<Agent> {
  const record = (await demoRecords()).find(({ user }) => user === name);
  if (!record) throw new Error(`There is no demo agent ${name}.`);
  const own = network ?? testNetwork(on.open);
  const service = createSipService({}, own.environment);
  const made = new Agent(name, service, own);
  present.add(made);
  service.configure({
    servers: [on.url],
    address: record.address,
    displayName: record.name,
    credentials: record.password ?? '',
    autoLogin: ['im'],
    tabs: 'separate',
    ...config,
  });
  if (!patient) await made.isLoggedIn();
  return made;
}

/** Sends every agent home; for `afterEach`. */
export async function everybodyLeaves(): Promise<void> {
  await Promise.all([...present].map((one) => one.leaves()));
}
