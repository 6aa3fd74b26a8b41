/** Something that the host gives, as an element shows it: loading, there, or failed with a way out. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isServiceError, type ServiceErrorCode } from '../../services/service-error.js';

/** How a load stands. A value that was there stays while it is loaded anew. */
export interface Loading<T> {
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  readonly value?: T;
  /** Why it failed, for `error.<code>` of the strings table. */
  readonly failure?: ServiceErrorCode;
}

/** Loads by key: the same key is loaded once, another aborts what was under way, so that a late answer never wins. */
export class LoadController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #key: string | undefined;
  #abort: AbortController | undefined;
  #state: Loading<T> = { status: 'idle' };

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** How it stands. */
  get state(): Loading<T> {
    return this.#state;
  }

  /** Loads `key` unless it is the one that is there, or under way. */
  load(key: string, call: (signal: AbortSignal) => Promise<T>): void {
    if (key === this.#key) return;
    this.#key = key;
    void this.#run(call, { status: 'loading' });
  }

  /** Loads once more: after a failure, or the next page (`merge` joins it to what is there). */
  again(call: (signal: AbortSignal) => Promise<T>, merge: (before: T, more: T) => T = (_before, more) => more): void {
    const before = this.#state.value;
    const joined = async (signal: AbortSignal): Promise<T> => {
      const more = await call(signal);
      return before === undefined ? more : merge(before, more);
    };
    void this.#run(joined, { ...this.#state, status: 'loading' });
  }

  /** Forgets everything. */
  clear(): void {
    this.#abort?.abort();
    this.#key = undefined;
    this.#state = { status: 'idle' };
  }

  hostDisconnected(): void {
    this.clear();
  }

  async #run(call: (signal: AbortSignal) => Promise<T>, meanwhile: Loading<T>): Promise<void> {
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    this.#state = meanwhile;
    this.#host.requestUpdate();
    try {
      const value = await call(abort.signal);
      if (!abort.signal.aborted) this.#state = { status: 'ready', value };
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!isServiceError(error)) reportError(error);
      this.#state = { ...meanwhile, status: 'failed', failure: isServiceError(error) ? error.code : 'internal' };
    }
    this.#host.requestUpdate();
  }
}
