/** `"Kate Lewis" <sip:kate@deskside.test>;tag=1`: From, To, Contact, P-Asserted-Identity (RFC 3261, 20.10 and 25.1; RFC 3325). */
import { endOfQuoted, headerText, parseParameters, quoted, splitValue, unquoted, type Parameters } from './header.js';
import { remembering } from './memo.js';

/** A name-addr or addr-spec taken apart. */
export interface NameAddr {
  /** As people read it, without quotes; '' where there is none. */
  readonly displayName: string;
  /** Any scheme; not checked further. */
  readonly uri: string;
  /** Header parameters such as `tag`. */
  readonly parameters: Parameters;
}

const NO_PARAMETERS: Parameters = new Map();
const DISPLAY_TOKENS = /^[A-Za-z0-9\-.!%*_+`'~ \t]*$/;
const URI_TEXT = /^[^\s<>"]+$/;

/** Name-addr of an address; the display name is quoted, and nothing in either part can leave its place. */
export function encodeNameAddr(uri: string, displayName = ''): string {
  const address = `<${headerText(uri).replace(/[\s<>"]+/g, '')}>`;
  return displayName.trim() === '' ? address : `${quoted(displayName, 255)} ${address}`;
}

function parametersBehind(rest: string): Parameters | undefined {
  const text = rest.trim();
  if (text === '') return NO_PARAMETERS;
  return text.startsWith(';') ? parseParameters(text.slice(1)) : undefined;
}

function bracketed(value: string, open: number, displayName: string): NameAddr | undefined {
  const close = value.indexOf('>', open);
  const uri = value.slice(open + 1, close);
  const parameters = close < 0 ? undefined : parametersBehind(value.slice(close + 1));
  return parameters && URI_TEXT.test(uri) ? { displayName, uri, parameters } : undefined;
}

/** An addr-spec without brackets must not hold "," or "?" (RFC 3261, 20.10); what follows ";" belongs to the header. */
function bare(value: string): NameAddr | undefined {
  const semicolon = value.indexOf(';');
  const uri = (semicolon < 0 ? value : value.slice(0, semicolon)).trimEnd();
  const parameters = semicolon < 0 ? NO_PARAMETERS : parametersBehind(value.slice(semicolon));
  return parameters && URI_TEXT.test(uri) && !/[,?]/.test(uri) ? { displayName: '', uri, parameters } : undefined;
}

function readNameAddr(text: string): NameAddr | undefined {
  const value = text.trim();
  if (value.startsWith('"')) {
    const end = endOfQuoted(value, 0);
    const open = end < 0 ? -1 : value.indexOf('<', end);
    if (open < 0 || value.slice(end, open).trim() !== '') return undefined;
    return bracketed(value, open, unquoted(value.slice(0, end)));
  }
  const open = value.indexOf('<');
  if (open < 0) return bare(value);
  const name = value.slice(0, open);
  // A bracket further right may sit in a quoted parameter of a bare addr-spec.
  if (/[;:"]/.test(name)) return bare(value);
  return DISPLAY_TOKENS.test(name) ? bracketed(value, open, name.trim().replace(/\s+/g, ' ')) : undefined;
}

/** Reads one name-addr or addr-spec with its parameters. @returns undefined where it breaks the grammar. */
export const decodeNameAddr: (text: string) => NameAddr | undefined = remembering(readNameAddr);

function readList(text: string): readonly NameAddr[] | undefined {
  const all = splitValue(text, ',')?.map(decodeNameAddr);
  return all?.every((one): one is NameAddr => one !== undefined) ? all : undefined;
}

/** Reads a comma-separated list of them. @returns undefined where one breaks the grammar. */
export const decodeNameAddrList: (text: string) => readonly NameAddr[] | undefined = remembering(readList);
