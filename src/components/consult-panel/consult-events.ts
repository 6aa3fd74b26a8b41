/** What the host is told of a consultation: ids, times and outcome. Never a text, never case data. */
import type { DomainEvent, SipService } from '../../services/index.js';
import { emit } from '../internal/events.js';
import { imConsultation, voiceConsultation, type Consultation } from './consultations.js';

/** The consultation that an event begins or ends; undefined for every other event. */
function concerned(service: SipService, event: DomainEvent): Consultation | undefined {
  if (event.type === 'invitation-sent' || event.type === 'session-ended')
    return imConsultation(service.snapshot.get(`session:${event.sessionId}`));
  return event.type === 'call' ? voiceConsultation(event.call) : undefined;
}

/** Tells of each start and each end once, as long as it is given the events. */
export class ConsultEvents {
  readonly #panel: EventTarget;
  /** Consultations whose start was told and whose end was not, and those that are over. */
  readonly #told = new Map<string, 'started' | 'ended'>();

  constructor(panel: EventTarget) {
    this.#panel = panel;
  }

  /** Follows one domain event of the interaction's. */
  follow(service: SipService, event: DomainEvent, interactionId: string | undefined): void {
    const one = concerned(service, event);
    if (!one || one.interactionId !== interactionId || one.startedAt === undefined) return;
    if (one.ended) this.#end(one, event.at);
    else this.#start(one, one.startedAt);
  }

  #start({ id, interactionId, media, peer }: Consultation, at: number): void {
    if (this.#told.has(id)) return;
    this.#told.set(id, 'started');
    emit(this.#panel, 'consultstart', {
      interactionId,
      media,
      sessionId: id,
      target: { type: 'agent', address: peer.address, name: peer.name },
      at,
    });
  }

  /** A draft that was given up never began, so it does not end either. */
  #end({ id, interactionId, media, startedAt, connectedAt, endedAt, outcome }: Consultation, at: number): void {
    if (startedAt === undefined || this.#told.get(id) === 'ended') return;
    this.#told.set(id, 'ended');
    // The words of a refusal are text that somebody wrote.
    const { text: _words, ...withoutWords } = outcome ?? { code: 'ended' };
    emit(this.#panel, 'consultend', {
      interactionId,
      media,
      sessionId: id,
      outcome: withoutWords,
      startedAt,
      ...(connectedAt === undefined ? {} : { connectedAt }),
      endedAt: endedAt ?? at,
    });
  }
}
