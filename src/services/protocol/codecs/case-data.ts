/** application/vnd.deskside.case+json: the case information that goes with a question (docs/wire.md). */
import type { CaseData, CaseEntry, InteractionMedia, InteractionRef } from '../../domain/interaction.js';
import { CASE_LIMIT, cutUtf8, utf8Length, wellFormed } from './text.js';

/** Media type of the part and of later updates. */
export const CASE_TYPE = 'application/vnd.deskside.case+json';
/** Most entries of a case. */
export const CASE_ENTRY_LIMIT = 64;

/**
 * Why case data was refused:
 * - `too-large`: over 16 KiB of UTF-8; - `too-many-entries`: more than 64;
 * - `not-json`: no JSON object; - `bad-version`: a version that is not 1;
 * - `bad-seq`, `bad-interaction`, `bad-contact`, `bad-entry`, `bad-notify`: the member is missing or of another type.
 */
export type CaseDataFault =
  | 'too-large'
  | 'too-many-entries'
  | 'not-json'
  | 'bad-version'
  | 'bad-seq'
  | 'bad-interaction'
  | 'bad-contact'
  | 'bad-entry'
  | 'bad-notify';

/** What came out of reading. */
export type DecodedCase = { readonly ok: true; readonly value: CaseData } | { readonly ok: false; readonly fault: CaseDataFault };

/** What came out of writing. */
export interface EncodedCase {
  readonly json: string;
  /** The entries as they will be read: values cut where `cut` says so. */
  readonly data: readonly CaseEntry[];
  /** How many entries did not fit and were left out. */
  readonly dropped: number;
}

const VERSION = 1;
const MARK = '…';
const MEDIA: readonly InteractionMedia[] = ['voice', 'email', 'chat', 'workitem'];
/** Bytes that a key, a label, an id, and at first a value may have; values are cut further until the whole fits. */
const NAME_LIMIT = 128;
const VALUE_START = 4096;
const VALUE_LEAST = 64;

function cutValue(entry: CaseEntry, limit: number): CaseEntry {
  const value = wellFormed(entry.value);
  const whole = { key: cutUtf8(wellFormed(entry.key), NAME_LIMIT), label: cutUtf8(wellFormed(entry.label), NAME_LIMIT) };
  if (utf8Length(value) <= limit) return { ...whole, value, ...(entry.cut ? { cut: true } : {}) };
  return { ...whole, value: cutUtf8(value, limit - 3) + MARK, cut: true };
}

function interactionOf({ id, media, label, ended }: InteractionRef): InteractionRef {
  const whole = { id: cutUtf8(wellFormed(id), NAME_LIMIT * 2), media, label: cutUtf8(wellFormed(label), NAME_LIMIT * 2) };
  return { ...whole, ...(ended ? { ended } : {}) };
}

/** Writes the whole once, with values of at most `limit` bytes. */
function write(caseData: CaseData, limit: number, count: number): EncodedCase {
  const data = caseData.data.slice(0, count).map((entry) => cutValue(entry, limit));
  const fields = caseData.contact?.fields?.slice(0, count).map((entry) => cutValue(entry, limit));
  const contact = caseData.contact && { ref: cutUtf8(wellFormed(caseData.contact.ref), NAME_LIMIT * 2), ...(fields ? { fields } : {}) };
  const json = JSON.stringify({
    v: VERSION,
    seq: caseData.seq,
    interaction: interactionOf(caseData.interaction),
    ...(contact ? { contact } : {}),
    ...(caseData.notify ? { notify: caseData.notify.filter((key) => data.some((entry) => entry.key === key)) } : {}),
    data,
  });
  return { json, data, dropped: caseData.data.length - data.length };
}

/**
 * Writes case data within 16 KiB and 64 entries. Values that are too long are cut, marked with "…" and flagged; the limit for
 * values halves until all entries fit, and only then entries at the end are left out. `sensitive` never leaves: mask before.
 */
export function encodeCaseData(caseData: CaseData): EncodedCase {
  let count = CASE_ENTRY_LIMIT;
  let limit = VALUE_START;
  let encoded = write(caseData, limit, count);
  while (utf8Length(encoded.json) > CASE_LIMIT && count > 0) {
    if (limit > VALUE_LEAST) limit = Math.trunc(limit / 2);
    else count -= 1;
    encoded = write(caseData, limit, count);
  }
  return encoded;
}

/** A value read from JSON, seen as a map of own members: inherited ones do not exist, `__proto__` is a name like others. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
}

function stringOf(value: unknown, limit: number): string | undefined {
  return typeof value === 'string' && value.length <= limit ? wellFormed(value) : undefined;
}

function readEntry(value: unknown): CaseEntry | undefined {
  const members = membersOf(value);
  const key = stringOf(members?.get('key'), 1024);
  const label = members?.has('label') ? stringOf(members.get('label'), 1024) : '';
  const text = stringOf(members?.get('value'), CASE_LIMIT);
  const cut = members?.get('cut');
  if (key === undefined || label === undefined || text === undefined || (cut !== undefined && typeof cut !== 'boolean')) return undefined;
  return { key, label, value: text, ...(cut ? { cut } : {}) };
}

function readEntries(value: unknown): CaseEntry[] | CaseDataFault {
  if (!Array.isArray(value)) return 'bad-entry';
  if (value.length > CASE_ENTRY_LIMIT) return 'too-many-entries';
  const entries = value.map(readEntry);
  return entries.every((entry): entry is CaseEntry => entry !== undefined) ? entries : 'bad-entry';
}

function readInteraction(value: unknown): InteractionRef | undefined {
  const members = membersOf(value);
  const id = stringOf(members?.get('id'), 1024);
  const media = MEDIA.find((one) => one === members?.get('media'));
  const label = stringOf(members?.get('label'), 1024);
  const ended = members?.get('ended') === true;
  return id === undefined || media === undefined || label === undefined ? undefined : { id, media, label, ...(ended ? { ended } : {}) };
}

function readContact(value: unknown): NonNullable<CaseData['contact']> | undefined | CaseDataFault {
  if (value === undefined) return undefined;
  const members = membersOf(value);
  const ref = stringOf(members?.get('ref'), 1024);
  if (!members || ref === undefined) return 'bad-contact';
  if (!members.has('fields')) return { ref };
  const fields = readEntries(members.get('fields'));
  return typeof fields === 'string' ? (fields === 'bad-entry' ? 'bad-contact' : fields) : { ref, fields };
}

function readNotify(value: unknown): readonly string[] | undefined | CaseDataFault {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length > CASE_ENTRY_LIMIT) return 'bad-notify';
  const keys = value.map((key) => stringOf(key, 1024));
  return keys.every((key): key is string => key !== undefined) ? keys : 'bad-notify';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const refuse = (fault: CaseDataFault): DecodedCase => ({ ok: false, fault });

/** Reads case data from the wire; nothing but strings of bounded length in known places comes through. */
export function decodeCaseData(text: string): DecodedCase {
  if (text.length > CASE_LIMIT || utf8Length(text) > CASE_LIMIT) return refuse('too-large');
  const members = membersOf(parseJson(text));
  if (!members) return refuse('not-json');
  if (members.get('v') !== VERSION) return refuse('bad-version');
  const seq = members.get('seq');
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return refuse('bad-seq');
  const interaction = readInteraction(members.get('interaction'));
  if (!interaction) return refuse('bad-interaction');
  const contact = readContact(members.get('contact'));
  if (typeof contact === 'string') return refuse(contact);
  const data = readEntries(members.get('data'));
  if (typeof data === 'string') return refuse(data);
  const notify = readNotify(members.get('notify'));
  if (typeof notify === 'string') return refuse(notify);
  return { ok: true, value: { seq, interaction, ...(contact ? { contact } : {}), data, ...(notify ? { notify } : {}) } };
}
