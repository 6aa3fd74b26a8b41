/** A host that is the page around our frame. Every answer is checked before it is believed. */
import type { Environment } from '../environment.js';
import { ServiceError } from '../service-error.js';
import type { HostAdapter, HostCapabilities } from './host-adapter.js';
import { exactOrigin, readHostMessage, seal, type FrameMessage, type HostMessage, type HostMethod } from './postmessage-protocol.js';
import { readCallState, readCallStates, readCapabilities, readHistoryPage, readHostContact, readHostInteraction } from './read-host.js';

/** What the adapter needs. */
export interface PostMessageOptions {
  /** The host's window: `parent` for a page in a frame. */
  readonly host: Window;
  /** The host's exact origin. */
  readonly origin: string;
  readonly environment: Environment;
  /** Ends the adapter. */
  readonly signal?: AbortSignal;
}

/** A `HostAdapter` over `postMessage`. */
export interface PostMessageAdapter extends HostAdapter {
  /** Messages refused so far: from the host's origin or window, but not of the protocol; or of the protocol, but from elsewhere. */
  readonly refused: number;
  /** Settles when the host first told its capabilities. */
  readonly ready: Promise<void>;
}

/** Requests that were given up and whose late answers are expected at most; a host need not answer them. */
const MAX_GIVEN_UP = 100;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: ServiceError): void;
}

/** Requests under way, and the window they go to. */
class HostLine {
  readonly #options: PostMessageOptions;
  readonly #origin: string;
  readonly #waiting = new Map<string, Waiting>();
  /** Requests that were given up: an answer that crosses this is late, and nothing to refuse. */
  readonly #givenUp = new Set<string>();
  readonly #onCapabilities: (name: string, capabilities: HostCapabilities) => void;
  refused = 0;

  constructor(options: PostMessageOptions, onCapabilities: (name: string, capabilities: HostCapabilities) => void) {
    this.#options = options;
    this.#origin = exactOrigin(options.origin);
    this.#onCapabilities = onCapabilities;
    addEventListener('message', (event) => this.#receive(event), options.signal ? { signal: options.signal } : {});
    this.#post({ kind: 'hello' });
  }

  /** Asks the host; the promise ends with the answer or with the signal. */
  request(method: HostMethod, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    const id = this.#options.environment.randomId();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      signal?.addEventListener(
        'abort',
        () => {
          if (this.#waiting.delete(id)) this.#giveUp(id);
          reject(signal.reason as Error);
        },
        { once: true },
      );
      this.#post({ kind: 'request', id, method, args });
    });
  }

  /** Asks, and reads the answer: one of another shape is counted as refused. */
  async read<T>(method: HostMethod, args: readonly unknown[], signal: AbortSignal, read: (answer: unknown) => T): Promise<T> {
    const answer = await this.request(method, args, signal);
    try {
      return read(answer);
    } catch (error) {
      this.refused += 1;
      throw error;
    }
  }

  #giveUp(id: string): void {
    this.#givenUp.add(id);
    const [oldest] = this.#givenUp;
    if (this.#givenUp.size > MAX_GIVEN_UP && oldest !== undefined) this.#givenUp.delete(oldest);
    this.#post({ kind: 'abort', id });
  }

  #post(message: FrameMessage): void {
    this.#options.host.postMessage(seal(message), this.#origin);
  }

  #receive(event: MessageEvent): void {
    const fromHost = event.source === this.#options.host && event.origin === this.#origin;
    const message = readHostMessage(event.data);
    if (fromHost && message) this.#handle(message);
    else if (fromHost || message) this.refused += 1;
  }

  #handle(message: HostMessage): void {
    if (message.kind === 'capabilities') {
      try {
        this.#onCapabilities(message.name, readCapabilities(message.capabilities));
      } catch {
        this.refused += 1;
      }
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#givenUp.delete(message.id)) return;
    if (!waiting) this.refused += 1;
    else if (message.ok) waiting.resolve(message.value);
    else waiting.reject(new ServiceError('host', message.message));
  }
}

/**
 * Makes the adapter of a framed page.
 * @throws ServiceError `configuration` where the origin is not exact
 */
export function createPostMessageAdapter(options: PostMessageOptions): PostMessageAdapter {
  const listeners = new Set<() => void>();
  let capabilities: HostCapabilities = {};
  let name = 'postmessage';
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const line = new HostLine(options, (hostName, told) => {
    name = hostName;
    capabilities = told;
    isReady();
    for (const listener of listeners) listener();
  });
  const ask = line.request.bind(line);
  const read = line.read.bind(line);
  const tell = (method: HostMethod, ...args: unknown[]): void => {
    // The host need not answer these; a refusal changes nothing here.
    ask(method, args).catch(() => undefined);
  };
  return {
    get name() {
      return name;
    },
    get capabilities() {
      return capabilities;
    },
    get refused() {
      return line.refused;
    },
    ready,
    subscribe(listener, { signal } = {}) {
      if (signal?.aborted) return;
      listeners.add(listener);
      signal?.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    activeInteraction: ({ signal }) => read('activeInteraction', [], signal, readHostInteraction),
    contact: (ref, { signal }) => read('contact', [ref], signal, readHostContact),
    searchHistory: (query, { signal }) => read('searchHistory', [query], signal, readHistoryPage),
    callState: ({ signal }) => read('callState', [], signal, (state) => (state === null ? null : readCallState(state))),
    callStates: ({ signal }) => read('callStates', [], signal, readCallStates),
    callAction: (callId, action, target, { signal }) => read('callAction', [callId, action, target ?? null], signal, readCallState),
    notify: async (notice, { signal }) => void (await ask('notify', [notice], signal)),
    setBadge: (count) => tell('setBadge', count),
    resize: (box) => tell('resize', box),
    reveal: () => tell('reveal'),
    openRecord: async (record, { signal }) => void (await ask('openRecord', [record], signal)),
    log: async (entry, { signal }) => void (await ask('log', [entry], signal)),
  };
}
