/** One or two characters that stand for a person. */
import { oneLine } from './strings/text.js';

/** Scripts whose single characters say enough, and whose names are written without spaces. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const JOINING = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}]/u;
/** Room for names: no one has a longer one, and what a hostile page sends costs nothing. */
const MAX_NAME = 200;

/** A letter of Latin scripts that no mark follows: the whole of a character, known without asking `Intl`. */
const PLAIN = /^[\u0021-\u02ff](?![\u0300-\uffff])/;

let segmenter: Intl.Segmenter | undefined;

/**
 * The first character as people count them: an emoji with all its parts, a letter with its marks. The first question to a segmenter loads the
 * browser's tables, 30 ms in one piece; most names need none.
 */
function firstCharacter(word: string): string {
  if (PLAIN.test(word)) return word.charAt(0);
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(word)) return segment;
  return '';
}

/** Words that begin with a letter, a digit or an emoji; what stands in front of it (quotes, brackets) is left out. */
function wordsOf(name: string): string[] {
  return oneLine(name)
    .slice(0, MAX_NAME)
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]+/u, ''))
    .filter(Boolean);
}

/**
 * Initials of a name: first and last word; `Okafor, John` counts as John Okafor; one character for Han, Kana and Hangul; Arabic letters are
 * kept from joining.
 * @returns an empty string where the name has nothing to show: draw an icon then
 */
export function initials(name: string, locale: string): string {
  const [family, given] = name.split(',', 2);
  const words = family && given?.trim() ? [...wordsOf(given).slice(0, 1), ...wordsOf(family).slice(0, 1)] : wordsOf(name);
  const first = firstCharacter(words[0] ?? '');
  if (DENSE.test(first) || words.length < 2) return first.toLocaleUpperCase(locale);
  const last = firstCharacter(words.at(-1) ?? '');
  const between = JOINING.test(first + last) ? '\u200c' : '';
  return (first + between + last).toLocaleUpperCase(locale);
}
