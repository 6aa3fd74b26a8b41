/** The part of the engine that does calls: a table of commands, and what arrives. The sound is in a tab, behind `EngineHost.media`. */
import { isAlive, isUp, type Call } from '../../domain/call.js';
import type { CallCommand } from '../../domain/commands.js';
import { partyOf, parseAddress, type Party } from '../../domain/party.js';
import { hasRight } from '../../domain/rights.js';
import { ServiceError } from '../../service-error.js';
import type { EngineContext, EnginePart } from '../engine-part.js';
import type { IncomingInvite } from '../gateway.js';
import { Conference } from './conference.js';
import { CONSULTATION, newCall, refuseUnseenCall } from './receive-call.js';
import { attendedUri } from './refer-to.js';
import { VoiceCall } from './voice-call.js';

type CommandOf<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>;
type Commands = { readonly [T in CallCommand['type']]: (command: CommandOf<T>) => Promise<void> | void };

/** Milliseconds in which a dialog that was replaced must be ended by whom it was replaced for. */
const REPLACED_LIMIT = 3000;

/** What people put between the digits of a number (RFC 3966, 5.1.1). */
const SEPARATORS = /[\s().\-/]+/g;

/** Makes it. */
export function createVoicePart(context: EngineContext): EnginePart {
  return new VoicePart(context);
}

class VoicePart implements EnginePart {
  readonly prefixes = ['call'];
  readonly media = { audio: (invite: IncomingInvite): void => this.#invited(invite) };
  readonly #context: EngineContext;
  readonly #calls = new Map<string, VoiceCall>();
  readonly #conference = new Conference((id) => this.#calls.get(id));
  readonly #commands: Commands = {
    'call.start': (command) => this.#start(command),
    'call.answer': ({ callId, tab }) => this.#existing(callId).answer(tab),
    'call.reject': ({ callId }) => this.#existing(callId).reject(),
    'call.hold': ({ callId }) => this.#existing(callId).hold(true),
    'call.resume': ({ callId }) => this.#existing(callId).hold(false),
    'call.mute': ({ callId, muted }) => this.#conference.mute(this.#existing(callId), muted),
    'call.dtmf': ({ callId, tones }) => this.#existing(callId).tones(tones),
    'call.end': ({ callId }) => this.#existing(callId).end(),
    'call.close': ({ callId }) => this.#close(callId),
    'call.transfer': (command) => this.#transfer(command),
    'call.complete-transfer': (command) => this.#completeTransfer(command),
    'call.complete-conference': ({ callId, consultationId }) =>
      this.#conference.join(this.#existing(callId), this.#existing(consultationId)),
  };

  constructor(context: EngineContext) {
    this.#context = context;
    context.host.media?.listen((news) => {
      for (const call of this.#calls.values()) call.heard(news);
    });
  }

  async execute(command: CallCommand): Promise<void> {
    const run = this.#commands[command.type] as (command: CallCommand) => Promise<void> | void;
    await run(command);
  }

  onOnline(): void {
    for (const call of this.#calls.values()) call.online();
    this.#adopt();
  }

  onOffline(): void {
    for (const call of this.#calls.values()) call.offline();
  }

  async stop({ keep }: { keep: boolean }): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => (keep ? call.release() : call.leave())));
    this.#calls.clear();
  }

  /** Calls of a tab that had the connection before: their sound goes on in its tab, over a new dialog. */
  #adopt(): void {
    for (const id of this.#context.host.read('calls') ?? []) {
      const call = this.#call(id);
      if (isAlive(call) && !call.line && !this.#calls.has(id)) void this.#add(id).adopt();
    }
  }

  #call(id: string): Call | undefined {
    return this.#context.host.read(`call:${id}`);
  }

  #existing(id: string): VoiceCall {
    const known = this.#calls.get(id);
    if (!known) throw new ServiceError('not-found', 'There is no such call here.');
    return known;
  }

  async #start(command: CommandOf<'call.start'>): Promise<void> {
    const { callId, target, interaction, sessionId, role = 'plain', contactId, tab } = command;
    const { host } = this.#context;
    if (!hasRight(host.read('account')?.rights ?? [], 'voice')) throw new ServiceError('not-allowed', 'Calling needs the right voice.');
    if (this.#call(callId)) return;
    const peer = this.#addressee(command);
    const made: Call = {
      id: callId,
      direction: 'outgoing',
      role,
      status: 'dialling',
      peer,
      parties: [],
      muted: false,
      heldByPeer: false,
      startedAt: host.environment.now(),
      ...(interaction ? { interaction } : {}),
      ...(sessionId ? { sessionId } : {}),
      ...(contactId ? { contactId } : {}),
      ...(tab ? { tab } : {}),
    };
    const call = this.#add(callId);
    this.#context.tell({ type: 'call', call: made });
    if (!this.#context.internal(peer.address)) {
      call.finish({ code: target.type === 'contact' ? 'no-such-agent' : 'foreign' });
      return;
    }
    await call.dial(peer, [...(role === 'consultation' ? [CONSULTATION] : []), ...this.#headers(sessionId)]);
  }

  /** Whom a target or a typed number stands for: a number belongs to the own switch (RFC 3261, 19.1.1: `user=phone` is left to it). */
  #addressee({ target, number }: Pick<CommandOf<'call.start'>, 'target' | 'number'>): Party {
    const { config } = this.#context;
    const own = parseAddress(config.address)?.host ?? '';
    const dialled = number ?? (target.address.startsWith('tel:') ? target.address.slice(4) : undefined);
    if (dialled === undefined) return partyOf(target.address, target.name);
    const bare = dialled.replace(SEPARATORS, '');
    if (/@/.test(bare)) return partyOf(bare, target.name);
    return { address: `sip:${bare}@${own}`, user: bare, name: target.name || dialled };
  }

  /** A call that grew out of an IM names it (docs/wire.md). */
  #headers(sessionId: string | undefined): readonly string[] {
    const callId = sessionId && this.#context.host.read(`session:${sessionId}`)?.dialog?.callId;
    return callId ? [`In-Reply-To: ${callId}`] : [];
  }

  #add(id: string): VoiceCall {
    const call = new VoiceCall(this.#context, id, () => {
      if (!isUp(this.#call(id))) this.#conference.left(id);
      this.#tellBusy();
    });
    this.#calls.set(id, call);
    return call;
  }

  #close(callId: string): void {
    if (isAlive(this.#call(callId))) throw new ServiceError('invalid-state', 'This call is not over. End it first.');
    this.#calls.delete(callId);
    this.#context.tell({ type: 'call-closed', callId });
  }

  /** Instant transfer (RFC 5589, 5): the other side is sent to somebody who does not know of it yet. */
  async #transfer({ callId, ...whom }: CommandOf<'call.transfer'>): Promise<void> {
    const to = this.#addressee(whom);
    if (!this.#context.internal(to.address))
      throw new ServiceError('not-allowed', 'Calls can be transferred within the contact centre only.');
    await this.#existing(callId).transfers.send(to, to.address);
  }

  /** Attended transfer (RFC 5589, 7): the other side takes our place in the consultation, which its partner is told by Replaces. */
  async #completeTransfer({ callId, consultationId }: CommandOf<'call.complete-transfer'>): Promise<void> {
    const consultation = this.#existing(consultationId);
    const { dialog } = consultation.up();
    await this.#existing(callId).transfers.send(this.#context.party(dialog.remote), attendedUri(dialog.ref));
    // The partner ends what was replaced; one that does not is ended here.
    this.#context.host.environment.setTimeout(() => void consultation.end().catch(() => undefined), REPLACED_LIMIT);
  }

  #invited(invite: IncomingInvite): void {
    if (invite.replaces) {
      const call = [...this.#calls.values()].find(({ current }) => current?.dialog === invite.replaces);
      if (call) void call.replacedBy(invite);
      else invite.reject(481);
      return;
    }
    if (refuseUnseenCall(this.#context, invite)) return;
    const made = newCall(this.#context, invite);
    // Who hears of it may answer in the same breath.
    this.#add(made.id).invited(invite, made.peer);
    this.#context.tell({ type: 'call', call: made });
  }

  /** An agent who speaks has no room for another call. */
  #tellBusy(): void {
    const busy = [...this.#calls.keys()].some((id) => isUp(this.#call(id)));
    void this.#context.setBusy('voice', busy);
  }
}
