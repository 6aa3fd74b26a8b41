/** Small checks of plain JSON that came from outside, put together into larger ones. None of them throws. */

/** Whether a value is what it should be. */
export type Check = (value: unknown) => boolean;

/** A check of a field that may be missing. */
export interface Maybe {
  readonly maybe: Check;
}

/** Fields of `T`: those that may be missing are marked so, and none is forgotten when `T` grows. */
export type FieldsOf<T> = { readonly [K in keyof T]-?: undefined extends T[K] ? Maybe : object extends Pick<T, K> ? Maybe : Check };

/** Longest id, name or address, and longest text, in UTF-16 units: above what any part of this code lets through. */
const MAX_NAME = 2048;
const MAX_TEXT = 100_000;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An id, a name or an address; may be empty. */
export const name: Check = (value) => typeof value === 'string' && value.length <= MAX_NAME;
/** A text of people. */
export const text: Check = (value) => typeof value === 'string' && value.length <= MAX_TEXT;
/** A finite number. */
export const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
/** A count: whole, from 0. */
export const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** True or false. */
export const flag: Check = (value) => typeof value === 'boolean';

/** One of these words. `T` is the whole union, so that none is forgotten. */
export function oneOf<T extends string>(words: Readonly<Record<T, true>>): Check {
  return (value) => typeof value === 'string' && Object.hasOwn(words, value);
}

/** A list of at most `most` entries. */
export function list(check: Check, most = 10_000): Check {
  return (value) => Array.isArray(value) && value.length <= most && value.every(check);
}

/** A field that may be missing. */
export function maybe(check: Check): Maybe {
  return { maybe: check };
}

/** An object with these fields and no others. */
export function shape<T extends object>(fields: FieldsOf<T>): Check {
  const known = Object.entries(fields as Readonly<Record<string, Check | Maybe>>);
  return (value) => {
    if (!isRecord(value)) return false;
    let found = 0;
    for (const [field, check] of known) {
      const has = Object.hasOwn(value, field);
      if (has) found += 1;
      else if (typeof check === 'function') return false;
      if (has && !(typeof check === 'function' ? check : check.maybe)(value[field])) return false;
    }
    return found === Object.keys(value).length;
  };
}

/** What one table entry says for the word in `field`: an object of one of several types. */
export function variant<T extends string>(field: string, checks: Readonly<Record<T, Check>>): Check {
  return (value) => {
    const word = isRecord(value) ? value[field] : undefined;
    return typeof word === 'string' && Object.hasOwn(checks, word) && checks[word as T](value);
  };
}

/** Null, or what the check says. */
export function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}
