/** The consultations of one interaction, whatever their medium. A further medium is one more row in `READERS`. */
import type { Call, ImSession, Outcome, Party } from '../../services/index.js';
import type { Read } from '../internal/store-controller.js';

/** How a consultation is held. */
export type ConsultationMedia = 'im' | 'voice';

/** One consultation as the panel lists it. */
export interface Consultation {
  readonly media: ConsultationMedia;
  /** Id of the session or call. */
  readonly id: string;
  readonly interactionId: string;
  readonly peer: Party;
  /** The IM consultation that a call grew out of. */
  readonly sessionId?: string;
  /** Nothing has left yet: the colleague knows nothing. */
  readonly draft: boolean;
  readonly ended: boolean;
  /** The colleague's device shows plain text only: no case reaches it. */
  readonly plain: boolean;
  /** It takes no case, or nothing of what changes in it: so it said when it accepted. */
  readonly withoutCase: boolean;
  /** Lines of the colleague's that nobody has seen. */
  readonly unread: number;
  /** Wall-clock ms: the colleague was asked; absent for a draft. */
  readonly startedAt?: number;
  /** Wall-clock ms: the colleague accepted. */
  readonly connectedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: Outcome;
}

/** A session as a consultation; undefined where this agent did not start it about an interaction. */
export function imConsultation(session: ImSession | undefined): Consultation | undefined {
  if (!session?.interaction || session.direction !== 'outgoing') return undefined;
  const { id, interaction, peer, status, plain = false, withoutCase = plain, unread, invitedAt, connectedAt, endedAt, outcome } = session;
  return {
    media: 'im',
    id,
    interactionId: interaction.id,
    peer,
    draft: status === 'not-connected',
    ended: status === 'ended',
    plain,
    withoutCase,
    unread,
    ...(invitedAt === undefined ? {} : { startedAt: invitedAt }),
    ...(connectedAt === undefined ? {} : { connectedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(outcome ? { outcome } : {}),
  };
}

/** A call as a consultation; undefined where it is none of this agent's. */
export function voiceConsultation(call: Call | undefined): Consultation | undefined {
  if (!call?.interaction || call.role !== 'consultation' || call.direction !== 'outgoing') return undefined;
  const { id, interaction, peer, sessionId, status, startedAt, connectedAt, endedAt, outcome } = call;
  return {
    media: 'voice',
    id,
    interactionId: interaction.id,
    peer,
    draft: false,
    ended: status === 'ended',
    plain: false,
    withoutCase: false,
    unread: 0,
    startedAt,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(connectedAt === undefined ? {} : { connectedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(outcome ? { outcome } : {}),
  };
}

/** What is shown as one: an IM consultation with the calls that grew out of it, or a call by itself. */
export function together(all: readonly Consultation[]): Consultation[][] {
  const heads = all.filter(({ sessionId }) => !all.some(({ id }) => id === sessionId));
  return heads.map((head) => [head, ...all.filter(({ sessionId }) => sessionId === head.id)]);
}

/** A session or a call. */
export type ConsultationRecord = ImSession | Call;

/** Either as a consultation. */
export function asConsultation(record: ConsultationRecord): Consultation | undefined {
  return 'role' in record ? voiceConsultation(record) : imConsultation(record);
}

const READERS: Readonly<Record<ConsultationMedia, (read: Read) => (ConsultationRecord | undefined)[]>> = {
  im: (read) => (read('sessions') ?? []).map((id) => read(`session:${id}`)),
  voice: (read) => (read('calls') ?? []).map((id) => read(`call:${id}`)),
};

/** Sessions and calls that are consultations about an interaction, in order of their start within each medium; the snapshot's own objects. */
export function consultationRecords(read: Read, interactionId: string): ConsultationRecord[] {
  return Object.values(READERS)
    .flatMap((readAll) => readAll(read))
    .filter((record): record is ConsultationRecord => record !== undefined && asConsultation(record)?.interactionId === interactionId);
}
