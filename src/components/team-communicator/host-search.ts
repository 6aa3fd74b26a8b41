/** Asks the host as the agent types: for contacts, or for targets that are not in the page. An answer to what is not asked any more is dropped. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isServiceError, type Directory, type SearchQuery, type SearchResult } from '../../services/index.js';

/** What the host is asked for: one line for each of its functions. */
const KINDS = {
  contacts: {
    isThere: ({ hasContacts }: Directory): boolean => hasContacts,
    ask: (directory: Directory, query: SearchQuery, signal: AbortSignal) => directory.searchContacts(query, { signal }),
  },
  targets: {
    isThere: ({ hasSearch }: Directory): boolean => hasSearch,
    ask: (directory: Directory, query: SearchQuery, signal: AbortSignal) => directory.searchTargets(query, { signal }),
  },
} as const;

/** How it stands. */
export type HostState = 'idle' | 'asking' | 'failed';

/** See the head of the file. */
export class HostSearch implements ReactiveController {
  readonly #kind: (typeof KINDS)[keyof typeof KINDS];
  readonly #host: ReactiveControllerHost;
  readonly #onAnswer: () => void;
  #asked = '';
  #asking: AbortController | undefined;
  #result: SearchResult | undefined;
  #state: HostState = 'idle';
  #answers = 0;

  /** @param onAnswer called when an answer has come */
  constructor(host: ReactiveControllerHost, kind: keyof typeof KINDS, onAnswer: () => void) {
    this.#kind = KINDS[kind];
    this.#host = host;
    this.#onAnswer = onAnswer;
    host.addController(this);
  }

  /** The answer to what was asked last; undefined until it has come. */
  get result(): SearchResult | undefined {
    return this.#result;
  }

  /** Counts up whenever `result` is another. */
  get answers(): number {
    return this.#answers;
  }

  get state(): HostState {
    return this.#state;
  }

  hostDisconnected(): void {
    this.#end('');
  }

  /** Asks, unless the same was asked before. An empty text asks for nothing. */
  ask(directory: Directory, query: SearchQuery): void {
    const text = query.text.trim();
    const wanted = text && this.#kind.isThere(directory) ? JSON.stringify({ ...query, text }) : '';
    if (wanted === this.#asked) return;
    this.#end(wanted);
    if (wanted) void this.#run(directory, { ...query, text });
  }

  /** Asks the same once more. */
  retry(): void {
    this.#end('');
    this.#host.requestUpdate();
  }

  #end(asked: string): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#asked = asked;
    if (this.#result) this.#answers += 1;
    this.#result = undefined;
    this.#state = 'idle';
  }

  async #run(directory: Directory, query: SearchQuery): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    this.#state = 'asking';
    const answer = await this.#kind.ask(directory, query, asking.signal).catch((error: unknown) => {
      if (!isServiceError(error)) reportError(error);
      return undefined;
    });
    if (asking.signal.aborted) return;
    this.#result = answer;
    this.#answers += 1;
    this.#state = answer ? 'idle' : 'failed';
    this.#onAnswer();
    this.#host.requestUpdate();
  }
}
