/** One form for what people type and what the directory holds: without accents, width, case, or punctuation in numbers. */

/** Letters that decomposition leaves alone, and what people type for them. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th', ð: 'd' };

const SPECIAL = /[ßøłđæœıþð]/g;
const MARKS = /\p{M}+/gu;

/** Text for comparing: compatibility-decomposed, marks removed, lower case. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter);
}

/** The words of a query. */
export function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[\s,;]+/)
    .filter(Boolean);
}

/** A telephone number for comparing: its digits alone. */
export function digitsOf(text: string): string {
  return text.replace(/\D+/g, '');
}

/** Whether a text looks like a number that can be dialled: digits with the usual punctuation, at least two. */
export function isDialable(text: string): boolean {
  return /^\s*\+?[\d\s().\-/*#]{2,}$/.test(text) && digitsOf(text).length >= 2;
}

/** Where `word` begins in `text`, both as people see them; undefined where folding moved the letters. */
export function rangeOf(text: string, word: string): readonly [number, number] | undefined {
  const folded = fold(text);
  const at = folded.indexOf(word);
  if (at < 0 || folded.length !== text.length) return undefined;
  return [at, at + word.length];
}
