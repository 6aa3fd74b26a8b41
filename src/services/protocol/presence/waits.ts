/** What a refusal says about when, or for how long, to ask again. */
import type { SipResponse } from '../gateway.js';

/** Longest expiry that is agreed to, seconds. */
const LONGEST = 86_400;

/**
 * The expiry to ask for instead, after 423 Interval Too Brief (RFC 3903, 6; RFC 6665, 4.2.1.1).
 * @param asked seconds that were asked for and refused
 * @returns undefined where the response is another one, or names no expiry that would help
 */
export function minExpires(response: SipResponse, asked: number): number | undefined {
  if (response.status !== 423) return undefined;
  const least = Number(/^\s*(\d{1,6})\s*$/.exec(response.header('Min-Expires') ?? '')?.[1] ?? NaN);
  return least > asked && least <= LONGEST ? least : undefined;
}

/** Seconds of Retry-After (RFC 3261, 20.33); undefined where there are none. */
export function retryAfterOf(response: SipResponse): number | undefined {
  const seconds = Number(/^\s*(\d{1,6})/.exec(response.header('Retry-After') ?? '')?.[1] ?? NaN);
  return seconds > 0 ? seconds : undefined;
}
