/** A page with a call whose sound is in it asks before it is left, and ends the call where it is left all the same. */
import { isAlive, type Call } from '../domain/call.js';
import type { Environment } from '../environment.js';
import type { ServiceState } from './state.js';

/** What it needs. */
export interface LeaveGuardOptions {
  readonly state: ServiceState;
  readonly environment: Environment;
  /** Names this tab. */
  readonly tab: string;
  end(callId: string): void;
}

/** Watches the calls of this tab. The page is bothered only while there are any, so that the browser may keep it otherwise. */
export function guardLeaving({ state, environment, tab, end }: LeaveGuardOptions): void {
  let watching: AbortController | undefined;
  const own = (): Call[] =>
    (state.read('calls') ?? []).flatMap((id) => {
      const call = state.read(`call:${id}`);
      return isAlive(call) && call.tab === tab ? [call] : [];
    });
  state.events.add((event) => {
    if (event.type !== 'call' && event.type !== 'call-closed') return;
    const needed = own().length > 0;
    if (needed === (watching !== undefined)) return;
    watching?.abort();
    watching = needed ? new AbortController() : undefined;
    if (watching) environment.onLeave?.(() => own().forEach(({ id }) => end(id)), { signal: watching.signal });
  });
}
