/**
 * When an agent whose presence could not be had, or was ended, is asked for again. One refused waits five minutes; one whose subscription the
 * switch merely moves is asked for at once; others wait longer each time, or as long as the switch says.
 */
import { backOff } from '../connection/back-off.js';
import type { FeedEnd } from './feed.js';

/** Milliseconds until an agent whose presence was refused is asked for again, and the longest that a switch may make us wait. */
const REFUSED_FOR = 300_000;
const LONGEST = 3_600_000;
/** Milliseconds that a subscription must have lived for its end to count as the first. */
const LIVED = 30_000;

/** Statuses that will not be others in a moment: not allowed, no such agent, no presence. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 405, 406, 410, 415, 420, 421, 423, 480, 481, 489, 501, 603, 604]);
/** Reasons of Subscription-State (RFC 6665, 4.1.3). */
const REFUSED_REASONS: ReadonlySet<string> = new Set(['rejected', 'noresource', 'invariant']);
const AT_ONCE: ReadonlySet<string> = new Set(['deactivated', 'timeout']);
/** Ends after which what was told last still holds: a new subscription is only a moment away, or the state will never be another. */
const PASSING: ReadonlySet<string> = new Set(['', 'deactivated', 'timeout', 'invariant']);

const reasonOf = ({ reason = '' }: FeedEnd): string => reason.toLowerCase();

/** Whether asking again soon is of no use. */
export function isRefusal(end: FeedEnd): boolean {
  return end.status === undefined ? REFUSED_REASONS.has(reasonOf(end)) : REFUSALS.has(end.status);
}

/** Whether what was told last still holds. */
export function isPassing(end: FeedEnd): boolean {
  return end.status === undefined && !end.isOtherKind && PASSING.has(reasonOf(end));
}

/** The attempts that wait. */
export class Retries {
  readonly #random: () => number;
  readonly #waiting = new Map<string, { at: number; attempt: number }>();

  /** @param random a number in [0, 1) */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Whether an agent may be asked for now. */
  isDue(address: string, now: number): boolean {
    return (this.#waiting.get(address)?.at ?? 0) <= now;
  }

  /** The next attempt after `now`, wall-clock ms; Infinity for none. */
  next(now: number): number {
    let next = Infinity;
    for (const { at } of this.#waiting.values()) if (at > now) next = Math.min(next, at);
    return next;
  }

  /** A subscription that began at `since` is over. */
  plan(address: string, end: FeedEnd, since: number, now: number): void {
    const attempt = now - since >= LIVED ? 0 : (this.#waiting.get(address)?.attempt ?? -1) + 1;
    this.#waiting.set(address, { at: now + this.#wait(end, attempt), attempt });
  }

  /** Whatever was, is forgotten. */
  forget(address: string): void {
    this.#waiting.delete(address);
  }

  /** Forgets all. */
  clear(): void {
    this.#waiting.clear();
  }

  #wait(end: FeedEnd, attempt: number): number {
    const least = isRefusal(end) || end.isOtherKind ? REFUSED_FOR : 0;
    if (end.retryAfter !== undefined) return Math.min(Math.max(end.retryAfter * 1000, least), LONGEST);
    if (least > 0) return least;
    return attempt === 0 && end.status === undefined && AT_ONCE.has(reasonOf(end)) ? 0 : backOff(attempt, this.#random());
  }
}
