/** Content-Type and Content-Disposition (RFC 2045, 5.1; RFC 3261, 20.11 and 20.15). */
import { isToken, parseParameters, type Parameters } from './header.js';
import { remembering } from './memo.js';

/** A value with parameters. */
export interface ParameterisedValue {
  /** In lower case: `message/cpim`, `session`. */
  readonly value: string;
  readonly parameters: Parameters;
}

const NO_PARAMETERS: Parameters = new Map();

function parse(text: string, isValue: (value: string) => boolean): ParameterisedValue | undefined {
  const semicolon = text.indexOf(';');
  const value = (semicolon < 0 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  const parameters = semicolon < 0 ? NO_PARAMETERS : parseParameters(text.slice(semicolon + 1));
  return parameters && isValue(value) ? { value, parameters } : undefined;
}

function isMediaType(value: string): boolean {
  const slash = value.indexOf('/');
  return isToken(value.slice(0, Math.max(slash, 0)).trimEnd()) && isToken(value.slice(slash + 1).trimStart());
}

function readMediaType(text: string): ParameterisedValue | undefined {
  const parsed = parse(text, isMediaType);
  return parsed && { ...parsed, value: parsed.value.replace(/\s+/g, '') };
}

/** Reads `message/cpim;charset=utf-8`. @returns undefined where it breaks the grammar. */
export const decodeMediaType: (text: string) => ParameterisedValue | undefined = remembering(readMediaType);

/** Reads `render;handling=optional`. @returns undefined where it breaks the grammar. */
export function decodeDisposition(text: string): ParameterisedValue | undefined {
  return parse(text, isToken);
}
