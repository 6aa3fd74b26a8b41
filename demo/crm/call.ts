/** The CRM's own telephone, as far as a demonstration needs one: a call that can be held, resumed and ended. */
import type { HostCallAction, HostCallState } from '../../src/services/hosts/host-adapter.js';

/** A call of the CRM's. */
export interface CrmCall {
  readonly state: HostCallState;
  act(action: HostCallAction): HostCallState;
}

type Status = HostCallState['status'];

const NEXT: Readonly<Partial<Record<HostCallAction, Status>>> = {
  hold: 'held',
  resume: 'connected',
  transfer: 'ended',
  'complete-transfer': 'ended',
  end: 'ended',
};

const ABILITIES: Readonly<Record<Status, HostCallState['can']>> = {
  ringing: { end: true },
  connected: { hold: true, transfer: true, conference: true, end: true },
  held: { resume: true, transfer: true, conference: true, end: true },
  ended: {},
};

/**
 * Makes one.
 * @param faulty an action that always fails, to see what happens then
 */
export function createCall(callId: string, party: string, onChange: () => void, faulty?: string | null): CrmCall {
  let status: Status = 'connected';
  const state = (): HostCallState => ({ callId, status, party, can: ABILITIES[status] });
  return {
    get state() {
      return state();
    },
    act(action) {
      if (action === faulty || ABILITIES[status][action] !== true) throw new Error(`The telephone did not do it: ${action}.`);
      status = NEXT[action] ?? status;
      onChange();
      return state();
    },
  };
}
