/**
 * The invitation of a session that waits for this agent. Mostly it is one request; where the caller's page or our own changes meanwhile, the same
 * invitation comes again, and the newest request is the one that is answered.
 */
import type { Outcome } from '../../domain/outcome.js';
import type { Party } from '../../domain/party.js';
import { ServiceError } from '../../service-error.js';
import type { EngineContext } from '../engine-part.js';
import type { DialogEvents, IncomingInvite, SipBody, SipDialog } from '../gateway.js';
import { IncomingInvitation } from './incoming-invitation.js';
import { answerBody, type InvitationContent } from './invitation-body.js';
import type { Ends } from './line.js';

/** What it needs. */
export interface WaitingHereOptions {
  readonly context: EngineContext;
  readonly ends: () => Ends;
  readonly events: DialogEvents;
  /** It ended without this agent's answer. */
  onOver(outcome: Outcome): void;
}

/** What was accepted. */
export interface Accepted {
  readonly dialog: SipDialog;
  /** The caller takes plain text only. */
  readonly plain: boolean;
}

/** See the head of the file. */
export class WaitingHere {
  readonly #options: WaitingHereOptions;
  #newest: { readonly invitation: IncomingInvitation; readonly content: InvitationContent } | undefined;

  constructor(options: WaitingHereOptions) {
    this.#options = options;
  }

  /** Whether there is one that can be accepted. */
  get isAnswerable(): boolean {
    return this.#answer() !== undefined;
  }

  /** Takes one, tells the caller that it rings, and lets the one before go. @param expires seconds that it lives */
  take(invite: IncomingInvite, content: InvitationContent, caller: Party, expires: number): void {
    const { context, onOver } = this.#options;
    const before = this.#newest?.invitation;
    const invitation = new IncomingInvitation({ context, invite, caller, expires, onOver });
    this.#newest = { invitation, content };
    invitation.ring();
    before?.yield();
  }

  /** The connection is back: says once more that it rings, so that whoever takes it back knows that the way has changed. */
  online(): void {
    this.#newest?.invitation.ring();
  }

  /** Accepts; where the invitation comes again meanwhile, that one. @throws ServiceError `invalid-state` */
  async accept(): Promise<Accepted> {
    for (;;) {
      const body = this.#answer();
      const asked = this.#newest;
      if (!asked || !body) throw new ServiceError('invalid-state', 'The invitation is over.');
      try {
        const dialog = await asked.invitation.accept(body, this.#options.events);
        // The request is long, and the session may be too.
        this.#newest = undefined;
        return { dialog, plain: asked.content.plain };
      } catch (error) {
        if (asked === this.#newest) throw error;
      }
    }
  }

  /** Refuses for the agent. @returns whether there was still something to refuse */
  reject(options: { text?: string; busy?: boolean }): boolean {
    return this.#newest?.invitation.reject(options) ?? false;
  }

  /** Refuses because nobody is here any more. @returns whether there was still something to refuse */
  leave(): boolean {
    return this.#newest?.invitation.leave() ?? false;
  }

  #answer(): SipBody | undefined {
    const { context, ends } = this.#options;
    return answerBody(this.#newest?.content.offer, ends(), context.host.environment.now());
  }
}
