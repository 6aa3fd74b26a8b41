/** Words that differ by one slip from what was typed. */
import { isSeparator } from './separators.js';

/** Letters that a typed word must have for a slip to be forgiven. */
const FORGIVEN_FROM = 4;

/** Whether a slip is forgiven in a typed word: it is long enough, and no number. */
export function isForgiven(typed: string): boolean {
  return typed.length >= FORGIVEN_FROM && !/\d/.test(typed);
}

/** Whether `typed`, from its place `at` on, is what the word begins with at `from`. */
function goesOn(text: string, from: number, end: number, typed: string, at: number): boolean {
  if (from + typed.length - at > end) return false;
  for (let place = at; place < typed.length; place += 1) {
    if (text.charCodeAt(from + place - at) !== typed.charCodeAt(place)) return false;
  }
  return true;
}

/**
 * Whether `typed` is, but for one letter too many, too few, wrong, or two swapped, the beginning of the word that stands at [start, end) of a
 * text, or all of it.
 */
function isNear(text: string, start: number, end: number, typed: string): boolean {
  let at = 0;
  while (at < typed.length && start + at < end && text.charCodeAt(start + at) === typed.charCodeAt(at)) at += 1;
  const from = start + at;
  return (
    at === typed.length ||
    goesOn(text, from, end, typed, at + 1) ||
    (from < end && (goesOn(text, from + 1, end, typed, at + 1) || goesOn(text, from + 1, end, typed, at))) ||
    (at + 1 < typed.length &&
      from + 1 < end &&
      text.charCodeAt(from) === typed.charCodeAt(at + 1) &&
      text.charCodeAt(from + 1) === typed.charCodeAt(at) &&
      goesOn(text, from + 2, end, typed, at + 2))
  );
}

/** The same for a word. */
export function isNearPrefix(word: string, typed: string): boolean {
  return isNear(word, 0, word.length, typed);
}

/** Whether a text of plain words has one near to the typed one. */
export function hasNear(text: string, typed: string): boolean {
  if (!isForgiven(typed)) return false;
  for (let start = 0; start < text.length;) {
    let end = start;
    while (end < text.length && !isSeparator(text.charCodeAt(end))) end += 1;
    if (end > start && isNear(text, start, end, typed)) return true;
    start = end + 1;
  }
  return false;
}
