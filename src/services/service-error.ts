/**
 * What can go wrong, as one class with a code from a closed list. Bugs throw ordinary errors; refusals by the world
 * (the switch, the peer, the host page, the integrator's configuration) are a `ServiceError`.
 */

/**
 * The codes of `ServiceError`:
 * - `configuration`: a missing or malformed attribute or property; the message names it.
 * - `unreachable`: the switch cannot be reached, or the connection was lost.
 * - `unauthorized`: the switch refuses the credentials (401, 407 after a retry, 403 to REGISTER).
 * - `not-allowed`: a right is missing, or the switch answered 403 or 603 with a Warning.
 * - `not-found`: no such agent (404), or no such session, call or message here.
 * - `invalid-state`: the command does not fit the state (sending into an ended session, accepting an ended invitation).
 * - `too-long`: a text or case data over its limit in bytes of UTF-8.
 * - `empty`: nothing to send.
 * - `busy`, `no-answer`, `rejected`, `not-logged-in`, `unsupported`: what the peer or its device answered.
 * - `timeout`: no answer within the time limit.
 * - `directory`: a directory source is unreachable or its data is malformed; the message names the record.
 * - `host`: the host adapter failed or answered with malformed data.
 * - `media`: microphone, speaker, or ICE failed; the message says what to do.
 * - `not-held`: the contact could not be put on hold for a consultation; nobody was called.
 * - `outbound-campaign`: logging in on `im` while the agent is in an outbound campaign.
 * - `storage`: settings could not be kept.
 * - `internal`: a bug here; please report it.
 */
export type ServiceErrorCode =
  | 'configuration'
  | 'unreachable'
  | 'unauthorized'
  | 'not-allowed'
  | 'not-found'
  | 'invalid-state'
  | 'too-long'
  | 'empty'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'not-logged-in'
  | 'unsupported'
  | 'timeout'
  | 'directory'
  | 'host'
  | 'media'
  | 'not-held'
  | 'outbound-campaign'
  | 'storage'
  | 'internal';

/** A refusal by the world. `message` is a sentence that says what to do; it never holds message text, case data or credentials. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;
  /** SIP status code that led here, where one did. */
  readonly status: number | undefined;

  constructor(code: ServiceErrorCode, message: string, options: { cause?: unknown; status?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status;
  }

  /** Plain JSON for events and for other tabs. */
  toJSON(): { code: ServiceErrorCode; message: string; status?: number } {
    return { code: this.code, message: this.message, ...(this.status === undefined ? {} : { status: this.status }) };
  }
}

/** Whether `value` is a `ServiceError`, also one of another copy of this code on the page. */
export function isServiceError(value: unknown): value is ServiceError {
  return value instanceof Error && value.name === 'ServiceError' && 'code' in value;
}
