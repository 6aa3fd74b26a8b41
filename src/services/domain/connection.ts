/**
 * The connection to the switch, always visible to the agent.
 *
 *     unconfigured → connecting → ready ⇄ degraded
 *                        ↑  ↓        ↓
 *                    reconnecting ← ─┘        refused, replaced, logged-out: ended until told otherwise
 */

/**
 * - `unconfigured`: server or address is missing.
 * - `connecting`: the first attempt is under way.
 * - `ready`: the switch answers.
 * - `degraded`: connected, but something does not work (no registration yet, presence refused); `error` says what.
 * - `reconnecting`: lost; the next attempt comes at `retryAt`.
 * - `replaced`: another window took over.
 * - `refused`: the switch refuses the credentials or the address; only a new configuration helps.
 * - `logged-out`: disconnected on purpose.
 */
export type ConnectionStatus =
  'unconfigured' | 'connecting' | 'ready' | 'degraded' | 'reconnecting' | 'replaced' | 'refused' | 'logged-out';

/** Whether there is a connection to the switch: what it told holds now. */
export function isConnected(status: ConnectionStatus | undefined): boolean {
  return status === 'ready' || status === 'degraded';
}

/** Present state of the connection. */
export interface Connection {
  readonly status: ConnectionStatus;
  /** Wall-clock ms since when. */
  readonly since: number;
  /** Wall-clock ms of the next attempt, while `reconnecting`. */
  readonly retryAt?: number;
  /** Why, for people and for `serviceerror`. */
  readonly error?: { readonly code: string; readonly message: string };
}
