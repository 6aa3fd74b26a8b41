/**
 * What the screen mends rather than refuses: values that others send in good faith and sip.js misreads. A mended message is
 * written anew; one that needs nothing keeps its text.
 */
import { decodeChallenge, type DigestAlgorithm } from './digest.js';
import { fingerprint } from './fingerprint.js';
import type { Frame, HeaderField } from './frame.js';
import { hasOneSipContact, isContact, lacksBranch, tagOf } from './screen-fields.js';

/** Longest time in seconds that a timer of the platform can run (2^31 ms): beyond it fires at once. */
const LONGEST = 2_147_483;
const SECONDS = /^\d{1,10}$/;
const TRIPLE_COLON = /(\[[0-9A-Fa-f:]*):::(?=[0-9.]+\])/g;
const TEL_PARTY = /^([^<>"]*|[ \t]*"(?:[^"\\]|\\.)*"[ \t]*)<tel:([^>;]*)[^>]*>/i;
const TEL_BARE = /^tel:([^;]*)/i;

/** A number of seconds within what a timer can run; undefined where it is none: the field is left out then (20.19). */
function bounded(value: string): string | undefined {
  const digits = value.split(/[;( \t]/, 1)[0] ?? '';
  if (!SECONDS.test(digits)) return /^\d+$/.test(digits) ? String(LONGEST) : undefined;
  return Number(digits) > LONGEST ? String(LONGEST) : value;
}

/** The same for parameters such as `active;expires=99999999999`. */
function boundedParameters(value: string): string {
  return value.replace(/(;[ \t]*(?:expires|retry-after)[ \t]*=[ \t]*)"?(\d+)"?/gi, (whole, before: string, digits: string) =>
    Number(digits) > LONGEST ? `${before}${LONGEST}` : whole,
  );
}

/** sip.js knows no tel URI in From and To and drops the message; the number moves into a SIP address that nobody owns. */
function telToSip(value: string): string {
  return value
    .replace(TEL_PARTY, (_, name: string, number: string) => `${name}<sip:${number}@tel.invalid;user=phone>`)
    .replace(TEL_BARE, (_, number: string) => `<sip:${number}@tel.invalid;user=phone>`);
}

/** sip.js knows no address with the three colons that RFC 5118, 4.10 asks to tolerate. */
export function mendColons(value: string): string {
  return value.includes(':::') ? value.replace(TRIPLE_COLON, '$1::') : value;
}

type Mend = (value: string, isResponse: boolean) => string | undefined;

const MENDS = new Map<string, Mend>([
  ['expires', bounded],
  ['min-expires', bounded],
  ['retry-after', bounded],
  ['session-expires', bounded],
  ['subscription-state', boundedParameters],
  ['from', (value) => telToSip(mendColons(value))],
  ['to', (value) => telToSip(mendColons(value))],
  // Other devices' contacts come back in the answer to REGISTER: a broken one must not cost us our own registration.
  ['contact', (value, isResponse) => (isResponse && !isContact(value) ? undefined : boundedParameters(mendColons(value)))],
  ['via', mendColons],
  ['record-route', mendColons],
]);

/**
 * The header fields with each of them mended.
 * @returns the same array where nothing had to be done.
 */
export function mendFields(frame: Frame, isResponse: boolean): readonly HeaderField[] {
  let changed = false;
  const mended: HeaderField[] = [];
  for (const field of frame.headers) {
    const mend = MENDS.get(field.name);
    const value = mend ? mend(field.value, isResponse) : field.value;
    changed ||= value !== field.value;
    if (value !== undefined) mended.push(value === field.value ? field : { name: field.name, value });
  }
  return changed ? mended : frame.headers;
}

/**
 * sip.js names a transaction by the branch alone, so that all requests without one would be one. They get one from what
 * identified a transaction in RFC 2543 (17.2.3): Call-ID, From and the CSeq number, which ACK and CANCEL share with the INVITE.
 */
export function addBranch(frame: Frame, headers: readonly HeaderField[]): readonly HeaderField[] {
  if (!lacksBranch(frame)) return headers;
  const branch = `z9hG4bK-2543-${fingerprint(headers, ['call-id', 'from', 'cseq'], (value) => value.split(' ', 1)[0] ?? '')}`;
  const top = headers.findIndex((field) => field.name === 'via');
  return headers.map((field, index) =>
    index === top ? { name: 'via', value: field.value.replace(/^[^,]*/, (hop) => `${hop.trimEnd()};branch=${branch}`) } : field,
  );
}

/**
 * sip.js makes a dialog of a provisional response that has a To tag and throws where it then finds no Contact. Without the
 * tag the response is a mere sign of life, which is all that it can be.
 */
export function withoutEarlyDialog(headers: readonly HeaderField[]): readonly HeaderField[] {
  if (tagOf({ headers }, 'to') === '' || hasOneSipContact({ headers })) return headers;
  return headers.map((field) => (field.name === 'to' ? { name: 'to', value: withoutTag(field.value) } : field));
}

/** The URI in angle brackets may have a `tag` of its own; behind it there may be several. */
function withoutTag(value: string): string {
  const address = /^(?:"(?:[^"\\]|\\.)*"|[^<"])*<[^>]*>/.exec(value)?.[0] ?? '';
  return address + value.slice(address.length).replace(/;[ \t]*tag[ \t]*=[^;]*/gi, '');
}

/**
 * Leaves of several challenges those that can be answered (RFC 8760, 2.4); which of them is, is decided where the secret is known. What is no
 * Digest goes: its response becomes a plain refusal.
 */
export function keepAnswerable(headers: readonly HeaderField[], algorithms: readonly DigestAlgorithm[]): readonly HeaderField[] {
  const isChallenge = ({ name }: HeaderField): boolean => name === 'www-authenticate' || name === 'proxy-authenticate';
  const isAnswerable = ({ value }: HeaderField): boolean => {
    const algorithm = decodeChallenge(value)?.algorithm;
    return algorithm !== undefined && algorithms.includes(algorithm);
  };
  const isKept = (field: HeaderField): boolean => !isChallenge(field) || isAnswerable(field);
  return headers.every(isKept) ? headers : headers.filter(isKept);
}
