/** What a string of the table may be, and how it becomes words: placeholders, plural forms, names kept apart in mixed directions. */

/** Plural forms by the categories of `Intl.PluralRules`; `other` is always there. Chosen by the parameter `count`. */
export type PluralForms = Readonly<{ other: string } & Partial<Record<'zero' | 'one' | 'two' | 'few' | 'many', string>>>;

/** A string of the table: plain, with `{placeholders}`, or in plural forms. */
export type Text = string | PluralForms;

/** Values for the placeholders. Numbers are written the way of the language. */
export type TextValues = Readonly<Record<string, string | number>>;

const RTL_LANGUAGES = /^(?:ar|fa|he|iw|ur|ps|yi|dv|ckb|sd|ug)\b/i;
const RTL_LETTER = /[\u0591-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LTR_LETTER =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Controls, line breaks, and the marks that open or close a change of direction: a name must not turn the sentence around. */
const UNRULY = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Whether people write this language from right to left. */
function isRtlLanguage(locale: string): boolean {
  return RTL_LANGUAGES.test(locale);
}

/** Text of people as it may stand in one line of ours: no controls, no line breaks, no changes of direction, no half characters. */
export function oneLine(value: string): string {
  return value.toWellFormed().replace(UNRULY, ' ');
}

/** Wraps a value in first-strong isolates where its letters run against the sentence; leaves all others alone. */
function isolate(value: string, locale: string): string {
  const against = isRtlLanguage(locale) ? LTR_LETTER : RTL_LETTER;
  return against.test(value) ? `\u2068${value}\u2069` : value;
}

const pluralRules = new Map<string, Intl.PluralRules>();

function pick(text: PluralForms, count: string | number | undefined, locale: string): string {
  if (typeof count !== 'number') return text.other;
  let rules = pluralRules.get(locale);
  if (!rules) pluralRules.set(locale, (rules = new Intl.PluralRules(locale)));
  return text[rules.select(count)] ?? text.other;
}

/**
 * Fills a string of the table. A placeholder without a value stays as it is, so that it is noticed.
 * @param locale a valid language tag (see `resolveLocale`)
 */
export function fillText(text: Text, values: TextValues, locale: string): string {
  const pattern = typeof text === 'string' ? text : pick(text, values['count'], locale);
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(locale) : isolate(oneLine(value), locale);
  });
}

/** Whether a value of the page can be a string of the table. */
export function isText(value: unknown): value is Text {
  if (typeof value === 'string') return true;
  return typeof value === 'object' && value !== null && 'other' in value && Object.values(value).every((form) => typeof form === 'string');
}
