/** Calls for elements: each goes to the telephone that it belongs to. */
import { isAble, isUp, type Call } from '../domain/call.js';
import type { Interaction, InteractionRef } from '../domain/interaction.js';
import { hasRight } from '../domain/rights.js';
import { isServiceError, ServiceError } from '../service-error.js';
import type { CallCommands, CallSound } from '../sip-service.js';
import type { CommandBus } from './command-bus.js';
import { Consultations } from './consultations.js';
import type { HostTelephone } from './host-telephone.js';
import { createSipTelephone } from './sip-telephone.js';
import type { ServiceState } from './state.js';
import type { TabSound } from './tab-sound.js';
import type { Telephone } from './telephone.js';

/** What they need. */
export interface CallCommandsOptions {
  readonly state: ServiceState;
  readonly bus: CommandBus;
  readonly newId: () => string;
  /** Names this tab: a call's sound is where it was made or answered. */
  readonly tab: string;
  /** Absent where no call can have sound. */
  readonly sound: TabSound | undefined;
  readonly hostPhone: HostTelephone;
  /** Whether the contact is taken off hold by itself when the consultation is over. */
  readonly comesBack: () => boolean;
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

const refOf = ({ id, media, label }: Interaction): InteractionRef => ({ id, media, label });

/** The bus for commands that bring sound into this tab: the tab with the engine must be able to use it by then. */
function sharing({ bus, sound, tab }: CallCommandsOptions): Pick<CommandBus, 'execute'> {
  return {
    execute: (command) => {
      if ('tab' in command && command.tab === tab) sound?.share();
      return bus.execute(command);
    },
  };
}

/** Makes the commands. */
export function createCallCommands(options: CallCommandsOptions): CallCommands {
  return new Calls(options);
}

/** See `CallCommands`. */
class Calls implements CallCommands {
  readonly #options: CallCommandsOptions;
  readonly #sip: Telephone;
  readonly #consultations: Consultations;

  constructor(options: CallCommandsOptions) {
    this.#options = options;
    const { newId, tab, sound, state, comesBack } = options;
    const bus = sharing(options);
    const complain = (error: unknown): void => this.#complain(error);
    this.#sip = createSipTelephone({ bus, newId, tab, hasSound: sound !== undefined, complain });
    this.#consultations = new Consultations({ state, phoneOf: (call) => this.#phoneOf(call), own: this.#sip, comesBack, complain });
  }

  /** Our own telephone needs sound; the host's needs an ability of it. */
  get available(): boolean {
    const { state, sound } = this.#options;
    const byHost = (state.read('calls') ?? []).some((id) => {
      const call = state.read(`call:${id}`);
      return call?.line === 'host' && isUp(call) && (isAble(call, 'consult') || isAble(call, 'transfer'));
    });
    return this.#mayCall() && (sound !== undefined || byHost);
  }

  get sound(): CallSound {
    return this.#options.sound?.commands ?? SILENCE;
  }

  start(...[target, { number, interaction, sessionId, role } = {}]: Parameters<CallCommands['start']>): string {
    this.#checkRight();
    const { newId, tab } = this.#options;
    const bus = sharing(this.#options);
    const callId = newId();
    const { type, address, name, user } = target;
    bus
      .execute({
        type: 'call.start',
        callId,
        target: { type, address, name, ...(user ? { user } : {}) },
        ...(interaction ? { interaction: refOf(interaction) } : {}),
        ...(number ? { number } : {}),
        ...(sessionId ? { sessionId } : {}),
        ...(role ? { role } : {}),
        tab,
      })
      .catch((error: unknown) => this.#complain(error));
    return callId;
  }

  answer(callId: string): Promise<void> {
    return this.#do(callId, (phone, call) => phone.answer(call));
  }

  reject(callId: string): Promise<void> {
    return this.#do(callId, (phone, call) => phone.reject(call));
  }

  hold(callId: string): Promise<void> {
    return this.#do(callId, (phone, call) => phone.hold(call));
  }

  resume(callId: string): Promise<void> {
    return this.#do(callId, (phone, call) => phone.resume(call));
  }

  mute(callId: string, muted: boolean): Promise<void> {
    return this.#do(callId, (phone, call) => phone.mute(call, muted));
  }

  dtmf(callId: string, tones: string): Promise<void> {
    return this.#do(callId, (phone, call) => phone.dtmf(call, tones));
  }

  end(callId: string): Promise<void> {
    return this.#do(callId, (phone, call) => phone.end(call));
  }

  close(callId: string): void {
    const { state, bus, hostPhone } = this.#options;
    if (state.read(`call:${callId}`)?.line === 'host') hostPhone.close(callId);
    else bus.execute({ type: 'call.close', callId }).catch((error: unknown) => this.#complain(error));
  }

  transfer(...[callId, target, number]: Parameters<CallCommands['transfer']>): Promise<void> {
    return this.#do(callId, (phone, call) => phone.transfer(call, target, number));
  }

  async consult(...[target, { interaction, ...request } = {}]: Parameters<CallCommands['consult']>): Promise<string> {
    this.#checkRight();
    return this.#consultations.begin(target, { ...request, ...(interaction ? { interaction: refOf(interaction) } : {}) });
  }

  retrieve(contactId: string): Promise<void> {
    return this.#consultations.retrieve(contactId);
  }

  alternate(consultationId: string): Promise<void> {
    return this.#consultations.alternate(consultationId);
  }

  completeTransfer(callId: string, consultationId: string): Promise<void> {
    return this.#consultations.completeTransfer(callId, consultationId);
  }

  completeConference(callId: string, consultationId: string): Promise<void> {
    return this.#consultations.completeConference(callId, consultationId);
  }

  async conference(...[callId, target, number]: Parameters<CallCommands['conference']>): Promise<string> {
    this.#checkRight();
    return this.#consultations.conference(callId, target, number);
  }

  #mayCall(): boolean {
    return hasRight(this.#options.state.read('account')?.rights ?? [], 'voice');
  }

  #checkRight(): void {
    if (!this.#mayCall()) throw new ServiceError('not-allowed', 'Calling needs the right voice.');
  }

  #phoneOf(call: Call): Telephone {
    return call.line === 'host' ? this.#options.hostPhone : this.#sip;
  }

  async #do(callId: string, action: (phone: Telephone, call: Call) => Promise<void>): Promise<void> {
    const call = this.#options.state.read(`call:${callId}`);
    if (!call) throw new ServiceError('not-found', 'There is no such call here.');
    await action(this.#phoneOf(call), call);
  }

  /** An error that no caller waits for. */
  #complain(error: unknown): void {
    this.#options.state.report(
      isServiceError(error) ? error.toJSON() : { code: 'internal', message: 'A command failed. Please report it.' },
    );
  }
}
