/** What the demonstration's CRM knows: interactions, contacts, and a history that is long enough to be searched and paged. */
import type { HistoryItem } from '../../src/services/hosts/host-adapter.js';
import type { Contact, Interaction, InteractionMedia } from '../../src/services/index.js';

/** An interaction as it stands in the file: its contact by id. */
type StoredInteraction = Omit<Interaction, 'contact'> & { readonly contact: string };

interface Stored {
  readonly interactions: Readonly<Record<InteractionMedia, StoredInteraction>>;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly subjects: readonly { readonly media: string; readonly subject: string; readonly agent: string; readonly status: string }[];
}

/** The records. */
export interface Records {
  readonly interactions: Readonly<Record<InteractionMedia, Interaction>>;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly history: Readonly<Record<string, readonly HistoryItem[]>>;
}

/** Entries of one contact's history. */
const HISTORY = 47;
const NEWEST = Date.UTC(2026, 10, 12, 9, 20);
const STEP_MS = 17 * 86_400_000 + 4_920_000;

function historyOf(contact: string, subjects: Stored['subjects']): HistoryItem[] {
  return Array.from({ length: HISTORY }, (_, at) => {
    const subject = subjects[at % subjects.length] ?? { media: 'Voice', subject: 'Call', agent: '', status: '' };
    const number = HISTORY - at;
    return {
      ...subject,
      id: `${contact}-${number}`,
      at: NEWEST - at * STEP_MS,
      details: [
        { key: 'number', label: 'Number', value: `${contact}/${number}` },
        { key: 'result', label: 'Result', value: at % 3 ? 'Solved at first contact' : 'Solved after a call back' },
      ],
    };
  });
}

/** Loads them. */
export async function loadRecords(): Promise<Records> {
  const answer = await fetch('data/crm.json');
  if (!answer.ok) throw new Error(`data/crm.json: ${answer.status}`);
  const { interactions, contacts, subjects } = (await answer.json()) as Stored;
  const whole = Object.entries(interactions).map(([media, { contact, ...rest }]) => {
    const known = contacts[contact];
    return [media, { ...rest, ...(known ? { contact: known } : {}) }];
  });
  const history = Object.keys(contacts).map((id) => [id, historyOf(id, subjects)]);
  return {
    interactions: Object.fromEntries(whole) as Records['interactions'],
    contacts,
    history: Object.fromEntries(history) as Records['history'],
  };
}
