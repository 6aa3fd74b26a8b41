/** The CRM's own telephone, simulated: the contact's call, and where it is told so a consultation of its own. */
import type { HostCallAction, HostCallState } from '../../src/services/hosts/host-adapter.js';

/** The CRM's telephone with one contact on it. */
export interface CrmCall {
  /** The contact's call. */
  readonly state: HostCallState;
  /** Every call: the contact's, and a consultation while there is one. */
  readonly states: readonly HostCallState[];
  /** Does an action; on the contact's call where none is named. @returns the state of the call that it made or changed */
  act(action: HostCallAction, target?: string, callId?: string): HostCallState;
}

/** How it behaves. */
export interface CrmCallOptions {
  /** An action that always fails, to see what happens then. */
  readonly faulty?: string | null;
  /** It calls partners by itself; without it Deskside calls them by SIP while the contact waits here. */
  readonly consults?: boolean;
  /** Runs something later: the partner's answer. */
  readonly later?: (action: () => void) => void;
}

type Status = HostCallState['status'];

const NEXT: Readonly<Partial<Record<HostCallAction, Status>>> = {
  hold: 'held',
  resume: 'connected',
  transfer: 'ended',
  end: 'ended',
  'cancel-consult': 'ended',
};

const ABILITIES: Readonly<Record<Status, HostCallState['can']>> = {
  ringing: { end: true },
  connected: { hold: true, transfer: true, conference: true, end: true },
  held: { resume: true, transfer: true, conference: true, end: true },
  ended: {},
};

/** Milliseconds until a partner answers. */
const RINGS = 1500;

/** One leg. */
interface Leg {
  readonly callId: string;
  readonly party: string;
  status: Status;
}

/** Makes one. */
export function createCall(callId: string, party: string, onChange: () => void, options: CrmCallOptions = {}): CrmCall {
  const { faulty, consults = false, later = (action: () => void) => void setTimeout(action, RINGS) } = options;
  const contact: Leg = { callId, party, status: 'connected' };
  let partner: Leg | undefined;
  let count = 0;
  const isPaired = (): boolean => partner?.status === 'connected' || partner?.status === 'held';
  const can = (leg: Leg): HostCallState['can'] => {
    const own = ABILITIES[leg.status];
    if (leg === partner)
      return { hold: own.hold === true, resume: own.resume === true, 'cancel-consult': leg.status !== 'ended', end: own.end === true };
    if (!consults || leg.status === 'ended') return own;
    return { ...own, consult: leg.status === 'held' && !partner, 'complete-transfer': isPaired(), 'complete-conference': isPaired() };
  };
  const tell = (leg: Leg): HostCallState => ({ callId: leg.callId, status: leg.status, party: leg.party, can: can(leg) });
  const consult = (target: string): Leg => {
    const leg: Leg = { callId: `${callId}-${(count += 1)}`, party: target, status: 'ringing' };
    later(() => {
      if (leg.status === 'ringing') leg.status = 'connected';
      onChange();
    });
    return (partner = leg);
  };
  const change = (leg: Leg, action: HostCallAction): Leg => {
    if (action === 'complete-transfer') contact.status = 'ended';
    if (action === 'complete-conference') contact.status = 'connected';
    leg.status = NEXT[action] ?? leg.status;
    if (partner && contact.status === 'ended' && leg === contact) partner.status = 'ended';
    return leg;
  };
  return {
    get state() {
      return tell(contact);
    },
    get states() {
      const states = [contact, ...(partner ? [partner] : [])].map(tell);
      if (partner?.status === 'ended') partner = undefined;
      return states;
    },
    act(action, target, id) {
      const leg = partner && id === partner.callId ? partner : contact;
      if (action === faulty || can(leg)[action] !== true) throw new Error(`The telephone did not do it: ${action}.`);
      const changed = action === 'consult' ? consult(target ?? '') : change(leg, action);
      const state = tell(changed);
      onChange();
      return state;
    },
  };
}
