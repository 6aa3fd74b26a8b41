/** Words that differ by one slip from what was typed. */

/** Letters that a typed word must have for a slip to be forgiven. */
const FORGIVEN_FROM = 4;

/** Whether a slip is forgiven in a typed word: it is long enough, and no number. */
export function isForgiven(typed: string): boolean {
  return typed.length >= FORGIVEN_FROM && !/\d/.test(typed);
}

/** The UTF-16 code units of a text. */
export function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) units[at] = text.charCodeAt(at);
  return units;
}

/** Whether `typed`, from its place `at` on, is what the word begins with at `from`. */
function goesOn(word: Uint16Array, from: number, end: number, typed: Uint16Array, at: number): boolean {
  if (from + typed.length - at > end) return false;
  for (let place = at; place < typed.length; place += 1) if (word[from + place - at] !== typed[place]) return false;
  return true;
}

/**
 * Whether `typed` is, but for one letter too many, too few, wrong, or two swapped, the beginning of the word that stands at [start, end) of
 * `word`, or all of it.
 */
export function isNear(word: Uint16Array, start: number, end: number, typed: Uint16Array): boolean {
  let at = 0;
  while (at < typed.length && start + at < end && word[start + at] === typed[at]) at += 1;
  const from = start + at;
  return (
    at === typed.length ||
    goesOn(word, from, end, typed, at + 1) ||
    (from < end && (goesOn(word, from + 1, end, typed, at + 1) || goesOn(word, from + 1, end, typed, at))) ||
    (at + 1 < typed.length &&
      from + 1 < end &&
      word[from] === typed[at + 1] &&
      word[from + 1] === typed[at] &&
      goesOn(word, from + 2, end, typed, at + 2))
  );
}

/** The same for texts. */
export function isNearPrefix(word: string, typed: string): boolean {
  return isNear(unitsOf(word), 0, word.length, unitsOf(typed));
}

/** Whether a text has a word near to the typed one. */
export function hasNear(text: string, typed: string): boolean {
  return isForgiven(typed) && text.split(/[\n ]+/).some((word) => isNearPrefix(word, typed));
}
