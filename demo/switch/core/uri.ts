/** SIP URIs and the name-addr form around them (RFC 3261 sections 19.1 and 20.10). */

/** A SIP or SIPS URI in pieces; `params` and `query` keep their leading `;` and `?`. */
export interface SipUri {
  readonly scheme: string;
  /** User part with escapes undone; undefined when the URI names a host only. */
  readonly user: string | undefined;
  /** Lower case. */
  readonly host: string;
  readonly port: string | undefined;
  readonly params: string;
  readonly query: string;
}

/** `"Name" <uri>;params` in pieces. */
export interface NameAddress {
  readonly name: string;
  readonly uri: string;
  /** Header parameters with their leading `;`. */
  readonly params: string;
}

const URI = /^(sips?):(?:([^@\s<>"]*)@)?(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?((?:;[^?\s<>"]*)?)(\?[^\s<>"]*)?$/i;

/** Reads a SIP URI; undefined when it is none (another scheme, or malformed). */
export function parseUri(text: string): SipUri | undefined {
  const match = URI.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', userInfo, host = '', port, params = '', query = ''] = match;
  const user = userInfo === undefined ? undefined : undoEscapes(userInfo.split(':')[0] ?? '');
  return { scheme: scheme.toLowerCase(), user, host: host.toLowerCase(), port, params, query };
}

/** Undoes %HH; text with broken escapes is taken as it stands. */
function undoEscapes(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The value of a `;name=value` parameter without its quotes; '' for a bare `;name`; undefined when absent. Names ignore case. */
export function parameter(params: string, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of eachParameter(params)) if (key === wanted) return value;
  return undefined;
}

/** All parameters of `;a=b;c` in order, names in lower case, quotes removed. */
export function eachParameter(params: string): [string, string][] {
  const found: [string, string][] = [];
  const pattern = /;\s*([^=;\s]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^;]*))?/g;
  for (let match = pattern.exec(params); match !== null; match = pattern.exec(params)) {
    const raw = (match[2] ?? '').trim();
    const value = raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw;
    found.push([(match[1] ?? '').toLowerCase(), value]);
  }
  return found;
}

/**
 * Reads a From, To, Contact, Route… value; undefined when malformed. Without angle brackets parameters belong to the
 * header. By hand, because every regular expression for this has a quadratic worst case.
 */
export function parseNameAddress(value: string): NameAddress | undefined {
  const text = value.trim();
  const afterName = text.startsWith('"') ? endOfQuotes(text) : 0;
  const open = text.indexOf('<', afterName);
  if (open < 0) return afterName > 0 ? undefined : plainAddress(text);
  const close = text.indexOf('>', open);
  const params = text.slice(close + 1).trim();
  const uri = text.slice(open + 1, close);
  if (close < 0 || /[\s<"]/.test(uri) || (params !== '' && !params.startsWith(';'))) return undefined;
  const name = text.slice(0, open).trim();
  return { name: afterName > 0 ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name, uri, params };
}

function plainAddress(text: string): NameAddress | undefined {
  const semicolon = text.indexOf(';');
  const uri = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  if (uri === '' || /[\s<>"]/.test(uri)) return undefined;
  return { name: '', uri, params: semicolon < 0 ? '' : text.slice(semicolon) };
}

/** Index after the closing quote of a quoted string that begins at 0; the length when it never closes. */
function endOfQuotes(text: string): number {
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

/** Puts `;name=value` into a URI, before its `?headers`. */
export function withUriParameter(uri: string, name: string, value: string): string {
  const question = uri.indexOf('?');
  const added = `;${name}=${value}`;
  return question < 0 ? uri + added : uri.slice(0, question) + added + uri.slice(question);
}

/** Takes `;name[=value]` out of a URI. */
export function withoutUriParameter(uri: string, name: string): string {
  return uri.replace(new RegExp(`;${name}(=[^;?]*)?(?=[;?]|$)`, 'i'), '');
}
