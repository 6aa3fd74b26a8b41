/** What can be done with a target: one table, and why something cannot be done now. */
import {
  hasRight,
  isInternal,
  parseAddress,
  type Channels,
  type Presence,
  type Right,
  type SipService,
  type Target,
} from '../../services/index.js';
import type { Icon } from '../internal/icons.js';
import { conferenceIcon, messageIcon, phoneIcon, starFilledIcon, starIcon, transferIcon } from '../internal/icons.js';
import type { StringKey } from '../internal/strings.js';

/** Where the Team Communicator stands. */
export type CommunicatorMode = 'main' | 'consult' | 'transfer' | 'conference';

/** Name of an action, as `targetaction` tells it. */
export type TargetAction = 'im' | 'call' | 'consult-im' | 'consult-voice' | 'transfer' | 'conference' | 'add-favorite' | 'remove-favorite';

/** What decides whether an action is possible. */
export interface ActionFacts {
  readonly mode: CommunicatorMode;
  readonly rights: readonly Right[];
  readonly channels: Channels;
  readonly own: string;
  readonly online: boolean;
  readonly callsAvailable: boolean;
  /** A call is up that could be transferred, or made a conference. */
  readonly inCall: boolean;
  readonly presence: Presence | undefined;
  readonly favorite: boolean;
  readonly corporate: boolean;
}

/** One action as it is offered. */
export interface OfferedAction {
  readonly action: TargetAction;
  readonly label: StringKey;
  readonly icon: Icon;
  /** Why it cannot be done now; undefined where it can. */
  readonly reason?: StringKey;
}

interface Rule {
  readonly action: TargetAction;
  readonly label: StringKey;
  readonly icon: Icon;
  readonly modes: readonly CommunicatorMode[];
  /** Whether it makes sense for the target at all; where not, it is absent. */
  readonly offered: (facts: ActionFacts, target: Target) => boolean;
  readonly reason: (facts: ActionFacts, target: Target) => StringKey | undefined;
}

const always = (): undefined => undefined;

/** Without the right to instant messaging nothing of it is shown; contacts get none. */
const usesIm = ({ rights }: ActionFacts, target: Target): boolean => isInternal(target) && hasRight(rights, 'im-use');

/** Reason why no message can go to a target; a person who is Not Ready can be asked all the same. */
function imReason({ rights, channels, own, online, presence }: ActionFacts, target: Target): StringKey | undefined {
  if (!isInternal(target)) return 'reason.internal-only';
  if (target.address === own) return 'reason.self';
  if (!hasRight(rights, 'im-make')) return 'reason.no-right';
  if (!online) return 'reason.offline';
  if (channels.im.state === 'logged-off') return 'reason.not-logged-in';
  const state = presence?.channels.im?.state ?? presence?.state;
  if (state === 'logged-off') return 'reason.target-logged-off';
  return state === 'do-not-disturb' ? 'reason.do-not-disturb' : undefined;
}

/** Reason why a target cannot be called. */
function voiceReason({ rights, channels, own, online }: ActionFacts, target: Target): StringKey | undefined {
  if (target.address === own) return 'reason.self';
  if (!hasRight(rights, 'voice')) return 'reason.no-right';
  if (!online) return 'reason.offline';
  return channels.voice.state === 'logged-off' ? 'reason.not-logged-in' : undefined;
}

const VOICE_STATES: Readonly<Record<string, StringKey>> = {
  'not-ready': 'reason.target-not-ready',
  'after-call-work': 'reason.target-not-ready',
  busy: 'reason.target-busy',
  'do-not-disturb': 'reason.do-not-disturb',
  'logged-off': 'reason.target-logged-off',
};

/** A voice consultation needs a partner who is Ready on voice. */
function consultVoiceReason(facts: ActionFacts, target: Target): StringKey | undefined {
  const state = facts.presence?.channels.voice?.state ?? '';
  return voiceReason(facts, target) ?? VOICE_STATES[state];
}

const RULES: readonly Rule[] = [
  {
    action: 'consult-im',
    label: 'target.consult-im',
    icon: messageIcon,
    modes: ['consult'],
    offered: usesIm,
    reason: imReason,
  },
  {
    action: 'consult-voice',
    label: 'target.consult-voice',
    icon: phoneIcon,
    modes: ['consult'],
    offered: (facts) => facts.callsAvailable,
    reason: consultVoiceReason,
  },
  {
    action: 'im',
    label: 'target.send-im',
    icon: messageIcon,
    modes: ['main'],
    offered: usesIm,
    reason: imReason,
  },
  { action: 'call', label: 'target.call', icon: phoneIcon, modes: ['main'], offered: (facts) => facts.callsAvailable, reason: voiceReason },
  {
    action: 'transfer',
    label: 'target.transfer',
    icon: transferIcon,
    modes: ['consult', 'transfer'],
    offered: (facts) => facts.callsAvailable && facts.inCall,
    reason: voiceReason,
  },
  {
    action: 'conference',
    label: 'target.conference',
    icon: conferenceIcon,
    modes: ['consult', 'conference'],
    offered: (facts) => facts.callsAvailable && facts.inCall,
    reason: voiceReason,
  },
  {
    action: 'add-favorite',
    label: 'target.add-favorite',
    icon: starIcon,
    modes: ['main', 'consult', 'transfer', 'conference'],
    offered: (facts) => !facts.favorite,
    reason: always,
  },
  {
    action: 'remove-favorite',
    label: 'target.remove-favorite',
    icon: starFilledIcon,
    modes: ['main', 'consult', 'transfer', 'conference'],
    offered: (facts) => facts.favorite && !facts.corporate,
    reason: always,
  },
];

/** The actions on a target, the default one first. */
export function actionsFor(facts: ActionFacts, target: Target): readonly OfferedAction[] {
  return RULES.filter(({ modes, offered }) => modes.includes(facts.mode) && offered(facts, target)).map(
    ({ action, label, icon, reason }) => {
      const why = reason(facts, target);
      return { action, label, icon, ...(why ? { reason: why } : {}) };
    },
  );
}

/** Does an action on the service. Consultation actions belong to the panel that holds the interaction, not to the communicator. */
export function perform(service: SipService, action: TargetAction, target: Target): void {
  if (action === 'add-favorite') service.preferences.addFavorite(target);
  else if (action === 'remove-favorite') service.preferences.removeFavorite(target.address);
  else if (action === 'im') service.view.open(service.im.open(target));
  else if (action === 'call') service.calls.start(target);
  if (action === 'im' || action === 'call') service.preferences.addRecent(target);
}

/** A typed SIP address as a target; undefined where it is none. */
export function typedTarget(text: string): Target | undefined {
  const parts = /@/.test(text) ? parseAddress(text) : undefined;
  return parts ? { type: 'agent', address: parts.address, name: parts.user, user: parts.user } : undefined;
}
