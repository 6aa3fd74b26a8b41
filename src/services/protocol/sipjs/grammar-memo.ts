/**
 * Remembers parsed header values. sip.js spends most of a message's time in its grammar, on the same From, To, Via and Contact again and again;
 * parsing depends on (rule, text) alone. What sip.js may mutate is handed out as a copy. Can go when sip.js goes.
 */
import { Grammar } from 'sip.js/lib/grammar/grammar.js';

/** Values remembered at most; the oldest goes first. */
const LIMIT = 500;

/** Longer values are rare and not worth the memory. */
const MAX_LENGTH = 512;

type Parse = (input: string, rule: string) => unknown;

interface Cloneable {
  clone(): unknown;
}

function isCloneable(value: unknown): value is Cloneable {
  return typeof value === 'object' && value !== null && 'clone' in value && typeof value.clone === 'function';
}

/** A copy deep enough for what sip.js changes: parameters of URIs and name-addrs, fields of plain records. */
function copy(value: unknown): unknown {
  if (isCloneable(value)) return value.clone();
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}

/** A `Grammar.parse` that remembers. */
export function remembering(parse: Parse, limit = LIMIT): Parse {
  const known = new Map<string, unknown>();
  return (input, rule) => {
    if (typeof input !== 'string' || input.length > MAX_LENGTH) return parse(input, rule);
    const key = `${rule}\n${input}`;
    if (known.has(key)) return copy(known.get(key));
    const value = parse(input, rule);
    // -1 is sip.js's word for "no parse": not worth a place.
    if (value === -1) return value;
    known.set(key, copy(value));
    if (known.size > limit) known.delete(known.keys().next().value ?? '');
    return value;
  };
}

let installed = false;

/** Makes sip.js remember, once for the page. */
export function rememberParsedHeaders(): void {
  if (installed) return;
  installed = true;
  Grammar.parse = remembering(Grammar.parse.bind(Grammar));
}
