/** The CRM's page of a record that Deskside asked for: a contact, or an entry of a contact's history. */
import type { HostRecord } from '../../src/services/hosts/host-adapter.js';
import { el } from './dom.js';
import type { Records } from './records.js';

interface Shown {
  readonly place: string;
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
}

const READERS: Readonly<Record<HostRecord['kind'], (records: Records, id: string) => Shown | undefined>> = {
  contact: ({ contacts }, id) => {
    const contact = Object.hasOwn(contacts, id) ? contacts[id] : undefined;
    return contact && { place: 'Contacts', title: contact['Name'] ?? id, facts: Object.entries(contact) };
  },
  history: ({ history }, id) => {
    const item = Object.values(history)
      .flat()
      .find((one) => one.id === id);
    if (!item) return undefined;
    const { media, subject, status = '', agent = '', details = [] } = item;
    const facts = [
      ['Medium', media],
      ['Status', status],
      ['Agent', agent],
      ...details.map(({ label, value }) => [label, value] as const),
    ] as const;
    return { place: 'History', title: subject, facts };
  },
};

/** Shows it in place of the screen of the interaction. @throws Error where the CRM has no such record */
export function showRecord(records: Records, { kind, id }: HostRecord): void {
  const shown = READERS[kind](records, id);
  if (!shown) throw new Error('There is no such record here.');
  const facts = shown.facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', { dir: 'auto' }, value)]);
  document.querySelector('#place')?.replaceChildren(`${shown.place} › ${shown.title}`);
  document.querySelector('#media')?.replaceChildren(el('h1', { dir: 'auto' }, shown.title), el('dl', {}, ...facts));
  const record = document.querySelector<HTMLElement>('#record');
  if (record) record.hidden = false;
}
