/** What a tab does that follows: shows what the leader tells, hands it commands, and watches whether it lives. */
import type { DomainEvent } from '../domain/events.js';
import type { Errand, Errands } from './errands.js';
import { LeaderWatch } from './leader-watch.js';
import { Mirror } from './mirror.js';
import { doForLeader } from './sound.js';
import type { TabLine } from './tab-line.js';
import type { LeaderMessage } from './tab-message.js';
import type { TabsHost } from './tabs-host.js';

/** What it needs. */
export interface FollowerOptions {
  readonly host: TabsHost;
  readonly errands: Errands;
  readonly line: () => TabLine | undefined;
  /** An event of the leader's is shown. */
  onEvent(event: DomainEvent): void;
  /** The whole of the leader's snapshot is shown. */
  onState(message: Extract<LeaderMessage, { type: 'state' }>): void;
  /** Something is missing: ask for the whole. */
  onGap(): void;
  onDead(): void;
}

/** See the head of the file. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #mirror: Mirror;
  readonly #watch: LeaderWatch;

  constructor(options: FollowerOptions) {
    this.#options = options;
    const { host, line } = options;
    this.#mirror = new Mirror({
      replace: (slices) => host.replace(slices),
      apply: (event) => {
        host.emit(event);
        options.onEvent(event);
      },
      onGap: () => options.onGap(),
    });
    this.#watch = new LeaderWatch({
      environment: host.environment,
      ask: () => {
        const own = line();
        own?.say({ type: 'ping', from: own.self });
      },
      onDead: () => options.onDead(),
    });
  }

  /** Whether it shows what the leader has. */
  get isCurrent(): boolean {
    return this.#mirror.isCurrent;
  }

  /** Begins to watch the leader. */
  watch(): void {
    this.#watch.start();
  }

  /** Watches no more. */
  rest(): void {
    this.#watch.stop();
  }

  /** Another leader: what is shown stays until its snapshot came. */
  reset(): void {
    this.#mirror.reset();
  }

  /** Hands a command to the leader. */
  ask({ id, command, again }: Errand): void {
    const line = this.#options.line();
    this.#options.errands.given(id);
    line?.say({ type: 'ask', from: line.self, id, command, again });
  }

  /** What the present leader says. */
  hear(message: LeaderMessage): void {
    const { host, errands } = this.#options;
    const line = this.#options.line();
    this.#watch.heard();
    if (message.type === 'state') this.#takeState(message);
    else if (message.type === 'event') this.#mirror.follow(message);
    else if (message.type === 'pong') this.#mirror.compare(message.seq);
    else if (message.type === 'ask-whether') this.#tellWhatIsHere(message.seq);
    else if (message.type === 'error') host.report(message.error);
    else if (message.type === 'sound-ask' && line) void doForLeader(host.media, line, message);
    else if (message.type === 'answer') errands.settle(message.id, message.error);
  }

  #takeState(message: Extract<LeaderMessage, { type: 'state' }>): void {
    if (!this.#mirror.take(message)) return;
    this.#options.onState(message);
    for (const errand of this.#options.errands.all()) this.ask(errand);
  }

  /** What comes over the channel comes in order: an event that is asked about is here, or missing. */
  #tellWhatIsHere(seq: number): void {
    const line = this.#options.line();
    this.#mirror.compare(seq);
    if (this.#mirror.isCurrent) line?.say({ type: 'has', from: line.self, seq });
  }
}
