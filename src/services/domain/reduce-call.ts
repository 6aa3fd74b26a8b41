/** Reducers for calls. */
import type { CallEvent } from './events.js';
import type { Reducers } from './reduce.js';

/** Reducers by event type. */
export const CALL_REDUCERS: Reducers<CallEvent['type']> = {
  call: (read, { call }) => {
    const ids = read('calls') ?? [];
    return [[`call:${call.id}`, call], ...(ids.includes(call.id) ? [] : [['calls', [...ids, call.id]] as const])];
  },
  'call-closed': (read, { callId }) => [
    [`call:${callId}`, undefined],
    ['calls', (read('calls') ?? []).filter((id) => id !== callId)],
  ],
};
