/** Plain JSON, the only thing that leaves an element in an event. */

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Deeper than anything that is sent on purpose; what lies deeper is cut off. */
const MAX_DEPTH = 32;

/**
 * A deeply frozen, plain copy: what is no JSON (functions, symbols, undefined) is left out, cycles end at a depth of 32. Sandboxes of
 * hosts proxy what crosses them and lose later changes, so nothing live may go out.
 */
export function frozenJson(value: unknown, depth = 0): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return Object.freeze(value.map((item) => frozenJson(item, depth + 1)));
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined && typeof item !== 'function' && typeof item !== 'symbol')
    .map(([key, item]) => [key, frozenJson(item, depth + 1)] as const);
  return Object.freeze(Object.fromEntries(entries));
}
