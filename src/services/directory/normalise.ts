/** One form for what people type and what the directory holds: without accents, width, case, or punctuation. */

/** Letters that decomposition leaves alone, and what people type for them; tatweel and apostrophes are nothing. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
  ى: 'ي',
  ة: 'ه',
  ـ: '',
  "'": '',
  '’': '',
};

const SPECIAL = /[ßøłđæœıþðىةـ'’]/g;
const KATAKANA = /[\u30a1-\u30f6]/g;
const MARKS = /\p{M}+/gu;
const PLAIN_ASCII = /^[\u0020-\u0026\u0028-\u007e]*$/;
const GAPS = /[^\p{L}\p{N}]+/gu;

/** Text for comparing: compatibility-decomposed, marks removed, lower case, hiragana for katakana. */
export function fold(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .replace(KATAKANA, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/** The words of a text, with a space between: whatever is no letter or digit parts them. */
export function plainWords(text: string): string {
  return fold(text).replace(GAPS, ' ').trim();
}

/** A telephone number for comparing: its digits alone. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D+/g, '');
}

/** Whether a text looks like a number that can be dialled: digits with the usual punctuation, at least two. */
export function isDialable(text: string): boolean {
  return /^\s*\+?[\d\s().\-/*#]{2,40}$/.test(text.normalize('NFKC')) && digitsOf(text).length >= 2;
}

/** The words of a query. A number is one word, in any formatting; the zeros of a trunk or of dialling abroad say nothing. */
export function wordsOf(text: string): string[] {
  const query = text.slice(0, 256);
  if (isDialable(query)) {
    const digits = digitsOf(query);
    return [digits.length >= 5 ? digits.replace(/^0+/, '') || digits : digits];
  }
  return [...new Set(plainWords(query).split(' '))].filter(Boolean).slice(0, 8);
}
