/**
 * Reads an interaction that came from outside (the page's property, a host adapter, a message of another window). What cannot be used is left
 * out and named in `problems`, so that the side that can mend it is told; nothing of it is ever executed, and nothing throws.
 */
import type { CaseEntry, Contact, Interaction, InteractionAbilities, InteractionMedia } from './interaction.js';

/** Media that an interaction may have. */
export const INTERACTION_MEDIA: readonly InteractionMedia[] = ['voice', 'email', 'chat', 'workitem'];

/** Entries looked at in one list; more are refused, for a page that sends them has made a mistake. */
const MAX_ENTRIES_READ = 1000;

/** Characters kept of one label or value; a megabyte in one value is a mistake too. */
const MAX_VALUE_READ = 32_768;

/** Characters of an id or an opaque reference: it travels whole or not at all. */
const MAX_ID_READ = 200;

/** What was read. `interaction` is absent where not even an id was found. */
export interface InteractionReading {
  readonly interaction?: Interaction;
  /** Sentences that name what is wrong and where. */
  readonly problems: readonly string[];
}

/** Problems told at once; whoever mends these finds the others. */
const MAX_TOLD = 5;

/** What is wrong, in words that fit a console or a notice. */
export function problemWords(problems: readonly string[]): string {
  const more = problems.length - MAX_TOLD;
  return [...problems.slice(0, MAX_TOLD), ...(more > 0 ? [`And ${more} more of the kind.`] : [])].join(' ');
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a string, number or boolean; undefined for all else. Lone surrogates are replaced, for they cannot be sent. */
function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value.toWellFormed().slice(0, MAX_VALUE_READ);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function readEntry(value: unknown, at: number, problems: string[]): CaseEntry[] {
  const key = isRecord(value) ? text(value['key']) : undefined;
  const content = isRecord(value) ? text(value['value']) : undefined;
  if (!isRecord(value) || !key || content === undefined) {
    problems.push(`caseData[${at}] needs a key and a value that are text; it is left out.`);
    return [];
  }
  if (typeof value['value'] === 'string' && value['value'].length > MAX_VALUE_READ) {
    problems.push(`caseData[${at}] ("${key.slice(0, 40)}") is longer than ${MAX_VALUE_READ} characters; it is cut.`);
  }
  return [{ key, label: text(value['label']) || key, value: content, ...(value['sensitive'] === true ? { sensitive: true } : {}) }];
}

/** Reads a list of case entries; each bad one is named and left out. */
export function readCaseEntries(value: unknown, problems: string[]): CaseEntry[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    problems.push('caseData must be a list of {key, label, value}; it is left out.');
    return [];
  }
  if (value.length > MAX_ENTRIES_READ) problems.push(`caseData has ${value.length} entries; only the first ${MAX_ENTRIES_READ} are read.`);
  return value.slice(0, MAX_ENTRIES_READ).flatMap((entry, at) => readEntry(entry, at, problems));
}

/** Text of an id; undefined for none, and for one that is too long to travel. */
function idText(value: unknown): string | undefined {
  const id = text(value);
  return id && id.length <= MAX_ID_READ ? id : undefined;
}

/** Reads contact fields; the object has no prototype's keys, so `__proto__` is a field like any other. */
export function readContact(value: unknown, problems: string[]): Contact | undefined {
  if (value === undefined || value === null) return undefined;
  const id = isRecord(value) ? idText(value['id']) : undefined;
  if (!isRecord(value) || !id) {
    problems.push(`contact needs an id that is text of at most ${MAX_ID_READ} characters; it is left out.`);
    return undefined;
  }
  const fields = Object.entries(value)
    .slice(0, MAX_ENTRIES_READ)
    .flatMap(([name, content]) => {
      const read = text(content);
      if (read === undefined) problems.push(`contact.${name.slice(0, 40)} is no text; it is left out.`);
      return read === undefined ? [] : [[name, read] as const];
    });
  return { ...Object.fromEntries(fields), id };
}

function readAbilities(value: unknown): InteractionAbilities {
  if (!isRecord(value)) return {};
  return { hold: value['hold'] === true, transfer: value['transfer'] === true, conference: value['conference'] === true };
}

function readMedia(value: unknown, otherwise: InteractionMedia | undefined, problems: string[]): InteractionMedia {
  const media = INTERACTION_MEDIA.find((one) => one === value);
  if (media) return media;
  const used = otherwise ?? 'workitem';
  if (!otherwise || (value !== undefined && value !== null))
    problems.push(`interaction.media must be one of ${INTERACTION_MEDIA.join(', ')}; "${used}" is used.`);
  return used;
}

/** Reads an interaction. @param media what it is of where it does not say so itself */
export function readInteraction(value: unknown, media?: InteractionMedia): InteractionReading {
  const problems: string[] = [];
  try {
    if (!isRecord(value)) return { problems: ['interaction must be an object {id, media, label, party, caseData}.'] };
    const id = idText(value['id']);
    if (!id) return { problems: [`interaction.id is missing, or is no text of at most ${MAX_ID_READ} characters.`] };
    const found = readMedia(value['media'], media, problems);
    const contact = readContact(value['contact'], problems);
    const party = text(value['party']) ?? '';
    const interaction: Interaction = {
      id,
      media: found,
      label: text(value['label']) || party || id,
      party,
      caseData: readCaseEntries(value['caseData'], problems),
      can: readAbilities(value['can']),
      ...(contact ? { contact } : {}),
      ...(value['ended'] === true ? { ended: true } : {}),
    };
    return { interaction, problems };
  } catch {
    // A getter or proxy of the host threw.
    return { problems: ['interaction could not be read: one of its properties throws.'] };
  }
}
