/** What is so: the snapshot, changed by events alone, and who is told of them. */
import type { DomainEvent } from '../domain/events.js';
import { reduce, type ReadSlice } from '../domain/reduce.js';
import { isShared, type Slices } from '../domain/slices.js';
import { Store } from '../store/store.js';

/** Something that may be listened to until a signal ends. */
class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Adds a listener; each call counts, also of the same function. */
  add(listener: (value: T) => void, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    signal?.addEventListener('abort', () => this.#listeners.delete(own), { once: true });
  }

  /** Tells all; one that throws keeps nobody else from hearing, and the page's own error handler sees it. */
  tell(value: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

/** The snapshot of one service and its listeners. */
export class ServiceState {
  readonly store = new Store<Slices>();
  readonly events = new Listeners<DomainEvent>();
  readonly errors = new Listeners<{ code: string; message: string }>();

  /** Reads a shared slice. */
  readonly read: ReadSlice = (key) => this.store.get(key);

  /** Folds an event into the snapshot, then tells who listens. */
  readonly apply = (event: DomainEvent): void => {
    for (const [key, value] of reduce(this.read, event)) {
      if (value === undefined) this.store.delete(key);
      else this.store.set(key, value);
    }
    this.events.tell(event);
  };

  /** Tells the page of an error. */
  readonly report = (error: { code: string; message: string }): void => this.errors.tell(error);

  /** Forgets every session, call and presence. */
  forget(): void {
    for (const key of [...this.store.keys()]) {
      if (isShared(key) || key.startsWith('draft:')) this.store.delete(key as keyof Slices & string);
    }
    this.store.set('windows', []);
    this.store.delete('activeWindow');
  }
}
