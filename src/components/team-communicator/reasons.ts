/** Why something cannot be done with a target now; undefined where it can. */
import { hasRight, isInternal, type Channels, type Interaction, type Presence, type Right, type Target } from '../../services/index.js';
import type { StringKey } from '../internal/strings.js';

/** Where the Team Communicator stands. */
export type CommunicatorMode = 'main' | 'consult' | 'transfer' | 'conference';

/** What decides whether an action is possible. */
export interface ActionFacts {
  readonly mode: CommunicatorMode;
  readonly rights: readonly Right[];
  readonly channels: Channels;
  /** The agent's own address. */
  readonly own: string;
  readonly online: boolean;
  readonly callsAvailable: boolean;
  /** A call is up that could be transferred, or made a conference. */
  readonly inCall: boolean;
  readonly interaction: Interaction | undefined;
  readonly presence: Presence | undefined;
  readonly favorite: boolean;
  readonly corporate: boolean;
}

/** Gives a reason. */
export type Reason = (facts: ActionFacts, target: Target) => StringKey | undefined;

/** Presence that leaves no room for a call that is meant for this one agent. */
const VOICE_STATES: Readonly<Record<string, StringKey>> = {
  'not-ready': 'reason.target-not-ready',
  'after-call-work': 'reason.target-not-ready',
  busy: 'reason.target-busy',
  'do-not-disturb': 'reason.do-not-disturb',
  'logged-off': 'reason.target-logged-off',
};

/** Why no message can go to a target; a person who is Not Ready can be asked all the same. */
export const imReason: Reason = ({ rights, channels, own, online, presence }, target) => {
  if (!isInternal(target)) return 'reason.internal-only';
  if (target.address === own) return 'reason.self';
  if (!hasRight(rights, 'im-make')) return 'reason.no-right';
  if (!online) return 'reason.offline';
  if (channels.im.state === 'logged-off') return 'reason.not-logged-in';
  const state = presence?.channels.im?.state ?? presence?.state;
  if (state === 'logged-off') return 'reason.target-logged-off';
  return state === 'do-not-disturb' ? 'reason.do-not-disturb' : undefined;
};

/** Why a target cannot be called. */
export const callReason: Reason = ({ rights, channels, own, online }, target) => {
  if (target.address === own) return 'reason.self';
  if (!hasRight(rights, 'voice')) return 'reason.no-right';
  if (!online) return 'reason.offline';
  if (target.type === 'contact' && !target.numbers?.length && target.address.startsWith('tel:')) return 'reason.no-number';
  return channels.voice.state === 'logged-off' ? 'reason.not-logged-in' : undefined;
};

/** A voice consultation needs a partner who is Ready on voice. */
export const consultVoiceReason: Reason = (facts, target) => {
  const state = facts.presence?.channels.voice?.state ?? '';
  return callReason(facts, target) ?? (Object.hasOwn(VOICE_STATES, state) ? VOICE_STATES[state] : undefined);
};

/** Handing a call over needs a call, and a host that allows it. */
export function handOverReason(ability: 'transfer' | 'conference'): Reason {
  return (facts, target) => (facts.interaction?.can?.[ability] === false ? 'reason.host' : callReason(facts, target));
}

/** Corporate favorites belong to the administrator. */
export const personalReason: Reason = ({ corporate }) => (corporate ? 'favorite.corporate' : undefined);
