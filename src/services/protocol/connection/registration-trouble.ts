/** What an answer to REGISTER means for the connection (RFC 3261, 10.3 and 21). */
import type { ServiceErrorCode } from '../../service-error.js';

/**
 * - `refused`: only other settings help. `again`: connected, but not registered; try again.
 * - `lost`: nothing came back; the connection is dead.
 */
export interface RegistrationTrouble {
  readonly kind: 'refused' | 'again' | 'lost';
  readonly code: ServiceErrorCode;
  readonly message: string;
}

const PASSWORD = 'The switch refuses the credentials. Check the password (or token) and the user name.';
const NO_ADDRESS = 'The switch does not know the address. Check the address.';
const LOST = 'The switch does not answer. Trying again.';

const BY_STATUS: Readonly<Record<number, RegistrationTrouble>> = {
  0: { kind: 'lost', code: 'unreachable', message: LOST },
  401: { kind: 'refused', code: 'unauthorized', message: PASSWORD },
  403: { kind: 'refused', code: 'unauthorized', message: PASSWORD },
  404: { kind: 'refused', code: 'configuration', message: NO_ADDRESS },
  407: { kind: 'refused', code: 'unauthorized', message: PASSWORD },
  408: { kind: 'lost', code: 'unreachable', message: LOST },
  410: { kind: 'refused', code: 'configuration', message: NO_ADDRESS },
  416: { kind: 'refused', code: 'configuration', message: NO_ADDRESS },
  604: { kind: 'refused', code: 'configuration', message: NO_ADDRESS },
};

/** @returns undefined where the switch has registered us */
export function registrationTrouble(status: number): RegistrationTrouble | undefined {
  if (status >= 200 && status < 300) return undefined;
  return (
    BY_STATUS[status] ?? {
      kind: 'again',
      code: 'unreachable',
      message: `The switch does not register the agent now (SIP status ${status}). Trying again; tell the administrator if it stays so.`,
    }
  );
}
