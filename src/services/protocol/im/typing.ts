/** Typing notices of one session (RFC 3994): ours are rate-limited, the peer's fall idle by themselves. */
import type { Environment, TimerHandle } from '../../environment.js';

/** An active notice is repeated this often while keys are pressed, ms; it is told to last twice as long. */
const REFRESH = 60_000;
/** Without a key for this long the agent is idle, ms. */
const IDLE_AFTER = 15_000;

/** What it needs. */
export interface TypingOptions {
  readonly environment: Environment;
  /** Sends a notice; `refresh` in seconds. */
  send(active: boolean, refresh: number): void;
  /** The peer types, or stopped. */
  onPeer(active: boolean): void;
}

/** See the head of the file. */
export class Typing {
  readonly #options: TypingOptions;
  #sentAt: number | undefined;
  #idleTimer: TimerHandle | undefined;
  #peerTimer: TimerHandle | undefined;
  #peerActive = false;

  constructor(options: TypingOptions) {
    this.#options = options;
  }

  /** A key was pressed, or the box was left. */
  own(active: boolean): void {
    const { environment } = this.#options;
    environment.clearTimeout(this.#idleTimer);
    if (!active) {
      this.#idle();
      return;
    }
    this.#idleTimer = environment.setTimeout(() => this.#idle(), IDLE_AFTER);
    if (this.#sentAt !== undefined && environment.now() - this.#sentAt < REFRESH) return;
    this.#sentAt = environment.now();
    this.#options.send(true, (REFRESH * 2) / 1000);
  }

  /** A text went out: that says "idle" by itself (RFC 3994, 3.3). */
  sent(): void {
    this.#options.environment.clearTimeout(this.#idleTimer);
    this.#sentAt = undefined;
  }

  /** A notice came; `refresh` in seconds. */
  peer(active: boolean, refresh: number): void {
    const { environment } = this.#options;
    environment.clearTimeout(this.#peerTimer);
    if (active) this.#peerTimer = environment.setTimeout(() => this.#tell(false), refresh * 1000);
    this.#tell(active);
  }

  /** A text came: the peer no longer types. The snapshot knows that from the text itself. */
  received(): void {
    this.#options.environment.clearTimeout(this.#peerTimer);
    this.#peerActive = false;
  }

  /** Stops all timers. */
  stop(): void {
    this.#options.environment.clearTimeout(this.#idleTimer);
    this.#options.environment.clearTimeout(this.#peerTimer);
    this.#sentAt = undefined;
  }

  #idle(): void {
    if (this.#sentAt === undefined) return;
    this.#sentAt = undefined;
    this.#options.send(false, 0);
  }

  #tell(active: boolean): void {
    if (this.#peerActive === active) return;
    this.#peerActive = active;
    this.#options.onPeer(active);
  }
}
