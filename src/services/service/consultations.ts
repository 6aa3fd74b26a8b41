/**
 * Consultation by voice, written once for calls of ours and of the host's.
 *
 *     contact:  connected ── hold, confirmed ──▶ held ─────────────────────────────── resume ──▶ connected
 *     partner:                                   dialling ─▶ ringing ─▶ connected ─▶ ended
 *                                                    │ rejects, does not answer: told, the contact waits on hold
 *     hold refused: nothing is dialled
 */
import { isAble, isAlive, isUp, type Call } from '../domain/call.js';
import type { DomainEvent } from '../domain/events.js';
import type { InteractionRef } from '../domain/interaction.js';
import type { TargetRef } from '../domain/target.js';
import { ServiceError } from '../service-error.js';
import type { ServiceState } from './state.js';
import type { Telephone } from './telephone.js';

/** What a consultation is asked for with. */
export interface ConsultRequest {
  /** The contact's call; by default the one of the interaction. */
  readonly contactId?: string;
  readonly interaction?: InteractionRef;
  readonly sessionId?: string;
  readonly number?: string;
}

/** What they need. */
export interface ConsultationsOptions {
  readonly state: ServiceState;
  /** The telephone that a call belongs to. */
  readonly phoneOf: (call: Call) => Telephone;
  /** The telephone that partners are called with where the contact's own cannot. */
  readonly own: Telephone;
  /** Whether the contact is taken off hold by itself when the consultation is over. */
  readonly comesBack: () => boolean;
  readonly complain: (error: unknown) => void;
}

/** See the head of the file. */
export class Consultations {
  readonly #options: ConsultationsOptions;
  /** Consultations that become a conference as soon as the partner answers. */
  readonly #joining = new Set<string>();
  /** Consultations whose end is part of something else: nobody is to come back for it. */
  readonly #leaving = new Set<string>();

  constructor(options: ConsultationsOptions) {
    this.#options = options;
    options.state.events.add((event) => this.#happened(event));
  }

  /**
   * Holds the contact and, only when that is confirmed, calls the partner.
   * @returns the consultation's id
   * @throws ServiceError `not-held` (nothing was dialled), `invalid-state` (the contact is gone), `media` (no sound here)
   */
  async begin(target: TargetRef, { contactId, interaction, sessionId, number }: ConsultRequest): Promise<string> {
    const { phoneOf, own } = this.#options;
    const found = contactId === undefined ? this.#contactOf(interaction?.id) : this.#call(contactId);
    const contact = isUp(found) ? found : undefined;
    if (contactId !== undefined && !contact) throw new ServiceError('invalid-state', 'The call with the contact is over.');
    if (contact?.status === 'connected') await this.#holdFirst(contact);
    const phone = contact?.line === 'host' && isAble(contact, 'consult') ? phoneOf(contact) : own;
    const about = interaction ?? contact?.interaction;
    return phone.consult(target, {
      ...(contact ? { contact } : {}),
      ...(about ? { interaction: about } : {}),
      ...(sessionId ? { sessionId } : {}),
      ...(number ? { number } : {}),
    });
  }

  /** Ends the consultation, where there is one, and takes the contact off hold. */
  async retrieve(contactId: string): Promise<void> {
    for (const consultation of this.#about(contactId)) {
      this.#leaving.add(consultation.id);
      await this.#options.phoneOf(consultation).end(consultation);
    }
    const contact = this.#existing(contactId);
    if (contact.status === 'held') await this.#options.phoneOf(contact).resume(contact);
  }

  /** Speaks with the other of the two: the one who speaks is held first. */
  async alternate(consultationId: string): Promise<void> {
    const { phoneOf } = this.#options;
    const [contact, consultation] = this.#pair(consultationId);
    const [speaks, waits] = consultation.status === 'connected' ? [consultation, contact] : [contact, consultation];
    if (speaks.status === 'connected') await phoneOf(speaks).hold(speaks);
    if (waits.status === 'held') await phoneOf(waits).resume(waits);
  }

  /** The contact goes to the partner; what fails leaves both calls as they were. */
  async completeTransfer(contactId: string, consultationId: string): Promise<void> {
    const [contact, consultation] = [this.#existing(contactId), this.#existing(consultationId)];
    this.#leaving.add(consultationId);
    try {
      await this.#options.phoneOf(contact).completeTransfer(contact, consultation);
    } catch (error) {
      this.#leaving.delete(consultationId);
      throw error;
    }
    // The host has sent its call to our partner: our own call with them is over with that.
    if (contact.line === 'host' && consultation.line !== 'host') await this.#options.phoneOf(consultation).end(consultation);
  }

  /** Contact, partner and agent hear each other. */
  async completeConference(contactId: string, consultationId: string): Promise<void> {
    const [contact, consultation] = [this.#existing(contactId), this.#existing(consultationId)];
    if (contact.line !== consultation.line)
      throw new ServiceError('unsupported', 'The two calls are on different telephones: they cannot be connected to a conference.');
    await this.#options.phoneOf(contact).completeConference(contact, consultation);
  }

  /** Calls somebody and joins them as soon as they answer. @returns the new call's id */
  async conference(callId: string, target: TargetRef, number?: string): Promise<string> {
    const id = await this.begin(target, { contactId: callId, ...(number ? { number } : {}) });
    this.#joining.add(id);
    this.#joinIfUp(this.#call(id));
    return id;
  }

  async #holdFirst(contact: Call): Promise<void> {
    try {
      await this.#options.phoneOf(contact).hold(contact);
    } catch (cause) {
      throw new ServiceError('not-held', 'The contact could not be put on hold, so nobody was called. Try again, or hold the call first.', {
        cause,
      });
    }
  }

  #call(id: string): Call | undefined {
    return this.#options.state.read(`call:${id}`);
  }

  #existing(id: string): Call {
    const call = this.#call(id);
    if (!call) throw new ServiceError('not-found', 'There is no such call here.');
    return call;
  }

  #all(): Call[] {
    return (this.#options.state.read('calls') ?? []).flatMap((id) => this.#call(id) ?? []);
  }

  /** The consultations about a contact's call that are not over. */
  #about(contactId: string): Call[] {
    return this.#all().filter((call) => call.contactId === contactId && isAlive(call));
  }

  /** The contact's call of an interaction, newest first. */
  #contactOf(interactionId: string | undefined): Call | undefined {
    if (interactionId === undefined) return undefined;
    return this.#all().findLast((call) => call.role !== 'consultation' && call.interaction?.id === interactionId && isUp(call));
  }

  #pair(consultationId: string): readonly [Call, Call] {
    const consultation = this.#existing(consultationId);
    const contact = consultation.contactId === undefined ? undefined : this.#call(consultation.contactId);
    if (!isUp(contact) || !isUp(consultation)) throw new ServiceError('invalid-state', 'Both calls must be connected.');
    return [contact, consultation];
  }

  #happened(event: DomainEvent): void {
    if (event.type !== 'call') return;
    const { call } = event;
    this.#joinIfUp(call);
    if (call.status === 'ended' && call.contactId !== undefined) this.#ended(call);
  }

  #joinIfUp(call: Call | undefined): void {
    if (!call?.contactId || call.pending || !this.#joining.has(call.id)) return;
    if (call.status === 'ended') this.#joining.delete(call.id);
    if (call.status !== 'connected') return;
    this.#joining.delete(call.id);
    const { contactId, id } = call;
    this.completeConference(contactId, id).catch(this.#options.complain);
  }

  /** A consultation is over: where the host wants it so, the contact comes back by itself. */
  #ended({ id, contactId = '' }: Call): void {
    if (this.#leaving.delete(id) || !this.#options.comesBack()) return;
    const contact = this.#call(contactId);
    if (contact?.status === 'held' && !contact.pending) this.#options.phoneOf(contact).resume(contact).catch(this.#options.complain);
  }
}
