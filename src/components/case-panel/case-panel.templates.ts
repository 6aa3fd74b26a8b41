/** What the tabs of `<case-panel>` show. Everything from the wire or the host is text. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CaseEntry, HistoryItem, Page, SessionCase } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import type { StringKey } from '../internal/strings.js';
import type { Loading } from './load-controller.js';

/** A contact as it is shown. */
export interface ContactView {
  readonly ref: string;
  readonly entries: readonly CaseEntry[];
  /** Where it comes from: this page's own host, or the colleague's snapshot. */
  readonly source: 'host' | 'peer';
  readonly peer?: string;
  readonly loading: boolean;
  readonly message?: string;
  readonly canOpen: boolean;
}

function empty(text: string): TemplateResult {
  return html`<p class="empty">${text}</p>`;
}

function failure(element: DesksideElement, message: string, retry: () => void): TemplateResult {
  return html`<div class="notice error" role="alert">
    <span>${message}</span>
    <button class="link-button" type="button" @click=${retry}>${element.text('action.retry')}</button>
  </div>`;
}

/** A value with its marks, without white space of ours around it: white space of the sender's is shown. */
function value(element: DesksideElement, { key, value: content, cut }: CaseEntry, changed: readonly string[]): TemplateResult {
  const shortened = cut ? html` <span class="pill">${element.text('consult.preview-cut')}</span>` : nothing;
  const mark = changed.includes(key) ? html`<span class="pill warning changed">${element.text('case.changed')}</span>` : nothing;
  return html`<dd dir="auto">${content || '–'}${shortened}${mark}</dd>`;
}

/** A two-column list. */
function facts(element: DesksideElement, entries: readonly CaseEntry[], changed: readonly string[] = []): TemplateResult {
  return html`<dl class="facts">
    ${entries.map(
      (entry) =>
        html`<dt dir="auto">${entry.label || entry.key}</dt>
          ${value(element, entry, changed)}`,
    )}
  </dl>`;
}

/** Case Information: the entries in the sender's order, changed ones marked. */
export function caseInformation(element: DesksideElement, data: SessionCase | undefined): TemplateResult {
  if (!data) return empty(element.text('case.none'));
  const media = element.text(`interaction.${data.interaction.media}`);
  return html`<p class="about" dir="auto">${media}: ${data.interaction.label}</p>
    ${data.data.length ? facts(element, data.data, data.changed) : empty(element.text('case.none'))}`;
}

/** Contact Information: read-only, and it says where it comes from. */
export function contactInformation(
  element: DesksideElement,
  view: ContactView,
  retry: () => void,
  open: (kind: 'contact', id: string) => void,
): TemplateResult {
  if (view.loading) return html`<p class="empty" role="status">${element.text('state.loading')}</p>`;
  const source: StringKey = view.source === 'host' ? 'case.contact-from-host' : 'case.contact-from-peer';
  return html`
    ${view.message ? failure(element, view.message, retry) : nothing}
    ${
      view.entries.length
        ? html`<p class="source">${element.text(source, { name: view.peer ?? '' })}</p>
            ${facts(element, view.entries)}`
        : empty(element.text('case.contact-none'))
    }
    ${
      view.canOpen
        ? html`<button class="button open" type="button" @click=${() => open('contact', view.ref)}>
            ${element.text('case.open-record')}
          </button>`
        : nothing
    }
  `;
}

function historyEntry(element: DesksideElement, item: HistoryItem): TemplateResult {
  const day = item.at ? new Intl.DateTimeFormat(element.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(item.at) : '';
  const sub = [item.media, day, item.status, item.agent].filter(Boolean).join(' · ');
  return html`<li>
    <details>
      <summary><b dir="auto">${item.subject || item.media || item.id}</b><br /><span class="small muted" dir="auto">${sub}</span></summary>
      ${item.details?.length ? facts(element, item.details) : html`<p class="muted small">${element.text('state.empty')}</p>`}
    </details>
  </li>`;
}

/** How the history stands. */
export interface HistoryView {
  readonly available: boolean;
  readonly query: string;
  readonly loading: Loading<Page<HistoryItem>>;
}

function historyEntries(element: DesksideElement, { query, loading }: HistoryView, more: () => void): TemplateResult {
  const page = loading.value;
  const none = query ? element.text('case.history-no-match', { query }) : element.text('case.history-none');
  return html`
    ${
      page?.items.length
        ? html`<ul class="entries">
            ${page.items.map((item) => historyEntry(element, item))}
          </ul>`
        : nothing
    }
    ${loading.status === 'ready' && !page?.items.length ? empty(none) : nothing}
    ${loading.status === 'loading' ? html`<p class="empty" role="status">${element.text('state.loading')}</p>` : nothing}
    ${loading.status === 'failed' ? failure(element, loading.message ?? element.text('case.history-failed'), more) : nothing}
    ${
      loading.status === 'ready' && page?.cursor
        ? html`<button class="button" type="button" @click=${more}>${element.text('case.history-more')}</button>`
        : nothing
    }
  `;
}

/** Contact History: searched and paged by the host. */
export function history(element: DesksideElement, view: HistoryView, search: (event: Event) => void, more: () => void): TemplateResult {
  if (!view.available) return empty(element.text('case.history-unavailable'));
  const label = element.text('case.search-history');
  return html`<input class="field" type="search" placeholder=${label} aria-label=${label} @input=${search} />
    ${historyEntries(element, view, more)}`;
}
