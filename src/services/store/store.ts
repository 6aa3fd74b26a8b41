/**
 * The state holder: frozen values under string keys, woken key by key.
 *
 * A change to one key wakes only those who watch that key, in one microtask flush, so the cost of a change does not
 * depend on how many keys or watchers there are. Values are plain JSON and deeply frozen.
 */

/** Called after a flush in which at least one watched key changed. */
export type Listener = () => void;

/** The reading side of a store; `M` maps keys to value types. */
export interface Snapshot<M> {
  /** The present value, or undefined where the key was never set or was deleted. */
  get<K extends keyof M & string>(key: K): M[K] | undefined;
  /** Every key that is set, in the order of first setting. */
  keys(): IterableIterator<string>;
  /**
   * Calls `listener` once per flush in which one of `keys` changed. Ends with the returned function or with `signal`.
   * A listener that throws does not keep others from being called.
   */
  subscribe(keys: (keyof M & string) | readonly (keyof M & string)[], listener: Listener, options?: { signal?: AbortSignal }): () => void;
}

/** Freezes plain JSON all the way down; stops at what is frozen already, so that unchanged parts cost nothing. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

/** A keyed store. Writers call `set` and `delete`; everyone else holds it as a `Snapshot`. */
export class Store<M> implements Snapshot<M> {
  readonly #values = new Map<string, unknown>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #changed = new Set<string>();
  #onError: (error: unknown) => void;

  /** `onError` receives what a listener threw; by default it is rethrown outside the flush, where the page's own handler sees it. */
  constructor(onError: (error: unknown) => void = reportError) {
    this.#onError = onError;
  }

  get<K extends keyof M & string>(key: K): M[K] | undefined {
    return this.#values.get(key) as M[K] | undefined;
  }

  keys(): IterableIterator<string> {
    return this.#values.keys();
  }

  /** Sets a value; the same value (`Object.is`) wakes nobody. */
  set<K extends keyof M & string>(key: K, value: M[K]): void {
    if (this.#values.has(key) && Object.is(this.#values.get(key), value)) return;
    this.#values.set(key, deepFreeze(value));
    this.#mark(key);
  }

  /** Forgets a key and wakes who watches it. */
  delete(key: keyof M & string): void {
    if (this.#values.delete(key)) this.#mark(key);
  }

  subscribe(
    keys: (keyof M & string) | readonly (keyof M & string)[],
    listener: Listener,
    options: { signal?: AbortSignal } = {},
  ): () => void {
    if (options.signal?.aborted) return () => undefined;
    const list = typeof keys === 'string' ? [keys] : keys;
    for (const key of list) this.#add(key, listener);
    const undo = (): void => {
      options.signal?.removeEventListener('abort', undo);
      for (const key of list) this.#remove(key, listener);
    };
    options.signal?.addEventListener('abort', undo, { once: true });
    return undo;
  }

  /** Calls the listeners of all keys changed so far now instead of in the coming microtask. */
  flush(): void {
    const changed = this.#changed;
    this.#changed = new Set();
    const due = new Set<Listener>();
    for (const key of changed) this.#listeners.get(key)?.forEach((listener) => due.add(listener));
    for (const listener of due) {
      try {
        listener();
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  #mark(key: string): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.flush());
    this.#changed.add(key);
  }

  #add(key: string, listener: Listener): void {
    const listeners = this.#listeners.get(key);
    if (listeners) listeners.add(listener);
    else this.#listeners.set(key, new Set([listener]));
  }

  #remove(key: string, listener: Listener): void {
    const listeners = this.#listeners.get(key);
    if (listeners?.delete(listener) && listeners.size === 0) this.#listeners.delete(key);
  }
}
