/** What the host is told of a consultation: ids, times and outcome. Never a text, never case data. */
import type { DomainEvent, SipService } from '../../services/index.js';
import { emit, type DesksideEventDetails } from '../internal/events.js';
import { imConsultation, voiceConsultation, type Consultation } from './consultations.js';

type ConsultEnd = DesksideEventDetails['consultend'];

/** The consultation that an event begins or ends; undefined for every other event. */
function concerned(service: SipService, event: DomainEvent): Consultation | undefined {
  if (event.type === 'invitation-sent' || event.type === 'session-ended' || event.type === 'session-paged')
    return imConsultation(service.snapshot.get(`session:${event.sessionId}`));
  return event.type === 'call' ? voiceConsultation(event.call) : undefined;
}

function endOf({ id, interactionId, media, connectedAt, endedAt, outcome }: Consultation, startedAt: number, at: number): ConsultEnd {
  // The words of a refusal are text that somebody wrote.
  const { text: _words, ...withoutWords } = outcome ?? { code: 'ended' };
  return {
    interactionId,
    media,
    sessionId: id,
    outcome: withoutWords,
    startedAt,
    ...(connectedAt === undefined ? {} : { connectedAt }),
    endedAt: endedAt ?? at,
  };
}

/**
 * Tells of each start and each end once, whatever the panels of the page do meanwhile. It tells through the panel that shows the interaction,
 * else through the one that told of the start. Where neither stands in the page, the end waits until one does: a CRM that takes its screen out
 * of the page and puts it back is told all the same.
 */
export class ConsultEvents {
  static readonly #known = new WeakMap<SipService, ConsultEvents>();

  readonly #service: SipService;
  /** The panels in the page, with the id of the interaction that each shows. */
  readonly #panels = new Map<EventTarget, () => string | undefined>();
  /** The consultations whose start a panel told of. */
  readonly #begun = new WeakMap<EventTarget, Set<string>>();
  /** Consultations whose start was told and whose end was not. */
  readonly #running = new Set<string>();
  readonly #over = new Set<string>();
  /** Ends that no panel could tell. */
  #waiting: ConsultEnd[] = [];
  #listening: AbortController | undefined;

  private constructor(service: SipService) {
    this.#service = service;
  }

  /** The one of a service: consultations live there, not in panels. */
  static of(service: SipService): ConsultEvents {
    const known = this.#known.get(service) ?? new ConsultEvents(service);
    this.#known.set(service, known);
    return known;
  }

  /** A panel stands in the page until the signal ends it. @param shows id of the interaction that it shows now */
  attach(panel: EventTarget, shows: () => string | undefined, signal: AbortSignal): void {
    this.#panels.set(panel, shows);
    signal.addEventListener(
      'abort',
      () => {
        this.#panels.delete(panel);
        this.#rest();
      },
      { once: true },
    );
    if (this.#listening) return;
    this.#listening = new AbortController();
    this.#service.onEvent((event) => this.#follow(event), { signal: this.#listening.signal });
  }

  /** Tells what waited for a panel of that interaction; called when a panel is drawn. */
  settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const end of waiting) this.#tellEnd(end);
  }

  /** Hears nothing any more once nobody is there to be told, now or later. */
  #rest(): void {
    if (this.#panels.size > 0 || this.#running.size > 0) return;
    this.#listening?.abort();
    this.#listening = undefined;
  }

  #follow(event: DomainEvent): void {
    // Forgotten, or begun anew in single messages.
    if (event.type === 'session-closed' || event.type === 'session-paged') this.#over.delete(event.sessionId);
    if (event.type === 'call-closed') this.#over.delete(event.callId);
    const one = concerned(this.#service, event);
    if (one?.startedAt === undefined || this.#over.has(one.id)) return;
    if (one.ended) this.#end(one, one.startedAt, event.at);
    else this.#start(one, one.startedAt);
  }

  #start({ id, interactionId, media, peer }: Consultation, at: number): void {
    const panel = this.#panelOf(interactionId, id);
    if (!panel || this.#running.has(id)) return;
    this.#running.add(id);
    this.#begun.set(panel, (this.#begun.get(panel) ?? new Set()).add(id));
    emit(panel, 'consultstart', {
      interactionId,
      media,
      sessionId: id,
      target: { type: 'agent', address: peer.address, name: peer.name },
      at,
    });
  }

  /** A draft that was given up never began, so it does not end either. */
  #end(one: Consultation, startedAt: number, at: number): void {
    // What no panel of this page has begun or shows is nobody's here.
    if (!this.#running.delete(one.id) && !this.#panelOf(one.interactionId, one.id)) return;
    this.#over.add(one.id);
    this.#tellEnd(endOf(one, startedAt, at));
    this.#rest();
  }

  #tellEnd(end: ConsultEnd): void {
    const panel = this.#panelOf(end.interactionId, end.sessionId);
    if (panel) emit(panel, 'consultend', end);
    else this.#waiting.push(end);
  }

  #panelOf(interactionId: string, id: string): EventTarget | undefined {
    const panels = [...this.#panels];
    const [panel] = panels.find(([, shows]) => shows() === interactionId) ?? panels.find(([one]) => this.#begun.get(one)?.has(id)) ?? [];
    return panel;
  }
}
