/** What stands where no rows do: loading, failed, nothing found, nothing asked for. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DirectoryStatus } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import type { HostState } from './host-search.js';
import type { Filter, Results } from './results.js';

/** What decides. */
export interface StateOptions {
  readonly status: DirectoryStatus['status'] | undefined;
  readonly contacts: HostState;
  readonly elsewhere: HostState;
  readonly results: Results;
  readonly query: string;
  readonly scope: Filter['scope'];
  onRetry(): void;
  onRetryContacts(): void;
  onRetryElsewhere(): void;
}

function failure(element: DesksideElement, words: string, onRetry: () => void): TemplateResult {
  return html`<p class="notice error" role="alert">
    <span>${words}</span>
    <button class="link-button" type="button" @click=${onRetry}>${element.text('action.retry')}</button>
  </p>`;
}

/** Why there are no rows. */
function emptyWords(element: DesksideElement, { results, query, scope }: StateOptions): string {
  if (results.rows.some(({ group }) => group === 'internal' || group === 'contacts')) return '';
  if (query.trim()) return element.text('communicator.no-match', { query: query.trim() });
  if (scope !== 'all') return element.text(`communicator.no-${scope}`);
  if (results.rows.length) return '';
  return element.text(results.asked ? 'communicator.none-internal' : 'communicator.hint');
}

/** What is still to come. */
function waitingFor({
  status,
  contacts,
  elsewhere,
}: StateOptions): `communicator.${'loading' | 'searching' | 'searching-contacts'}` | undefined {
  if (status === 'loading') return 'communicator.loading';
  if (elsewhere === 'asking') return 'communicator.searching';
  return contacts === 'asking' ? 'communicator.searching-contacts' : undefined;
}

/** The state; nothing where rows say it all. */
export function stateOf(element: DesksideElement, options: StateOptions): TemplateResult | typeof nothing {
  const { status, contacts, elsewhere, onRetry, onRetryContacts, onRetryElsewhere } = options;
  const troubled = status === 'failed' ? failure(element, element.text('communicator.failed'), onRetry) : nothing;
  const contactless = contacts === 'failed' ? failure(element, element.text('communicator.contacts-failed'), onRetryContacts) : nothing;
  const searchless = elsewhere === 'failed' ? failure(element, element.text('communicator.search-failed'), onRetryElsewhere) : nothing;
  const waiting = waitingFor(options);
  const empty = emptyWords(element, options);
  // While something is still to come, nobody is told that nothing was found.
  const words = waiting && (empty || status === 'loading') ? element.text(waiting) : status === 'failed' ? '' : empty;
  return html`${troubled}${searchless}${contactless}${words ? html`<p class="empty ${waiting ? 'waiting' : ''}" role=${waiting ? 'status' : nothing}>${words}</p>` : nothing}`;
}
