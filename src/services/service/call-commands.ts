/** Calls for elements. */
import type { Command } from '../domain/commands.js';
import { hasRight } from '../domain/rights.js';
import { isServiceError, ServiceError } from '../service-error.js';
import type { CallCommands, CallSound } from '../sip-service.js';
import type { CommandBus } from './command-bus.js';
import type { ServiceState } from './state.js';
import type { TabSound } from './tab-sound.js';

/** What they need. */
export interface CallCommandsOptions {
  readonly state: ServiceState;
  readonly bus: CommandBus;
  readonly newId: () => string;
  /** Names this tab: a call's sound is where it was made or answered. */
  readonly tab: string;
  /** Absent where no call can have sound. */
  readonly sound: TabSound | undefined;
}

/** Sound where there can be none. */
const SILENCE: CallSound = {
  level: () => 0,
  isHere: () => false,
  devices: () => Promise.resolve({ microphones: [], speakers: [], microphone: '', speaker: '' }),
  useMicrophone: () => Promise.resolve(),
  useSpeaker: () => Promise.resolve(),
  allow: () => Promise.resolve(),
};

/** Makes the commands. */
export function createCallCommands({ state, bus, newId, tab, sound }: CallCommandsOptions): CallCommands {
  const give = (command: Command): Promise<void> => bus.execute(command);
  const giveQuietly = (command: Command): void => {
    give(command).catch((error: unknown) => {
      state.report(isServiceError(error) ? error.toJSON() : { code: 'internal', message: 'A command failed. Please report it.' });
    });
  };
  const mayCall = (): boolean => hasRight(state.read('account')?.rights ?? [], 'voice');
  return {
    get available() {
      return mayCall() && sound !== undefined;
    },
    start(target, { number, interaction, sessionId, role } = {}) {
      if (!mayCall()) throw new ServiceError('not-allowed', 'Calling needs the right voice.');
      const callId = newId();
      const about = interaction && { interaction: { id: interaction.id, media: interaction.media, label: interaction.label } };
      const { type, address, name, user } = target;
      giveQuietly({
        type: 'call.start',
        callId,
        target: { type, address, name, ...(user ? { user } : {}) },
        ...about,
        ...(number ? { number } : {}),
        ...(sessionId ? { sessionId } : {}),
        ...(role ? { role } : {}),
        tab,
      });
      return callId;
    },
    answer: (callId) => give({ type: 'call.answer', callId, tab }),
    reject: (callId) => give({ type: 'call.reject', callId }),
    hold: (callId) => give({ type: 'call.hold', callId }),
    resume: (callId) => give({ type: 'call.resume', callId }),
    mute: (callId, muted) => give({ type: 'call.mute', callId, muted }),
    dtmf: (callId, tones) => give({ type: 'call.dtmf', callId, tones }),
    end: (callId) => give({ type: 'call.end', callId }),
    close: (callId) => giveQuietly({ type: 'call.close', callId }),
    transfer: (callId, target, number) => give({ type: 'call.transfer', callId, target, ...(number ? { number } : {}) }),
    completeTransfer: (callId, consultationId) => give({ type: 'call.complete-transfer', callId, consultationId }),
    completeConference: (callId, consultationId) => give({ type: 'call.complete-conference', callId, consultationId }),
    sound: sound?.commands ?? SILENCE,
  };
}
