/** What is so: the snapshot, changed by events alone, and who is told of them. */
import type { DomainEvent } from '../domain/events.js';
import { reduce, type ReadSlice } from '../domain/reduce.js';
import { LOGGED_OFF_CHANNELS } from '../domain/channel.js';
import { isShared, type SharedSlices, type Slices } from '../domain/slices.js';
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
  /** Ids of sessions that another tab has closed while this one did not listen. */
  readonly gone = new Listeners<string>();
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

  /** Every slice that is the same in all tabs of the agent. */
  *slices(): IterableIterator<readonly [keyof SharedSlices & string, unknown]> {
    for (const key of this.store.keys())
      if (isShared(key)) yield [key as keyof SharedSlices & string, this.store.get(key as keyof Slices & string)];
  }

  /** Takes these for all shared slices. Windows and drafts stay with this tab, as far as their sessions do. */
  replace(slices: ReadonlyMap<string, unknown>): void {
    const { store } = this;
    const next = new Map<string, unknown>([['channels', LOGGED_OFF_CHANNELS], ['sessions', []], ['calls', []], ...slices]);
    const closed = (store.get('sessions') ?? []).filter((id) => !next.has(`session:${id}`));
    for (const key of [...store.keys()] as (keyof Slices & string)[]) {
      if (isShared(key) && !next.has(key) && key !== 'connection') store.delete(key);
    }
    for (const [key, value] of next) store.set(key as keyof Slices & string, value as never);
    for (const id of closed) this.gone.tell(id);
    this.#tellChanged(slices);
  }

  /** Who listens for the connection or the channels need not care whether they changed here or by a snapshot. */
  #tellChanged(slices: ReadonlyMap<string, unknown>): void {
    const { store } = this;
    const [connection, channels] = [store.get('connection'), store.get('channels')];
    if (connection && slices.has('connection')) this.events.tell({ type: 'connection', at: connection.since, connection });
    if (connection && channels && slices.has('channels')) this.events.tell({ type: 'channels', at: connection.since, channels });
  }

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
