/**
 * Branches of our transactions. sip.js 0.21.2 draws them from ten million: of a thousand messages within the five seconds that a switch
 * remembers a transaction, two share a branch in one run of twenty, and the second is taken for the first sent again: it is answered 200
 * and never delivered. Can go when sip.js draws better ones (RFC 3261, 8.1.1.7: unique across space and time).
 */
import { ClientTransaction, type OutgoingRequestMessage } from 'sip.js/lib/core/index.js';

const COOKIE = 'z9hG4bK';

/** A branch that no other transaction has. */
function freshBranch(): string {
  const words = crypto.getRandomValues(new Uint32Array(3));
  return COOKIE + [...words].map((word) => word.toString(36).padStart(7, '0')).join('');
}

/** Makes sip.js draw unique branches, for every user agent of the page that shares this copy of it. */
export function useUniqueBranches(): void {
  const makeId = (request: OutgoingRequestMessage): string => {
    // A CANCEL has the branch of what it cancels (RFC 3261, 9.1).
    if (request.method === 'CANCEL' && request.branch !== undefined) return request.branch;
    return freshBranch();
  };
  Object.assign(ClientTransaction, { makeId });
}
