/** A host that is given as properties: for pages that know everything already, for demonstrations and for tests. */
import type { Contact, Interaction } from '../domain/interaction.js';
import type { HistoryItem, HistoryQuery, HostAdapter, HostRecord, Page } from './host-adapter.js';

/** What the page knows. Every part is optional; what is absent is no capability. */
export interface StaticHost {
  readonly interaction?: Interaction | null;
  /** Contacts by their id. */
  readonly contacts?: Readonly<Record<string, Contact>>;
  /** History by contact id, newest first. */
  readonly history?: Readonly<Record<string, readonly HistoryItem[]>>;
  /** Called when a record is to be opened. */
  readonly openRecord?: (record: HostRecord) => void;
}

/** A `HostAdapter` over plain data, with a way to change the active interaction. */
export interface StaticAdapter extends HostAdapter {
  /** Makes another interaction the active one and tells who listens. */
  setInteraction(interaction: Interaction | null): void;
}

/** Whether an entry's texts contain every word. */
function matches(item: HistoryItem, words: readonly string[]): boolean {
  const details = item.details?.flatMap((entry) => [entry.label, entry.value]) ?? [];
  const all = [item.subject, item.media, item.status ?? '', item.agent ?? '', ...details].join('\n').toLocaleLowerCase();
  return words.every((word) => all.includes(word));
}

function searchHistory(items: readonly HistoryItem[], query: HistoryQuery): Page<HistoryItem> {
  const words = query.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter((item) => matches(item, words));
  const start = Number(query.cursor ?? 0) || 0;
  const end = start + query.limit;
  return { items: found.slice(start, end), total: found.length, ...(end < found.length ? { cursor: String(end) } : {}) };
}

/** Makes a host of plain data. */
export function createStaticAdapter(host: StaticHost): StaticAdapter {
  const listeners = new Set<() => void>();
  let active = host.interaction ?? null;
  const { contacts, history, openRecord } = host;
  return {
    name: 'static',
    capabilities: { interaction: true, contact: Boolean(contacts), history: Boolean(history), openRecord: Boolean(openRecord) },
    subscribe(listener, { signal } = {}) {
      if (signal?.aborted) return;
      listeners.add(listener);
      signal?.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    setInteraction(interaction) {
      active = interaction;
      for (const listener of listeners) listener();
    },
    activeInteraction: () => Promise.resolve(active),
    ...(contacts ? { contact: (ref: string) => Promise.resolve(Object.hasOwn(contacts, ref) ? (contacts[ref] ?? null) : null) } : {}),
    ...(history
      ? {
          searchHistory: (query: HistoryQuery) =>
            Promise.resolve(searchHistory(Object.hasOwn(history, query.contact) ? (history[query.contact] ?? []) : [], query)),
        }
      : {}),
    ...(openRecord
      ? {
          openRecord: (record: HostRecord) => {
            openRecord(record);
            return Promise.resolve();
          },
        }
      : {}),
  };
}
