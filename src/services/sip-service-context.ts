/** The context under which the service is shared. The number is the contract's version: two copies of the script with the same contract share it. */
import { createContext } from '@lit/context';
import type { SipService } from './sip-service.js';

/** Key of the shared `SipService`. */
export const sipServiceContext = createContext<SipService | undefined>(Symbol.for('deskside/sip-service/1'));
