/** How long to wait before the next attempt. */

/** First and longest wait, ms. */
const FIRST = 1000;
const LONGEST = 30_000;

/**
 * Wait before attempt `attempt` (0 for the first repetition): 1 s doubling to 30 s, of which up to half is taken off by chance, so that the
 * agents of a restarted switch do not come back all at once.
 * @param random a number in [0, 1)
 */
export function backOff(attempt: number, random: number): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 5));
  return Math.round(whole - (whole / 2) * random);
}
