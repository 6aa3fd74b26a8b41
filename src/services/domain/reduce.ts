/** Folds domain events into the shared snapshot. Pure: the same events give the same snapshot, in this tab and in any other. */
import type { DomainEvent, EventOf } from './events.js';
import { CALL_REDUCERS } from './reduce-call.js';
import { MESSAGE_REDUCERS } from './reduce-message.js';
import { SESSION_REDUCERS } from './reduce-session.js';
import type { SharedSlices } from './slices.js';

/** Reads the present value of a slice. */
export type ReadSlice = <K extends keyof SharedSlices & string>(key: K) => SharedSlices[K] | undefined;

/** One changed slice; `undefined` deletes it. */
export type Change = { [K in keyof SharedSlices & string]: readonly [K, SharedSlices[K] | undefined] }[keyof SharedSlices & string];

/** Reducers by event type. */
export type Reducers<T extends DomainEvent['type']> = { [E in T]: (read: ReadSlice, event: EventOf<E>) => readonly Change[] };

const REDUCERS: Reducers<DomainEvent['type']> = {
  connection: (_read, event) => [['connection', event.connection]],
  account: (_read, event) => [['account', event.account]],
  channels: (_read, event) => [['channels', event.channels]],
  notices: (_read, event) => [['notices', event.notices]],
  presence: (_read, event) => [[`presence:${event.address}`, event.presence]],
  ...SESSION_REDUCERS,
  ...MESSAGE_REDUCERS,
  ...CALL_REDUCERS,
};

/**
 * What an event changes. An event for a session or call that is not known (any more) changes nothing.
 * @throws Error on an event type that does not exist: a bug, or unchecked input
 */
export function reduce(read: ReadSlice, event: DomainEvent): readonly Change[] {
  const reducer = REDUCERS[event.type] as ((read: ReadSlice, event: DomainEvent) => readonly Change[]) | undefined;
  if (!reducer) throw new Error(`Unknown domain event: ${event.type}`);
  return reducer(read, event);
}
