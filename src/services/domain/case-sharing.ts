/**
 * What of an interaction may leave the page with a consultation (product CO8). The host's policy is an allowlist with caps; sensitive values are
 * masked here, before anything is handed on, and the same result is what the preview shows.
 */
import type { CaseData, CaseEntry, Contact, Interaction } from './interaction.js';

/**
 * The host's policy. Numbers above the limits of the wire are cut to them. What stands where a list should and is none counts as the strictest
 * list there is: nothing leaves, and as `maskedKeys` everything is masked.
 */
export interface CaseSharing {
  /** Keys that may leave, in any order; all keys given where absent. */
  readonly keys?: readonly string[];
  /** Keys, also of contact fields, whose values are masked, beside those that the interaction itself calls sensitive. */
  readonly maskedKeys?: readonly string[];
  /** Keys that the peer's notification shows; all that leave where absent. */
  readonly notificationKeys?: readonly string[];
  /** Contact fields that may leave as a snapshot; none where absent. The opaque contact id always leaves. */
  readonly contactFields?: readonly string[];
  /** Characters of one value; longer ones are cut with a mark. Default 1,000. */
  readonly maxValueLength?: number;
  /** Entries that leave at most, contact fields included. Default and most: 64. */
  readonly maxEntries?: number;
  /** Bytes of UTF-8 that everything together may take. Default and most: 16 KiB. */
  readonly maxBytes?: number;
}

/** Entries that travel at most. */
export const MAX_SHARED_ENTRIES = 64;

/** Bytes of UTF-8 that the case data may take on the wire (docs/wire.md, "Limits"). */
export const MAX_SHARED_BYTES = 16 * 1024;

/** Bytes kept for what stands around the entries: ids, the label, the keys for the notification. */
const FRAME_BYTES = 1024;

/** What a sensitive value becomes. Its length tells nothing. */
export const MASK = '••••••';

/** Mark at the end of a value that was cut. */
export const CUT_MARK = '…';

/** Why an entry does not leave. */
export interface Withheld {
  readonly key: string;
  readonly label: string;
  readonly why: 'not-allowed' | 'too-many' | 'too-large';
}

/** What leaves, and what does not. */
export interface SharedCase {
  readonly caseData: CaseData;
  readonly withheld: readonly Withheld[];
}

const encoder = new TextEncoder();

/** Characters of a label that travel. */
const MAX_LABEL = 100;

/** Bytes that an entry takes as JSON, with its comma. */
function bytes(entry: CaseEntry): number {
  return encoder.encode(JSON.stringify(entry)).length + 1;
}

/** Cuts at a code point, never inside a surrogate pair. */
function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = (text.codePointAt(length - 1) ?? 0) > 0xffff ? length - 1 : length;
  return text.slice(0, end) + CUT_MARK;
}

/** A limit of the host's: never above ours, and ours where it is no number. */
function limit(value: number | undefined, most: number): number {
  return typeof value === 'number' && value >= 0 ? Math.min(Math.floor(value), most) : most;
}

/** A list of names as the host gave it; undefined where it gave none, empty for what is no list. */
function namesOf(given: unknown): readonly string[] | undefined {
  if (given === undefined || given === null) return undefined;
  return Array.isArray(given) ? (given as readonly string[]) : [];
}

/** The policy as it can be used: a page without types may hand on a text or a set, and that must not let out more than was meant. */
interface Policy {
  readonly keys: readonly string[] | undefined;
  readonly notificationKeys: readonly string[] | undefined;
  readonly contactFields: readonly string[];
  readonly isMasked: (key: string) => boolean;
  readonly maxValueLength: number;
  readonly maxEntries: number;
  readonly maxBytes: number;
}

function readPolicy(given: CaseSharing): Policy {
  const masked: unknown = given.maskedKeys ?? [];
  return {
    keys: namesOf(given.keys),
    notificationKeys: namesOf(given.notificationKeys),
    contactFields: namesOf(given.contactFields) ?? [],
    isMasked: (key) => !Array.isArray(masked) || masked.includes(key),
    maxValueLength: limit(given.maxValueLength ?? 1000, MAX_SHARED_BYTES),
    maxEntries: limit(given.maxEntries, MAX_SHARED_ENTRIES),
    maxBytes: limit(given.maxBytes, MAX_SHARED_BYTES),
  };
}

/** An entry as it leaves: masked, cut, nothing but the fields that are known. */
function prepare(entry: CaseEntry, policy: Policy): CaseEntry {
  const { key, value } = entry;
  const label = cutText(entry.label, MAX_LABEL);
  if (entry.sensitive || policy.isMasked(key)) return { key, label, value: value ? MASK : '', sensitive: true };
  const shortened = cutText(value, policy.maxValueLength);
  return { key, label, value: shortened, ...(shortened === value ? {} : { cut: true }) };
}

/** Takes entries in order while they fit; counts on from what was taken before. */
class Room {
  readonly withheld: Withheld[] = [];
  #bytes: number;
  #entries: number;
  readonly #policy: Policy;

  constructor(policy: Policy) {
    this.#policy = policy;
    const notify = encoder.encode(JSON.stringify(policy.notificationKeys ?? [])).length;
    this.#bytes = policy.maxBytes - FRAME_BYTES - notify;
    this.#entries = policy.maxEntries;
  }

  take(entries: readonly CaseEntry[], allowed: readonly string[] | undefined): CaseEntry[] {
    return entries.flatMap((given) => {
      const entry = prepare(given, this.#policy);
      const why = this.#refuse(given, entry, allowed);
      if (why) this.withheld.push({ key: entry.key, label: entry.label, why });
      return why ? [] : [entry];
    });
  }

  #refuse(given: CaseEntry, entry: CaseEntry, allowed: readonly string[] | undefined): Withheld['why'] | undefined {
    if (allowed && !allowed.includes(given.key)) return 'not-allowed';
    if (this.#entries === 0) return 'too-many';
    const cost = bytes(entry);
    if (cost > this.#bytes) return 'too-large';
    this.#bytes -= cost;
    this.#entries -= 1;
    return undefined;
  }
}

/** Fields of a contact that may leave; what may not is no news to the agent, so it is not listed as withheld. */
function contactFields(contact: Contact, names: readonly string[]): CaseEntry[] {
  return Object.entries(contact)
    .filter(([name]) => name !== 'id' && names.includes(name))
    .map(([name, value]) => ({ key: name, label: name, value }));
}

/**
 * The case data of an interaction as it may leave.
 * @param given the host's policy
 * @param seq number of this version; higher than any before for the same session
 */
export function shareCase(interaction: Interaction, given: CaseSharing, seq: number): SharedCase {
  const policy = readPolicy(given);
  const room = new Room(policy);
  const data = room.take(interaction.caseData, policy.keys);
  const { id, media, label, contact, ended } = interaction;
  const fields = contact ? room.take(contactFields(contact, policy.contactFields), undefined) : [];
  return {
    caseData: {
      seq,
      interaction: { id, media, label: cutText(label, MAX_LABEL), ...(ended ? { ended } : {}) },
      data,
      ...(contact ? { contact: { ref: contact.id, ...(fields.length ? { fields } : {}) } } : {}),
      ...(policy.notificationKeys ? { notify: policy.notificationKeys.filter((key) => data.some((entry) => entry.key === key)) } : {}),
    },
    withheld: room.withheld,
  };
}
