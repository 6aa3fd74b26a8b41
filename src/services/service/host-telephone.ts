/**
 * The host's telephone (`HostAdapter.callAction`). Its calls are shown as the host confirms them, under `host:<id>`, never before; the host says
 * with each what can be done with it.
 */
import { changedCall, HOST_CALL, type Call, type CallAbility, type CallChanges, type CallPending } from '../domain/call.js';
import type { InteractionRef } from '../domain/interaction.js';
import { partyOf, type Party } from '../domain/party.js';
import type { Environment } from '../environment.js';
import { callHost } from '../hosts/call-host.js';
import type { HostAdapter, HostCallAction, HostCallState } from '../hosts/host-adapter.js';
import { ServiceError } from '../service-error.js';
import type { ServiceState } from './state.js';
import type { ConsultOptions, Telephone } from './telephone.js';

/** What it needs. */
export interface HostTelephoneOptions {
  readonly state: ServiceState;
  readonly environment: Environment;
  readonly host: () => HostAdapter | undefined;
}

/** Host's action → what it stands for in our own words. */
const ABILITIES: readonly (readonly [HostCallAction, CallAbility])[] = [
  ['hold', 'hold'],
  ['resume', 'hold'],
  ['consult', 'consult'],
  ['transfer', 'transfer'],
  ['complete-transfer', 'complete-transfer'],
  ['conference', 'conference'],
  ['complete-conference', 'complete-conference'],
  ['end', 'end'],
  ['cancel-consult', 'end'],
];

function abilitiesOf({ can }: HostCallState): Call['can'] {
  return Object.fromEntries(ABILITIES.filter(([action]) => can[action] === true).map(([, ability]) => [ability, true]));
}

/** A party of whom the host tells a name only. */
function named(name: string): Party {
  return { address: '', user: '', name };
}

/** The id that the host knows a call by. */
function hostId({ id }: Call): string {
  return id.slice(HOST_CALL.length);
}

/** See the head of the file. */
export class HostTelephone implements Telephone {
  readonly #options: HostTelephoneOptions;
  #following: { readonly adapter: HostAdapter; readonly end: AbortController } | undefined;

  constructor(options: HostTelephoneOptions) {
    this.#options = options;
  }

  /** Follows the host that is set now; one without a telephone is left alone. */
  follow(): void {
    const adapter = this.#options.host();
    if (adapter === this.#following?.adapter) return;
    this.stop();
    if (!adapter) return;
    const end = new AbortController();
    this.#following = { adapter, end };
    const refresh = (): void => void this.#refresh(adapter, end.signal);
    adapter.subscribe?.(refresh, { signal: end.signal });
    refresh();
  }

  /** Its calls are not shown any more. */
  stop(): void {
    this.#following?.end.abort();
    this.#following = undefined;
    for (const call of this.#calls()) this.#tell({ type: 'call-closed', callId: call.id });
  }

  /** Done: a call that is over is forgotten. */
  close(callId: string): void {
    if (this.#options.state.read(`call:${callId}`)?.status === 'ended') this.#tell({ type: 'call-closed', callId });
  }

  answer(): Promise<void> {
    return Promise.reject(unable());
  }

  reject(call: Call): Promise<void> {
    return this.end(call);
  }

  hold(call: Call): Promise<void> {
    return this.#act(call, 'hold', 'holding');
  }

  resume(call: Call): Promise<void> {
    return this.#act(call, 'resume', 'resuming');
  }

  mute(): Promise<void> {
    return Promise.reject(unable());
  }

  dtmf(): Promise<void> {
    return Promise.reject(unable());
  }

  end(call: Call): Promise<void> {
    return this.#act(call, call.role === 'consultation' ? 'cancel-consult' : 'end', 'ending');
  }

  async consult(target: Parameters<Telephone['consult']>[0], { contact, interaction, number }: ConsultOptions): Promise<string> {
    if (!contact) throw unable();
    const state = await this.#ask(hostId(contact), 'consult', number ?? target.address);
    const id = HOST_CALL + state.callId;
    this.#show(state, {
      role: 'consultation',
      direction: 'outgoing',
      peer: partyOf(target.address, target.name),
      contactId: contact.id,
      ...(interaction ? { interaction } : {}),
    });
    return id;
  }

  transfer(call: Call, target: Parameters<Telephone['transfer']>[1], number?: string): Promise<void> {
    return this.#act(call, 'transfer', 'transferring', number ?? target.address);
  }

  /** With a consultation of the host's own it completes that; with one of ours the host sends its call to our partner. */
  async completeTransfer(call: Call, consultation: Call): Promise<void> {
    if (consultation.line === 'host') await this.#act(call, 'complete-transfer', 'transferring', hostId(consultation));
    else await this.#act(call, 'transfer', 'transferring', consultation.peer.address);
  }

  async completeConference(call: Call, consultation: Call): Promise<void> {
    if (consultation.line !== 'host') throw unable();
    await this.#act(call, 'complete-conference', 'conferencing', hostId(consultation));
    for (const one of [call, consultation]) this.#change(one.id, { parties: [call.peer, consultation.peer] });
  }

  #calls(): Call[] {
    const { read } = this.#options.state;
    return (read('calls') ?? []).flatMap((id) => (id.startsWith(HOST_CALL) ? (read(`call:${id}`) ?? []) : []));
  }

  /** Asks for an action; the call shows what the host confirms. */
  async #act(call: Call, action: HostCallAction, pending: CallPending, target?: string): Promise<void> {
    this.#change(call.id, { pending });
    try {
      this.#show(await this.#ask(hostId(call), action, target));
    } finally {
      this.#change(call.id, { pending: undefined });
    }
    const following = this.#following;
    if (following) await this.#refresh(following.adapter, following.end.signal);
  }

  #ask(callId: string, action: HostCallAction, target?: string): Promise<HostCallState> {
    const { host, environment } = this.#options;
    const adapter = host();
    const call = adapter?.callAction && adapter.capabilities.callControl ? adapter.callAction.bind(adapter) : undefined;
    return callHost({ what: 'telephone', timers: environment, call: call && ((options) => call(callId, action, target, options)) });
  }

  async #refresh(adapter: HostAdapter, signal: AbortSignal): Promise<void> {
    if (adapter.capabilities.callControl !== true || !adapter.callState) return;
    const { environment } = this.#options;
    try {
      const [states, interaction] = await Promise.all([
        callHost({ what: 'telephone', timers: environment, signal, call: (options) => statesOf(adapter, options) }),
        callHost({
          what: 'interaction',
          timers: environment,
          signal,
          call: async (options) => adapter.activeInteraction?.(options) ?? null,
        }),
      ]);
      if (signal.aborted) return;
      const about = interaction && { id: interaction.id, media: interaction.media, label: interaction.label };
      for (const state of states) this.#show(state, about?.media === 'voice' ? { interaction: about } : {});
    } catch {
      // A host that does not answer shows no change; the next notice of it is tried again.
    }
  }

  /** Shows a call as the host confirms it. */
  #show(state: HostCallState, more: { readonly interaction?: InteractionRef } & Partial<Call> = {}): void {
    const id = HOST_CALL + state.callId;
    const now = this.#options.environment.now();
    const { read } = this.#options.state;
    const known = read(`call:${id}`);
    if (!known && state.status === 'ended') return;
    const before: Call = known ?? {
      id,
      line: 'host',
      direction: 'incoming',
      role: 'contact',
      status: 'ringing',
      peer: named(state.party),
      parties: [],
      muted: false,
      heldByPeer: false,
      startedAt: now,
      ...more,
    };
    const isUp = state.status === 'connected' || state.status === 'held';
    const over = state.status === 'ended' && before.status !== 'ended' ? { endedAt: now, outcome: { code: 'ended' as const } } : {};
    const call = changedCall(before, {
      status: state.status,
      can: abilitiesOf(state),
      ...(isUp && before.connectedAt === undefined ? { connectedAt: now } : {}),
      ...over,
    });
    if (JSON.stringify(call) !== JSON.stringify(known)) this.#tell({ type: 'call', call });
  }

  #change(id: string, changes: CallChanges): void {
    const call = this.#options.state.read(`call:${id}`);
    if (call) this.#tell({ type: 'call', call: changedCall(call, changes) });
  }

  #tell(event: { type: 'call'; call: Call } | { type: 'call-closed'; callId: string }): void {
    this.#options.state.apply({ at: this.#options.environment.now(), ...event });
  }
}

async function statesOf(adapter: HostAdapter, options: { signal: AbortSignal }): Promise<readonly HostCallState[]> {
  // A host that knows one call only says so by refusing the list.
  const all = await adapter.callStates?.(options).catch(() => undefined);
  if (all) return all;
  const state = await adapter.callState?.(options);
  return state ? [state] : [];
}

function unable(): ServiceError {
  return new ServiceError('unsupported', 'The telephone of this page cannot do that.');
}
