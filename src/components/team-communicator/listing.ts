/** The list: made anew when what is asked for changes, and never because presence did, so that no row moves under a hand. */
import type { SipService } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { ContactSearch } from './contact-search.js';
import { PresenceWatch } from './presence-watch.js';
import { NO_RESULTS, resultsFor, type Results, type ResultsQuery } from './results.js';
import { rowKey } from './row.js';

/** What the list is made from. */
export interface ListingQuery extends Omit<ResultsQuery, 'contacts'> {
  /** Whatever else makes a new list necessary: versions of the directory and of the favorites. */
  readonly versions: readonly unknown[];
}

/** See the head of the file. */
export class Listing {
  readonly contacts: ContactSearch;
  readonly #watch: PresenceWatch;
  #results: Results = NO_RESULTS;
  #from = '';

  /** @param onContacts called when contacts have come */
  constructor(host: DesksideElement, onContacts: () => void) {
    this.#watch = new PresenceWatch(host);
    this.contacts = new ContactSearch(host, onContacts);
  }

  get results(): Results {
    return this.#results;
  }

  /**
   * Makes the list anew where it has to be.
   * @param selected the row that is chosen; it stays so wherever it is now, but the first stays the first
   * @returns which row is chosen now
   */
  update(service: SipService, query: ListingQuery, selected: number): number {
    const { text, filter, limit } = query;
    const contacts = filter.scope === 'all' && (!filter.type || filter.type === 'contact');
    this.contacts.ask(service.directory, contacts ? text : '', limit);
    const from = JSON.stringify([query, this.contacts.answers]);
    const chosen = this.#results.rows[selected];
    if (from !== this.#from) {
      this.#from = from;
      this.#results = resultsFor(service, { ...query, contacts: this.contacts.result });
      this.#watchListed(service);
    }
    const { rows } = this.#results;
    const still = chosen && selected > 0 ? rows.findIndex((row) => rowKey(row) === rowKey(chosen)) : -1;
    return still >= 0 ? still : Math.max(0, Math.min(selected, rows.length - 1));
  }

  /** Watches the presence of what is listed, and of the favorites. */
  #watchListed(service: SipService): void {
    const targets = [...this.#results.rows.map(({ hit }) => hit.target), ...service.preferences.favorites().map(({ target }) => target)];
    this.#watch.watch(
      service,
      targets.filter(({ type }) => type === 'agent').map(({ address }) => address),
    );
  }
}
