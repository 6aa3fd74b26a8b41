/** Points in time on the wire (RFC 3339). */

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;
/** Latest point in time that four digits of a year can tell: 9999-12-31T23:59:59.999Z. */
const LATEST = 253_402_300_799_999;

/** A wall-clock time in ms since the epoch as RFC 3339 text in UTC. What no year of four digits holds is moved to the nearest. */
export function encodeDateTime(ms: number): string {
  const bounded = Number.isFinite(ms) ? Math.min(Math.max(Math.trunc(ms), 0), LATEST) : 0;
  return new Date(bounded).toISOString();
}

/** Reads RFC 3339 text. @returns ms since the epoch, undefined where it is none. */
export function decodeDateTime(text: string): number | undefined {
  const trimmed = text.trim();
  const ms = DATE_TIME.test(trimmed) ? Date.parse(trimmed.toUpperCase()) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
