/** An invitation that waits for this agent: accepted, refused, run out or taken back. Settles once. */
import type { Outcome } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import type { TimerHandle } from '../../environment.js';
import { ServiceError } from '../../service-error.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, IncomingInvite, SipBody, SipDialog } from '../gateway.js';
import { outcomeOfCancel, refuseByPerson } from './answers.js';

/** How long the caller's ACK may take after our 200, ms; the caller is gone then. */
const ACK_LIMIT = 8000;

/** What it needs. */
export interface IncomingInvitationOptions {
  readonly context: EngineContext;
  readonly invite: IncomingInvite;
  readonly caller: Party;
  /** Seconds that it lives. */
  readonly expires: number;
  /** It ended without this agent's answer. */
  onOver(outcome: Outcome): void;
}

/** See the head of the file. */
export class IncomingInvitation {
  readonly #options: IncomingInvitationOptions;
  readonly #timer: TimerHandle;
  #over = false;
  #yielded = false;
  #giveUp: () => void = () => undefined;

  constructor(options: IncomingInvitationOptions) {
    this.#options = options;
    const { context, invite, caller, expires } = options;
    this.#timer = context.host.environment.setTimeout(() => this.#expire(), expires * 1000);
    invite.onCancel((reason) => this.#end(outcomeOfCancel(reason, caller)));
  }

  /** Tells the caller that it rings here. */
  ring(): void {
    this.#options.invite.ring();
  }

  /**
   * Accepts; settles when the caller has acknowledged.
   * @throws ServiceError `invalid-state` where it is over, or the caller is gone
   */
  async accept(body: SipBody, events: DialogEvents): Promise<SipDialog> {
    const gone = (cause?: unknown): ServiceError =>
      new ServiceError('invalid-state', 'The invitation is over. Write to the agent to open a new session.', { cause });
    if (!this.#close()) throw gone();
    const { environment } = this.#options.context.host;
    let timer: TimerHandle;
    const late = new Promise<never>((_, reject) => {
      this.#giveUp = () => reject(gone());
      timer = environment.setTimeout(this.#giveUp, ACK_LIMIT);
    });
    const accepted = this.#options.invite.accept({ body, events });
    try {
      return await Promise.race([accepted, late]);
    } catch (error) {
      // An ACK that comes after all finds nobody here.
      accepted.then(
        (dialog) => void dialog.bye(),
        () => undefined,
      );
      if (!this.#yielded) this.#options.onOver({ code: 'connection-lost' });
      throw gone(error);
    } finally {
      environment.clearTimeout(timer);
    }
  }

  /** Refuses for the agent. @returns whether there was still something to refuse */
  reject(options: { text?: string; busy?: boolean }): boolean {
    if (!this.#close()) return false;
    refuseByPerson(this.#options.invite, options);
    return true;
  }

  /** Refuses because nobody is here any more. @returns whether there was still something to refuse */
  leave(): boolean {
    if (!this.#close()) return false;
    this.#options.invite.reject(480);
    return true;
  }

  /** The same invitation came again: nobody waits for this answer any more, and one that was given is given up. */
  yield(): void {
    this.#yielded = true;
    if (this.#close()) this.#options.invite.reject(487);
    else this.#giveUp();
  }

  #expire(): void {
    if (this.#over) return;
    this.#options.invite.reject(487, { headers: ['Reason: SIP;cause=408;text="Not answered in time"'] });
    this.#end({ code: 'no-answer' });
  }

  #end(outcome: Outcome): void {
    if (this.#close()) this.#options.onOver(outcome);
  }

  #close(): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#options.context.host.environment.clearTimeout(this.#timer);
    return true;
  }
}
