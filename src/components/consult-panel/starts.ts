/** Actions of the Team Communicator that begin something here: how each is begun. */
import { isUp, ServiceError, type Interaction, type SipService, type TargetRef } from '../../services/index.js';

/** Does an action; an id is that of a consultation that began. */
export type Start = (service: SipService, target: TargetRef, interaction: Interaction) => string | undefined | Promise<string | undefined>;

/** The contact's call of an interaction. @throws ServiceError `invalid-state` where there is none */
function contactCall({ snapshot }: SipService, interactionId: string): string {
  const calls = (snapshot.get('calls') ?? []).flatMap((id) => snapshot.get(`call:${id}`) ?? []);
  const found = calls.findLast((call) => call.role !== 'consultation' && call.interaction?.id === interactionId && isUp(call));
  if (!found) throw new ServiceError('invalid-state', 'There is no call with the contact.');
  return found.id;
}

/** The IM consultation with a target that goes on: the voice consultation grows out of it. */
function imWith({ snapshot }: SipService, target: TargetRef, interactionId: string): { sessionId?: string } {
  const sessions = (snapshot.get('sessions') ?? []).flatMap((id) => snapshot.get(`session:${id}`) ?? []);
  const found = sessions.findLast(
    ({ status, interaction, peer }) => status === 'connected' && interaction?.id === interactionId && peer.address === target.address,
  );
  return found ? { sessionId: found.id } : {};
}

const STARTS: Readonly<Record<string, Start>> = {
  'consult-im': (service, target, interaction) => service.im.open(target, { interaction, show: false }),
  'consult-voice': (service, target, interaction) =>
    service.calls.consult(target, { interaction, ...imWith(service, target, interaction.id) }),
  transfer: async (service, target, interaction) => {
    await service.calls.transfer(contactCall(service, interaction.id), target);
    return undefined;
  },
  conference: (service, target, interaction) => service.calls.conference(contactCall(service, interaction.id), target),
};

/** How an action is begun; undefined for those that the communicator does by itself. */
export function startOf(action: string): Start | undefined {
  return Object.hasOwn(STARTS, action) ? STARTS[action] : undefined;
}
