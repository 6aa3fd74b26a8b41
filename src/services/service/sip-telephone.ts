/** Our own telephone: each action is a command to the engine. */
import type { CallCommand } from '../domain/commands.js';
import { ServiceError } from '../service-error.js';
import type { CommandBus } from './command-bus.js';
import type { Telephone } from './telephone.js';

/** What it needs. */
export interface SipTelephoneOptions {
  readonly bus: Pick<CommandBus, 'execute'>;
  readonly newId: () => string;
  /** Names this tab: a call's sound is where it was made or answered. */
  readonly tab: string;
  /** Whether calls can have sound here. */
  readonly hasSound: boolean;
  /** An error that no caller waits for. */
  readonly complain: (error: unknown) => void;
}

/** Makes it. */
export function createSipTelephone({ bus, newId, tab, hasSound, complain }: SipTelephoneOptions): Telephone {
  const give = (command: CallCommand): Promise<void> => bus.execute(command);
  return {
    answer: ({ id: callId }) => give({ type: 'call.answer', callId, tab }),
    reject: ({ id: callId }) => give({ type: 'call.reject', callId }),
    hold: ({ id: callId }) => give({ type: 'call.hold', callId }),
    resume: ({ id: callId }) => give({ type: 'call.resume', callId }),
    mute: ({ id: callId }, muted) => give({ type: 'call.mute', callId, muted }),
    dtmf: ({ id: callId }, tones) => give({ type: 'call.dtmf', callId, tones }),
    end: ({ id: callId }) => give({ type: 'call.end', callId }),
    consult(target, { contact, interaction, sessionId, number }) {
      if (!hasSound)
        return Promise.reject(new ServiceError('media', 'Calls need a page that is served over https, and a browser with WebRTC.'));
      const callId = newId();
      const { type, address, name, user } = target;
      // Not waited for: the call shows by itself how it goes, and the microphone may be asked for.
      give({
        type: 'call.start',
        callId,
        target: { type, address, name, ...(user ? { user } : {}) },
        role: 'consultation',
        tab,
        ...(contact ? { contactId: contact.id } : {}),
        ...(interaction ? { interaction } : {}),
        ...(sessionId ? { sessionId } : {}),
        ...(number ? { number } : {}),
      }).catch(complain);
      return Promise.resolve(callId);
    },
    transfer({ id: callId }, { type, address, name, user }, number) {
      const target = { type, address, name, ...(user ? { user } : {}) };
      return give({ type: 'call.transfer', callId, target, ...(number ? { number } : {}) });
    },
    completeTransfer: ({ id: callId }, { id: consultationId }) => give({ type: 'call.complete-transfer', callId, consultationId }),
    completeConference: ({ id: callId }, { id: consultationId }) => give({ type: 'call.complete-conference', callId, consultationId }),
  };
}
