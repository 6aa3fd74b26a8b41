/** Case data of one session on its way to the peer: with the invitation, held until that is accepted, or in a message of its own. */
import type { ImSession } from '../../domain/im-session.js';
import type { CaseData } from '../../domain/interaction.js';
import { ServiceError } from '../../service-error.js';
import type { EngineContext } from '../engine-part.js';

/** Answers that say that case data is not taken, and never will be. */
const REFUSED: readonly number[] = [400, 413, 415, 488, 513];

const noCase = (status?: number): ServiceError =>
  new ServiceError('unsupported', 'The other side takes no such case information.', status === undefined ? {} : { status });

/** What it needs. */
export interface CaseChangesOptions {
  readonly context: EngineContext;
  session(): ImSession | undefined;
  /** Sends it in the dialog. @returns the SIP status */
  send(caseData: CaseData): Promise<number>;
}

/** See the head of the file. */
export class CaseChanges {
  readonly #options: CaseChangesOptions;
  /** What was too long for the invitation, or changed while it was under way. */
  #held: CaseData | undefined;

  constructor(options: CaseChangesOptions) {
    this.#options = options;
  }

  /** Keeps it for when the invitation is accepted. */
  hold(caseData: CaseData | undefined): void {
    this.#held = caseData;
  }

  /** Sends what changed, now or with the acceptance. @throws ServiceError `unreachable`, `unsupported` */
  async send(caseData: CaseData): Promise<void> {
    const session = this.#options.session();
    if (session?.status === 'establishing') this.#held = caseData;
    if (session?.status !== 'connected') return;
    if (session.withoutCase) throw noCase();
    const status = await this.#options.send(caseData);
    if (status >= 200 && status < 300) return;
    if (REFUSED.includes(status)) throw noCase(status);
    throw new ServiceError('unreachable', 'The changed case information did not arrive. Try again.', { status });
  }

  /** The session stands: what was held goes, unless the peer shows plain text only. */
  release(plain: boolean): void {
    const { context, session } = this.#options;
    const held = this.#held;
    this.#held = undefined;
    if (held && !plain && !session()?.withoutCase)
      void this.send(held).catch((error: unknown) => context.host.report((error as ServiceError).toJSON()));
  }
}
