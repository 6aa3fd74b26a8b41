/** What the page sets, as it can be used: a value that makes no sense is warned of once, and the default holds. */
import type { DesksideElement } from '../internal/base-element.js';
import { warnOnce } from '../internal/warn.js';
import type { CommunicatorMode } from './reasons.js';

/** Results shown where the page does not say how many. */
export const DEFAULT_LIMIT = 10;

const MAX_LIMIT = 200;
const MODES: readonly CommunicatorMode[] = ['main', 'consult', 'transfer', 'conference'];

/** How many results are shown at most. */
export function limitOf(element: DesksideElement, limit: number): number {
  if (Number.isInteger(limit) && limit > 0) return Math.min(limit, MAX_LIMIT);
  warnOnce(element, 'limit', `limit must be a whole number from 1 to ${MAX_LIMIT}; ${DEFAULT_LIMIT} is used.`);
  return DEFAULT_LIMIT;
}

/** Where the communicator stands. */
export function modeOf(element: DesksideElement, mode: CommunicatorMode): CommunicatorMode {
  if (MODES.includes(mode)) return mode;
  warnOnce(element, 'mode', `mode must be one of ${MODES.join(', ')}; main is used.`);
  return 'main';
}
