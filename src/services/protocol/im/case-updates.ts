/** Case data on its way out: held to what the wire carries, one version after the other. */
import type { CaseData, CaseEntry } from '../../domain/interaction.js';
import { ServiceError } from '../../service-error.js';
import { decodeCaseData, encodeCaseData } from '../codecs/case-data.js';
import type { EngineContext } from '../engine-part.js';
import type { Conversation } from './conversation.js';

/** Case data of a command, held to what the wire carries; undefined where it makes no sense. */
export function checkedCase(caseData: CaseData | undefined): CaseData | undefined {
  if (!caseData) return undefined;
  try {
    const decoded = decodeCaseData(encodeCaseData(caseData).json);
    return decoded.ok ? decoded.value : undefined;
  } catch {
    // Not even the shape of case data: it came from a script or another tab.
    return undefined;
  }
}

/** What changed. */
export interface CaseUpdate {
  readonly data: readonly CaseEntry[];
  /** The contact is gone. */
  readonly ended?: boolean;
}

/** Sends updates: each has its own number, and the next waits for the answer to the one before. */
export class CaseUpdates {
  readonly #context: EngineContext;
  readonly #turns = new WeakMap<Conversation, Promise<void>>();
  /** The highest number that went out, also with an update whose answer was lost: the other side may have it, so it is never used again. */
  readonly #numbers = new WeakMap<Conversation, number>();

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Settles when the other side has it. @throws ServiceError `invalid-state`, `configuration`, `unreachable`, `unsupported` */
  send(conversation: Conversation, update: CaseUpdate): Promise<void> {
    const before = this.#turns.get(conversation) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.#send(conversation, update));
    this.#turns.set(conversation, turn);
    return turn;
  }

  async #send(conversation: Conversation, { data, ended }: CaseUpdate): Promise<void> {
    const { id: sessionId, session } = conversation;
    const before = this.#context.host.read(`case:${sessionId}`);
    const interaction = before?.interaction ?? session?.interaction;
    if (!interaction || session?.direction !== 'outgoing' || session.status === 'ended')
      throw new ServiceError('invalid-state', 'Case information goes from the agent who consults, while the session lasts.');
    const { changed: _changed, ...rest } = before ?? { changed: [] };
    const about = { ...interaction, ...(ended ? { ended } : {}) };
    const seq = Math.max(before?.seq ?? 0, this.#numbers.get(conversation) ?? 0) + 1;
    const caseData = checkedCase({ ...rest, interaction: about, seq, data });
    if (!caseData) throw new ServiceError('configuration', 'Case data must be a list of {key, label, value} that are text.');
    this.#numbers.set(conversation, seq);
    await conversation.sendCase(caseData);
    this.#context.tell({ type: 'case-updated', sessionId, caseData });
  }
}
