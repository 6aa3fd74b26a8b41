/** The running consultations of an interaction, one entry for each person. */
import type { Party } from '../../services/index.js';
import type { Read } from '../internal/store-controller.js';
import type { ActiveConsultation } from './results.js';

/** Reads them from the snapshot: sessions and calls that are about the interaction and have not ended. */
export function activeConsultations(read: Read, interactionId: string | undefined): ActiveConsultation[] {
  if (interactionId === undefined) return [];
  const running = new Map<string, { peer: Party; channels: ('im' | 'voice')[] }>();
  const add = (peer: Party, channel: 'im' | 'voice'): void => {
    const known = running.get(peer.address);
    if (!known) running.set(peer.address, { peer, channels: [channel] });
    else if (!known.channels.includes(channel)) known.channels.push(channel);
  };
  for (const id of read('sessions') ?? []) {
    const session = read(`session:${id}`);
    if (session && session.status !== 'ended' && session.interaction?.id === interactionId) add(session.peer, 'im');
  }
  for (const id of read('calls') ?? []) {
    const call = read(`call:${id}`);
    const about = call?.role === 'consultation' && call.interaction?.id === interactionId;
    if (call && about && call.status !== 'ended') add(call.peer, 'voice');
  }
  return [...running.values()];
}
