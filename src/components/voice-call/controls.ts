/** What can be done with a call: one table, and why something cannot be done now. */
import { isAble, isAlive, isUp, type Call, type CallPending, type SipService } from '../../services/index.js';
import {
  alternateIcon,
  conferenceIcon,
  endCallIcon,
  holdIcon,
  keypadIcon,
  microphoneIcon,
  muteIcon,
  resumeIcon,
  speakerIcon,
  transferIcon,
  type Icon,
} from '../internal/icons.js';
import type { StringKey } from '../internal/strings.js';

/** Name of a control. */
export type ControlName = 'mute' | 'hold' | 'alternate' | 'keypad' | 'consult' | 'transfer' | 'conference' | 'sound' | 'end';

/** Parts that open under the buttons. */
export type Panel = 'keypad' | 'sound' | 'consult';

/** What decides how a control looks. */
export interface ControlFacts {
  readonly call: Call;
  /** The sound is in this tab. */
  readonly here: boolean;
  readonly panel: Panel | undefined;
  /** The contact's call that this consultation is about, while it is up. */
  readonly contact: Call | undefined;
  /** The newest consultation about this call. */
  readonly consultation: Call | undefined;
  /** Targets can be found on this page. */
  readonly finder: boolean;
}

/** A control as it is offered. */
export interface Control {
  readonly name: ControlName;
  readonly label: (facts: ControlFacts) => StringKey;
  readonly icon: (facts: ControlFacts) => Icon;
  readonly shown: (facts: ControlFacts) => boolean;
  /** Reason why it cannot be used now; undefined where it can. */
  readonly reason?: (facts: ControlFacts) => StringKey | undefined;
  /** Whether a switch is on; for panels, whether it is open. */
  readonly pressed?: (facts: ControlFacts) => boolean;
  /** The pending command that it stands for. */
  readonly pending?: readonly CallPending[];
  readonly panel?: Panel;
  readonly danger?: true;
  readonly run?: (service: SipService, facts: ControlFacts) => Promise<void>;
}

const up = ({ call }: ControlFacts): boolean => isUp(call);
const whileHeld = ({ call }: ControlFacts): StringKey | undefined => (call.status === 'held' ? 'call.held' : undefined);
/** A consultation about a contact who is there. */
const paired = ({ call, contact }: ControlFacts): boolean => isUp(call) && contact !== undefined;
/** A contact about whom there was or is a consultation: Resume is to retrieve. */
const consulted = ({ call, consultation }: ControlFacts): boolean => call.status === 'held' && consultation !== undefined;

/** Holds, takes back, or takes the contact back from a consultation. */
function toggleHold({ calls }: SipService, facts: ControlFacts): Promise<void> {
  if (consulted(facts)) return calls.retrieve(facts.call.id);
  return facts.call.status === 'held' ? calls.resume(facts.call.id) : calls.hold(facts.call.id);
}

/** Why the two calls cannot be one conference now, if they cannot. */
function whyNoConference({ contact, call }: ControlFacts): StringKey | undefined {
  if (contact?.line !== call.line) return 'call.two-telephones';
  return contact && isAble(contact, 'complete-conference') ? undefined : 'call.cannot';
}

const usesSound = /^(?:dialling|ringing|connected|held)$/;

/** Every control, in the order of the screen. */
export const CONTROLS: readonly Control[] = [
  {
    name: 'mute',
    label: ({ call }) => (call.muted ? 'call.unmute' : 'call.mute'),
    icon: ({ call }) => (call.muted ? muteIcon : microphoneIcon),
    shown: (facts) => up(facts) && isAble(facts.call, 'mute'),
    reason: (facts) => whileHeld(facts) ?? (facts.here ? undefined : 'call.elsewhere'),
    pressed: ({ call }) => call.muted,
    run: (service, { call }) => service.calls.mute(call.id, !call.muted),
  },
  {
    name: 'alternate',
    label: () => 'call.alternate',
    icon: () => alternateIcon,
    shown: (facts) => paired(facts) && !facts.call.conference && isAble(facts.call, 'hold'),
    pending: ['holding', 'resuming'],
    run: (service, { call }) => service.calls.alternate(call.id),
  },
  {
    name: 'hold',
    label: (facts) => (consulted(facts) ? 'call.retrieve' : facts.call.status === 'held' ? 'call.resume' : 'call.hold'),
    icon: ({ call }) => (call.status === 'held' ? resumeIcon : holdIcon),
    shown: (facts) => up(facts) && !paired(facts) && isAble(facts.call, 'hold'),
    pressed: ({ call }) => call.status === 'held',
    pending: ['holding', 'resuming'],
    run: toggleHold,
  },
  {
    name: 'transfer',
    label: () => 'call.transfer',
    icon: () => transferIcon,
    shown: paired,
    reason: ({ contact, call }) =>
      contact && (isAble(contact, 'complete-transfer') || (call.line !== 'host' && isAble(contact, 'transfer')))
        ? undefined
        : 'call.cannot',
    pending: ['transferring'],
    run: (service, { call, contact }) => service.calls.completeTransfer(contact?.id ?? '', call.id),
  },
  {
    name: 'conference',
    label: () => 'call.conference',
    icon: () => conferenceIcon,
    shown: (facts) => paired(facts) && !facts.call.conference,
    reason: whyNoConference,
    pending: ['conferencing'],
    run: (service, { call, contact }) => service.calls.completeConference(contact?.id ?? '', call.id),
  },
  {
    name: 'keypad',
    label: () => 'call.keypad',
    icon: () => keypadIcon,
    shown: (facts) => up(facts) && isAble(facts.call, 'dtmf'),
    reason: whileHeld,
    pressed: ({ panel }) => panel === 'keypad',
    panel: 'keypad',
  },
  {
    name: 'consult',
    label: () => 'call.consult',
    icon: () => transferIcon,
    shown: (facts) => facts.finder && up(facts) && facts.call.role !== 'consultation' && !isAlive(facts.consultation),
    pressed: ({ panel }) => panel === 'consult',
    panel: 'consult',
  },
  {
    name: 'sound',
    label: () => 'call.sound',
    icon: () => speakerIcon,
    shown: ({ call, here }) => call.line === undefined && (/^microphone/.test(call.trouble ?? '') || (here && usesSound.test(call.status))),
    pressed: ({ panel }) => panel === 'sound',
    panel: 'sound',
  },
  {
    name: 'end',
    label: () => 'call.end',
    icon: () => endCallIcon,
    shown: ({ call }) => call.status !== 'ended' && call.status !== 'alerting' && isAble(call, 'end'),
    pending: ['ending'],
    danger: true,
    run: (service, { call }) => service.calls.end(call.id),
  },
];
