/**
 * The strings table: typed keys, overrides by the page, languages that can be added.
 *
 * A string is looked up in this order: the element's own `strings`, the provider's `strings`, the language registered for the element's
 * `lang`, English. A language is one module that exports a `Language` and does nothing by itself:
 *
 *     import { registerLanguage, type Language } from '…/strings.js';
 *     export const de: Language = { lang: 'de', strings: { 'im.accept': 'Annehmen', … } };
 *     registerLanguage(de); // done by the page or by the bundle, at any time; elements follow
 */
import type { en } from './strings/en.js';
import { fillText, isText, type Text, type TextValues } from './strings/text.js';

export type { Text, TextValues } from './strings/text.js';

/** Key of a string. */
export type StringKey = keyof typeof en;

/** Some strings: what a page may set as `strings` on an element or on the provider. */
export type StringsOverride = Readonly<Partial<Record<StringKey, Text>>>;

/** A language: strings that it lacks are shown in English. */
export interface Language {
  /** Language tag without region (`de`), or with one where regions differ (`pt-br`). */
  readonly lang: string;
  readonly strings: StringsOverride;
}

const languages = new Map<string, StringsOverride>();
const listeners = new Set<() => void>();

/** Makes a language known to every element of this copy; elements in that language are drawn again. */
export function registerLanguage(language: Language): void {
  languages.set(language.lang.toLowerCase(), language.strings);
  for (const listener of [...listeners]) listener();
}

/** Calls `listener` after each `registerLanguage` until the returned function is called. */
export function onLanguages(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Strings registered for a language tag: `de-AT` falls back to `de`. */
function registered(locale: string): StringsOverride {
  const tag = locale.toLowerCase();
  return languages.get(tag) ?? languages.get(tag.split('-', 1)[0] ?? tag) ?? {};
}

/** Some tables of English, as an element brings them. */
export type EnglishTables = readonly Readonly<Record<string, Text>>[];

/** The first table, source or override in which a key holds a string or plural forms. */
function find(key: string, sources: readonly (object | undefined)[]): Text | undefined {
  for (const source of sources) {
    const text: unknown = source && Object.hasOwn(source, key) ? (source as Record<string, unknown>)[key] : undefined;
    if (isText(text)) return text;
  }
  return undefined;
}

/**
 * A string in words.
 * @param overrides most telling first; a value that is no string or plural form is passed over
 * @param english the tables of the element
 * @returns undefined where none of the tables has the key
 */
export function lookUp(
  key: StringKey,
  values: TextValues,
  locale: string,
  overrides: readonly (StringsOverride | undefined)[],
  english: EnglishTables,
): string | undefined {
  const text = find(key, [...overrides, registered(locale)]);
  if (text !== undefined) return fillText(text, values, locale);
  const fallback = find(key, english);
  return fallback === undefined ? undefined : fillText(fallback, values, 'en');
}

/** What is wrong with a value that a page set as `strings`; undefined where nothing is. Unknown keys do no harm and are not looked for. */
export function stringsProblem(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return '`strings` must be an object of strings.';
  const wrong = Object.entries(value).find(([, text]) => !isText(text));
  return wrong ? `\`strings\` has neither a string nor plural forms under "${wrong[0]}".` : undefined;
}
