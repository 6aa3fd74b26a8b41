/** What a person chooses in the Team Communicator of a call → what is done with the call. */
import type { SipService, TargetRef } from '../../services/index.js';

type TargetAction = (service: SipService, callId: string, target: TargetRef) => unknown;

const TARGET_ACTIONS: Readonly<Record<string, TargetAction>> = {
  'consult-im': (service, _callId, target) => service.im.open(target),
  'consult-voice': (service, contactId, target) => service.calls.consult(target, { contactId }),
  transfer: (service, callId, target) => service.calls.transfer(callId, target),
  conference: (service, callId, target) => service.calls.conference(callId, target),
};

/** What an action does with the call; undefined for those that are not about it. */
export function targetAction(name: string): TargetAction | undefined {
  return Object.hasOwn(TARGET_ACTIONS, name) ? TARGET_ACTIONS[name] : undefined;
}
