/** A target as it is searched: all its fields as one text of plain words. */
import type { Target } from '../domain/target.js';
import { digitsOf, plainWords } from './normalise.js';

/** See the head of the file. */
export interface Entry {
  /** Words of every field: `\n john davis\n jdavis\n …\n`. Each word has a space before it, each field a line of its own, the name first. */
  readonly text: string;
  /** Where the name ends in `text`. */
  readonly nameEnd: number;
  /** Where the fields end that identify a target (name, login, e-mail address, numbers); group and skills follow. */
  readonly ownEnd: number;
}

/** How well a target matches, best first. */
export const TIERS = ['exact', 'name', 'field', 'inside', 'near'] as const;

/** A query's words, made ready to be looked for. */
export interface Needles {
  readonly words: readonly string[];
  readonly starts: readonly string[];
  readonly whole: string;
}

/** Makes words ready. */
export function needlesOf(words: readonly string[]): Needles {
  return { words, starts: words.map((word) => ` ${word}`), whole: `\n ${words.join(' ')}\n` };
}

const line = (text: string | undefined): string => {
  const words = text === undefined ? '' : plainWords(text);
  return words ? `\n ${words}` : '';
};

/** Reads a target for searching. */
export function entryOf({ name, email, user, group, skills = [], numbers = [] }: Target): Entry {
  const named = line(name);
  const digits = numbers.map(({ number }) => digitsOf(number)).filter(Boolean);
  const own = named + line(user) + line(email) + digits.map((number) => `\n ${number}`).join('');
  return { text: `${own}${line(group)}${skills.map(line).join('')}\n`, nameEnd: named.length, ownEnd: own.length };
}

/** Whether a word is looked for only where a word begins: a single letter is, but not in scripts without spaces. */
export function beginsOnly(word: string): boolean {
  return word.length === 1 && word <= 'z';
}

/** What is looked for in a text for a word. */
export function soughtOf(word: string): string {
  return beginsOnly(word) ? ` ${word}` : word;
}

/** The tier (index into TIERS) of a target; -1 where a word is missing. `near` is never given here: it needs no missing word. */
export function judge({ text, nameEnd, ownEnd }: Entry, { words, starts, whole }: Needles): number {
  let tier = 1;
  for (let at = 0; at < words.length; at += 1) {
    // Most of those who are looked at do not match: the word alone is looked for first.
    const anywhere = text.indexOf(soughtOf(words[at] ?? ''));
    if (anywhere < 0) return -1;
    const found = text.indexOf(starts[at] ?? '', anywhere - 1);
    if (found < 0) tier = 3;
    else if (found >= nameEnd) tier = Math.max(tier, 2);
  }
  if (tier === 3 || !words.length) return tier;
  const exact = text.indexOf(whole);
  return exact >= 0 && exact < ownEnd ? 0 : tier;
}
