/** What can be done with a target: one table. */
import { hasRight, isInternal, parseAddress, isDialable, type SipService, type Target } from '../../services/index.js';
import type { Icon } from '../internal/icons.js';
import { conferenceIcon, editIcon, messageIcon, phoneIcon, starFilledIcon, starIcon, transferIcon } from '../internal/icons.js';
import type { StringKey } from '../internal/strings.js';
import {
  callReason,
  consultVoiceReason,
  handOverReason,
  imReason,
  personalReason,
  type ActionFacts,
  type CommunicatorMode,
  type Reason,
} from './reasons.js';

/** Name of an action, as `targetaction` tells it. */
export type TargetAction =
  'im' | 'call' | 'consult-im' | 'consult-voice' | 'transfer' | 'conference' | 'add-favorite' | 'edit-favorite' | 'remove-favorite';

/** One action as it is offered. */
export interface OfferedAction {
  readonly action: TargetAction;
  readonly label: StringKey;
  /** Values for the label. */
  readonly values?: Readonly<Record<string, string>>;
  readonly icon: Icon;
  /** Why it cannot be done now; undefined where it can. */
  readonly reason?: StringKey;
  /** The number that is called, where the target has several or nothing else. */
  readonly number?: string;
}

interface Rule {
  readonly action: TargetAction;
  readonly label: StringKey;
  readonly icon: Icon;
  readonly modes: readonly CommunicatorMode[];
  /** Whether it makes sense for the target at all; where not, it is absent. */
  readonly offered: (facts: ActionFacts, target: Target) => boolean;
  /** Why it cannot be done now; always possible where absent. */
  readonly reason?: Reason;
  /** Offered once more for each further number of the target. */
  readonly numbered?: true;
}

const EVERYWHERE: readonly CommunicatorMode[] = ['main', 'consult', 'transfer', 'conference'];

const messages: Rule['offered'] = ({ rights }, target) => isInternal(target) && hasRight(rights, 'im-use');
const calls: Rule['offered'] = ({ callsAvailable }) => callsAvailable;
/** Only a call can be handed over: an e-mail cannot be transferred to a telephone. */
const handsOver: Rule['offered'] = ({ callsAvailable, inCall, interaction }) =>
  callsAvailable && inCall && (interaction?.media ?? 'voice') === 'voice';

/** Context × target × rights × channel × presence → action. The first that is offered is the default one. */
const RULES: readonly Rule[] = [
  { action: 'consult-im', label: 'target.consult-im', icon: messageIcon, modes: ['consult'], offered: messages, reason: imReason },
  {
    action: 'consult-voice',
    label: 'target.consult-voice',
    icon: phoneIcon,
    modes: ['consult'],
    offered: calls,
    reason: consultVoiceReason,
  },
  { action: 'im', label: 'target.send-im', icon: messageIcon, modes: ['main'], offered: messages, reason: imReason },
  { action: 'call', label: 'target.call', icon: phoneIcon, modes: ['main'], offered: calls, reason: callReason, numbered: true },
  {
    action: 'transfer',
    label: 'target.transfer',
    icon: transferIcon,
    modes: ['consult', 'transfer'],
    offered: handsOver,
    reason: handOverReason('transfer'),
  },
  {
    action: 'conference',
    label: 'target.conference',
    icon: conferenceIcon,
    modes: ['consult', 'conference'],
    offered: handsOver,
    reason: handOverReason('conference'),
  },
  { action: 'add-favorite', label: 'target.add-favorite', icon: starIcon, modes: EVERYWHERE, offered: ({ favorite }) => !favorite },
  {
    action: 'edit-favorite',
    label: 'target.edit-favorite',
    icon: editIcon,
    modes: EVERYWHERE,
    offered: ({ favorite, corporate }) => favorite && !corporate,
  },
  {
    action: 'remove-favorite',
    label: 'target.remove-favorite',
    icon: starFilledIcon,
    modes: EVERYWHERE,
    offered: ({ favorite }) => favorite,
    reason: personalReason,
  },
];

/** The further offers of a rule: one for each number, where there are several or where only the address is called otherwise. */
function numbered(offer: OfferedAction, { type, numbers = [] }: Target): OfferedAction[] {
  const [first, ...others] = numbers;
  const base: OfferedAction = first && type === 'contact' ? { ...offer, number: first.number } : offer;
  const further = type === 'contact' ? others : numbers;
  return [
    base,
    ...further.map(({ label, number }): OfferedAction => ({
      ...offer,
      number,
      label: label ? 'target.call-labelled' : 'target.call-number',
      values: { number, label },
    })),
  ];
}

/** The actions on a target, the default one first. */
export function actionsFor(facts: ActionFacts, target: Target): readonly OfferedAction[] {
  return RULES.filter(({ modes, offered }) => modes.includes(facts.mode) && offered(facts, target)).flatMap(
    ({ action, label, icon, reason, numbered: several }) => {
      const why = reason?.(facts, target);
      const offer: OfferedAction = { action, label, icon, ...(why ? { reason: why } : {}) };
      return several ? numbered(offer, target) : [offer];
    },
  );
}

/** Does an action on the service. What belongs to an interaction is done by who holds it: a consult panel, or the host. */
export function perform(service: SipService, { action, number }: OfferedAction, target: Target): void {
  if (action === 'add-favorite') service.preferences.addFavorite(target);
  else if (action === 'remove-favorite') service.preferences.removeFavorite(target.address);
  else if (action === 'im') service.view.open(service.im.open(target));
  else if (action === 'call') service.calls.start(target, number === undefined ? {} : { number });
  if (action === 'im' || action === 'call') service.preferences.addRecent(target);
}

/** A typed SIP address as a target; a typed number too, where numbers can be dialled; undefined where it is neither. */
export function typedTarget(text: string, dialable: boolean): Target | undefined {
  const parts = /@/.test(text) ? parseAddress(text) : undefined;
  if (parts) return { type: 'agent', address: parts.address, name: parts.user, user: parts.user };
  if (!dialable || !isDialable(text)) return undefined;
  return {
    type: 'contact',
    address: `tel:${text.normalize('NFKC').replace(/[^\d+*#]/g, '')}`,
    name: text,
    numbers: [{ label: '', number: text }],
  };
}
