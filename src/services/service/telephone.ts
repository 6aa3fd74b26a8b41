/**
 * A telephone: ours (SIP) or the host's (through its adapter). Whatever is done with a call goes through the telephone that the call belongs to,
 * so that consultation, transfer and conference know one kind of call.
 */
import type { Call } from '../domain/call.js';
import type { InteractionRef } from '../domain/interaction.js';
import type { TargetRef } from '../domain/target.js';

/** What a consultation is about. */
export interface ConsultOptions {
  /** The contact's call, on hold by now; absent where there is none (an e-mail, say). */
  readonly contact?: Call;
  readonly interaction?: InteractionRef;
  /** The IM session that it grew out of. */
  readonly sessionId?: string;
  readonly number?: string;
}

/** Every promise settles when the other side, or the host, has confirmed; it rejects with a `ServiceError`, and the call is as it was. */
export interface Telephone {
  answer(call: Call): Promise<void>;
  reject(call: Call): Promise<void>;
  hold(call: Call): Promise<void>;
  resume(call: Call): Promise<void>;
  mute(call: Call, muted: boolean): Promise<void>;
  dtmf(call: Call, tones: string): Promise<void>;
  end(call: Call): Promise<void>;
  /** Calls the partner. @returns the call's id, as soon as it is under way */
  consult(target: TargetRef, options: ConsultOptions): Promise<string>;
  /** Instant transfer. */
  transfer(call: Call, target: TargetRef, number?: string): Promise<void>;
  /** The contact's call goes to the partner of a consultation. */
  completeTransfer(call: Call, consultation: Call): Promise<void>;
  /** Everyone hears everyone. */
  completeConference(call: Call, consultation: Call): Promise<void>;
}
