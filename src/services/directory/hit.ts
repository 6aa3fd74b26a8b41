/** What of a found target matched, for marking. */
import type { Target } from '../domain/target.js';
import { digitsOf, fold } from './normalise.js';
import { isForgiven, isNearPrefix } from './near-words.js';
import type { MatchRange, SearchHit } from './sources.js';

/** A text folded character by character, with the place of each folded one in the text. */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = fold(character);
    for (let unit = 0; unit < piece.length; unit += 1) places.push(at);
    folded += piece;
    at += character.length;
  }
  places.push(text.length);
  return { folded, places };
}

/** Where a word begins best: at the beginning of a word, else inside one; -1 nowhere. */
function placeOf(folded: string, word: string): number {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1] ?? '')) return at;
  }
  return word.length > 1 || word > 'z' ? folded.indexOf(word) : -1;
}

/** The whole word that a typed one is near to. */
function nearIn(folded: string, word: string): readonly [number, number] | undefined {
  if (!isForgiven(word)) return undefined;
  for (const match of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (isNearPrefix(match[0], word)) return [match.index, match.index + Math.min(match[0].length, word.length)];
  }
  return undefined;
}

/** The stretches of `text` that match the words; they do not overlap. */
function rangesIn(text: string, words: readonly string[], near = false): MatchRange[] {
  const { folded, places } = foldWithPlaces(text);
  const found = words.flatMap((word): MatchRange[] => {
    const at = placeOf(folded, word);
    const range = at >= 0 ? ([at, at + word.length] as const) : near ? nearIn(folded, word) : undefined;
    return range ? [[places[range[0]] ?? 0, places[range[1]] ?? text.length]] : [];
  });
  const merged: [number, number][] = [];
  for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** The stretch of a number, as people write it, that holds the digits. */
function digitRange(text: string, digits: string): MatchRange | undefined {
  const at = digitsOf(text).indexOf(digits);
  if (at < 0) return undefined;
  const places = [...text.matchAll(/\d/g)].map(({ index }) => index);
  return [places[at] ?? 0, (places[at + digits.length - 1] ?? text.length - 1) + 1];
}

/** The first field beside the name that says why a target was found. */
function otherMatch(
  { email, user, group, skills = [], numbers = [] }: Target,
  words: readonly string[],
  near: boolean,
): SearchHit['matched'] {
  for (const { number } of numbers) {
    const range = words.map((word) => (/^\d{2,}$/.test(word) ? digitRange(number, word) : undefined)).find(Boolean);
    if (range) return { field: 'number', text: number, ranges: [range] };
  }
  const fields = [['email', email], ['user', user], ['group', group], ...skills.map((skill) => ['skill', skill] as const)] as const;
  for (const [field, text] of fields) {
    const ranges = text ? rangesIn(text, words, near) : [];
    if (text && ranges.length) return { field, text, ranges };
  }
  return undefined;
}

/** Matches of a target: those in its name, and where they are fewer than the words, another field's. */
export function matchesOf(target: Target, words: readonly string[], near: boolean): Pick<SearchHit, 'nameMatches' | 'matched'> {
  const nameMatches = rangesIn(target.name, words, near);
  const rest = words.filter((word) => !rangesIn(target.name, [word], near).length);
  const matched = rest.length ? otherMatch(target, rest, near) : undefined;
  return { nameMatches, ...(matched ? { matched } : {}) };
}
