/** Asks the host for contacts as the agent types. An answer to what is not asked any more is dropped. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isServiceError, type Directory, type SearchResult } from '../../services/index.js';

/** How it stands. */
export type ContactState = 'idle' | 'asking' | 'failed';

/** See the head of the file. */
export class ContactSearch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onAnswer: () => void;
  #asked = '';
  #asking: AbortController | undefined;
  #result: SearchResult | undefined;
  #state: ContactState = 'idle';
  #answers = 0;

  /** @param onAnswer called when an answer has come */
  constructor(host: ReactiveControllerHost, onAnswer: () => void) {
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

  get state(): ContactState {
    return this.#state;
  }

  hostDisconnected(): void {
    this.#end('');
  }

  /** Asks, unless the same was asked before. An empty text asks for nothing. */
  ask(directory: Directory, text: string, limit: number): void {
    const wanted = text.trim() && directory.hasContacts ? `${limit} ${text.trim()}` : '';
    if (wanted === this.#asked) return;
    this.#end(wanted);
    if (wanted) void this.#run(directory, text.trim(), limit);
  }

  /** Asks the same once more. */
  retry(directory: Directory, text: string, limit: number): void {
    this.#end('');
    this.ask(directory, text, limit);
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

  async #run(directory: Directory, text: string, limit: number): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    this.#state = 'asking';
    const answer = await directory.searchContacts({ text, limit }, { signal: asking.signal }).catch((error: unknown) => {
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
