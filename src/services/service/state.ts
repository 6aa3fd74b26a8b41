/** What is so: the snapshot, changed by events alone, and who is told of them. */
import { HOST_CALL } from '../domain/call.js';
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

/** Whether a slice is a call on the telephone of this page's host. */
const isOfHost = (key: string): boolean => key.startsWith(`call:${HOST_CALL}`);

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

  /** Every slice that is the same in all tabs of the agent: all but the calls on this page's own telephone. */
  *slices(): IterableIterator<readonly [keyof SharedSlices & string, unknown]> {
    for (const key of this.store.keys()) {
      if (!isShared(key) || isOfHost(key)) continue;
      const value = key === 'calls' ? this.#calls().filter((id) => !isOfHost(`call:${id}`)) : this.store.get(key as keyof Slices & string);
      yield [key as keyof SharedSlices & string, value];
    }
  }

  #calls(): readonly string[] {
    return this.store.get('calls') ?? [];
  }

  /** Calls on the telephone of this page's host. */
  #hostCalls(): string[] {
    return this.#calls().filter((id) => isOfHost(`call:${id}`));
  }

  /** Takes these for all shared slices. Windows, drafts and the host's calls stay with this tab, as far as their sessions do. */
  replace(slices: ReadonlyMap<string, unknown>): void {
    const { store } = this;
    const next = new Map<string, unknown>([['channels', LOGGED_OFF_CHANNELS], ['sessions', []], ['calls', []], ...slices]);
    next.set('calls', [...((next.get('calls') ?? []) as readonly string[]), ...this.#hostCalls()]);
    const closed = (store.get('sessions') ?? []).filter((id) => !next.has(`session:${id}`));
    for (const key of [...store.keys()] as (keyof Slices & string)[]) {
      if (isShared(key) && !next.has(key) && key !== 'connection' && !isOfHost(key)) store.delete(key);
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

  /** Forgets every session, call and presence; the host's calls are not the account's. */
  forget(): void {
    const kept = this.#hostCalls();
    for (const key of [...this.store.keys()]) {
      if ((isShared(key) && !isOfHost(key)) || key.startsWith('draft:')) this.store.delete(key as keyof Slices & string);
    }
    if (kept.length) this.store.set('calls', kept);
    this.store.set('windows', []);
    this.store.delete('activeWindow');
  }
}
