/**
 * What of an interaction may leave the page with a consultation (product CO8). The host's policy is an allowlist with caps; sensitive values are
 * masked here, before anything is handed on, and the same result is what the preview shows.
 */
import type { CaseData, CaseEntry, Interaction } from './interaction.js';

/** The host's policy. */
export interface CaseSharing {
  /** Keys that may leave, in any order; all keys given where absent. */
  readonly keys?: readonly string[];
  /** Keys that the peer's notification shows; all that leave where absent. */
  readonly notificationKeys?: readonly string[];
  /** Contact fields that may leave as a snapshot; none where absent. The opaque contact id always leaves. */
  readonly contactFields?: readonly string[];
  /** Characters of one value; longer ones are cut with a mark. Default 1,000. */
  readonly maxValueLength?: number;
}

/** Entries that travel at most. */
const MAX_SHARED_ENTRIES = 64;

/** Bytes of UTF-8 that the case data may take on the wire (docs/wire.md, "Limits"); a margin is left for the frame around the entries. */
const MAX_SHARED_BYTES = 15 * 1024;

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

/** Bytes that an entry takes as JSON. */
function bytes(entry: CaseEntry): number {
  return encoder.encode(JSON.stringify(entry)).length + 1;
}

/** Cuts at a code point, never inside a surrogate pair. */
function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = (text.codePointAt(length - 1) ?? 0) > 0xffff ? length - 1 : length;
  return text.slice(0, end) + CUT_MARK;
}

function prepare(entry: CaseEntry, maxLength: number): CaseEntry {
  const { key, label, value, sensitive } = entry;
  if (sensitive) return { key, label, value: value ? MASK : '', sensitive: true };
  const shortened = cutText(value, maxLength);
  return { key, label, value: shortened, ...(shortened === value ? {} : { cut: true }) };
}

/** Takes entries while they fit, in order. */
function fit(entries: readonly CaseEntry[], withheld: Withheld[]): CaseEntry[] {
  let size = 0;
  return entries.filter(({ key, label }, at) => {
    const entry = entries[at];
    const cost = entry ? bytes(entry) : 0;
    const why = at >= MAX_SHARED_ENTRIES ? 'too-many' : size + cost > MAX_SHARED_BYTES ? 'too-large' : undefined;
    if (why) withheld.push({ key, label, why });
    else size += cost;
    return !why;
  });
}

/**
 * The case data of an interaction as it may leave.
 * @param seq number of this version; higher than any before for the same session
 */
export function shareCase(interaction: Interaction, policy: CaseSharing, seq: number): SharedCase {
  const withheld: Withheld[] = [];
  const maxLength = policy.maxValueLength ?? 1000;
  const allowed = interaction.caseData.filter((entry) => {
    const may = !policy.keys || policy.keys.includes(entry.key);
    if (!may) withheld.push({ key: entry.key, label: entry.label, why: 'not-allowed' });
    return may;
  });
  const data = fit(
    allowed.map((entry) => prepare(entry, maxLength)),
    withheld,
  );
  const { id, media, label, contact } = interaction;
  const fields = Object.entries(contact ?? {})
    .filter(([name]) => name !== 'id' && policy.contactFields?.includes(name))
    .map(([name, value]) => prepare({ key: name, label: name, value }, maxLength));
  return {
    caseData: {
      seq,
      interaction: { id, media, label: cutText(label, 200) },
      data,
      ...(contact ? { contact: { ref: contact.id, ...(fields.length ? { fields } : {}) } } : {}),
      ...(policy.notificationKeys ? { notify: policy.notificationKeys.filter((key) => data.some((entry) => entry.key === key)) } : {}),
    },
    withheld,
  };
}
