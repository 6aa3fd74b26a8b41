/** The list: made anew when what is asked for changes; because presence did once at most, shortly after (settling.ts), so that no row moves under a hand. */
import type { SipService } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { PresenceWatch } from '../internal/presence-watch.js';
import { HostSearch } from './host-search.js';
import { NO_RESULTS, resultsFor, type Results, type ResultsQuery } from './results.js';
import { rowKey } from './row.js';
import { Settling } from './settling.js';

/** What the list is made from. */
export interface ListingQuery extends Omit<ResultsQuery, 'contacts' | 'elsewhere'> {
  /** Whatever else makes a new list necessary: versions of the directory and of the favorites. */
  readonly versions: readonly unknown[];
}

/** See the head of the file. */
export class Listing {
  readonly contacts: HostSearch;
  /** Targets that are not in the page. */
  readonly elsewhere: HostSearch;
  readonly #settling: Settling;
  readonly #watch: PresenceWatch;
  #results: Results = NO_RESULTS;
  /** What the list was made from; empty where it has to be made again from the same. */
  #from = ' ';

  /** @param onAnswer called when the host has answered */
  constructor(host: DesksideElement, onAnswer: () => void) {
    this.#watch = new PresenceWatch(host);
    this.contacts = new HostSearch(host, 'contacts', onAnswer);
    this.elsewhere = new HostSearch(host, 'targets', onAnswer);
    this.#settling = new Settling(host, () => {
      this.#from = '';
      host.requestUpdate();
    });
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
    const all = filter.scope === 'all';
    this.contacts.ask(service.directory, { text: all && (!filter.type || filter.type === 'contact') ? text : '', limit });
    const types = filter.type ? { types: [filter.type] } : {};
    this.elsewhere.ask(service.directory, { text: all && filter.type !== 'contact' ? text : '', limit, ...types });
    const from = JSON.stringify([query, this.contacts.answers, this.elsewhere.answers]);
    const chosen = this.#results.rows[selected];
    if (from !== this.#from) {
      const settled = this.#from === '';
      this.#from = from;
      this.#results = resultsFor(service, { ...query, contacts: this.contacts.result, elsewhere: this.elsewhere.result });
      this.#watchListed(service);
      if (!settled) this.#settling.begin(this.#results.rows, service);
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
