/** What can be done with a call: one table, and why something cannot be done now. */
import { isAble, isUp, type Call, type CallPending, type SipService } from '../../services/index.js';
import { endCallIcon, holdIcon, keypadIcon, microphoneIcon, muteIcon, resumeIcon, speakerIcon, type Icon } from '../internal/icons.js';
import type { StringKey } from '../internal/strings.js';

/** Name of a control; those of `Panel` open a part of the element. */
export type ControlName = 'mute' | 'hold' | 'keypad' | 'sound' | 'end';

/** Parts that open under the buttons. */
export type Panel = 'keypad' | 'sound';

/** What decides how a control looks. */
export interface ControlFacts {
  readonly call: Call;
  /** The sound is in this tab. */
  readonly here: boolean;
  readonly panel: Panel | undefined;
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
  readonly run?: (service: SipService, call: Call) => Promise<void>;
}

const up = ({ call }: ControlFacts): boolean => isUp(call);
const notHere = ({ here }: ControlFacts): StringKey | undefined => (here ? undefined : 'call.elsewhere');

/** Every control, in the order of the screen. */
export const CONTROLS: readonly Control[] = [
  {
    name: 'mute',
    label: ({ call }) => (call.muted ? 'call.unmute' : 'call.mute'),
    icon: ({ call }) => (call.muted ? muteIcon : microphoneIcon),
    shown: ({ call, ...rest }) => up({ call, ...rest }) && isAble(call, 'mute'),
    reason: ({ call, ...rest }) => (call.status === 'held' ? 'call.held' : notHere({ call, ...rest })),
    pressed: ({ call }) => call.muted,
    run: (service, call) => service.calls.mute(call.id, !call.muted),
  },
  {
    name: 'hold',
    label: ({ call }) => (call.status === 'held' ? 'call.resume' : 'call.hold'),
    icon: ({ call }) => (call.status === 'held' ? resumeIcon : holdIcon),
    shown: ({ call, ...rest }) => up({ call, ...rest }) && isAble(call, 'hold'),
    pressed: ({ call }) => call.status === 'held',
    pending: ['holding', 'resuming'],
    run: (service, call) => (call.status === 'held' ? service.calls.resume(call.id) : service.calls.hold(call.id)),
  },
  {
    name: 'keypad',
    label: () => 'call.keypad',
    icon: () => keypadIcon,
    shown: ({ call, ...rest }) => up({ call, ...rest }) && isAble(call, 'dtmf'),
    reason: ({ call }) => (call.status === 'held' ? 'call.held' : undefined),
    pressed: ({ panel }) => panel === 'keypad',
    panel: 'keypad',
  },
  {
    name: 'sound',
    label: () => 'call.sound',
    icon: () => speakerIcon,
    shown: ({ call, here }) =>
      call.line === undefined &&
      (/^microphone/.test(call.trouble ?? '') || (here && /^(?:dialling|ringing|connected|held)$/.test(call.status))),
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
    run: (service, call) => service.calls.end(call.id),
  },
];
