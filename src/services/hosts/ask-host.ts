/** Questions to a host: with a time limit, and the answer is read before anybody uses it, whichever adapter gave it. */
import type { Contact } from '../domain/interaction.js';
import { callHost } from './call-host.js';
import type { HistoryItem, HistoryQuery, HostAdapter, HostRecord, Page } from './host-adapter.js';
import { readHistoryPage, readHostContact } from './read-host.js';

/** The contact of a reference, null where the host knows none. @throws ServiceError `host`, `timeout` */
export async function askContact(host: HostAdapter, ref: string, signal: AbortSignal): Promise<Contact | null> {
  const call = host.contact?.bind(host, ref);
  return readHostContact(await callHost<unknown>({ what: 'contact', call, signal }));
}

/** One page of a contact's history. @throws ServiceError `host`, `timeout` */
export async function askHistory(host: HostAdapter, query: HistoryQuery, signal: AbortSignal): Promise<Page<HistoryItem>> {
  const call = host.searchHistory?.bind(host, query);
  return readHistoryPage(await callHost<unknown>({ what: 'contact history', call, signal }));
}

/** Has the host show a record. @throws ServiceError `host`, `timeout` */
export async function openRecord(host: HostAdapter, record: HostRecord): Promise<void> {
  await callHost({ what: 'record', call: host.openRecord?.bind(host, record) });
}
