/** What the tabs of `<case-panel>` show. Everything from the wire or the host is text. */
import { html, nothing, type TemplateResult } from 'lit';
import { MASK, type CaseEntry, type HistoryItem, type Page, type ServiceErrorCode, type SessionCase } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import type { StringKey } from '../internal/strings.js';
import type { Loading } from './load-controller.js';

/** Has the host show a record. */
export type OpenRecord = (kind: 'contact' | 'history', id: string) => void;

/** A contact as it is shown. */
export interface ContactView {
  readonly ref: string;
  readonly entries: readonly CaseEntry[];
  /** Where it comes from: this page's own host, or the colleague's snapshot. */
  readonly source: 'host' | 'peer';
  readonly peer?: string;
  readonly loading: boolean;
  readonly failure?: ServiceErrorCode;
  readonly canOpen: boolean;
}

function empty(text: string): TemplateResult {
  return html`<p class="empty">${text}</p>`;
}

/** What could not be loaded, why, and a way out. */
function failure(element: DesksideElement, what: StringKey, code: ServiceErrorCode, retry: () => void): TemplateResult {
  return html`<div class="notice error" role="alert">
    <span>${element.text(what, { why: element.text(`error.${code}`) })}</span>
    <button class="link-button" type="button" @click=${retry}>${element.text('action.retry')}</button>
  </div>`;
}

/** A value with its marks, without white space of ours around it: white space of the sender's is shown. */
function value(element: DesksideElement, { key, value: content, cut }: CaseEntry, changed: readonly string[]): TemplateResult {
  const shortened = cut ? html` <span class="pill">${element.text('consult.preview-cut')}</span>` : nothing;
  const masked = content === MASK ? html` <span class="pill warning">${element.text('consult.preview-masked')}</span>` : nothing;
  const mark = changed.includes(key) ? html`<span class="pill warning changed">${element.text('case.changed')}</span>` : nothing;
  return html`<dd dir="auto">${content || '–'}${masked}${shortened}${mark}</dd>`;
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

function openButton(element: DesksideElement, open: () => void): TemplateResult {
  return html`<button class="button open" type="button" @click=${open}>${element.text('case.open-record')}</button>`;
}

/** Contact Information: read-only, and it says where it comes from. */
export function contactInformation(element: DesksideElement, view: ContactView, retry: () => void, open: OpenRecord): TemplateResult {
  if (view.loading) return html`<p class="empty" role="status">${element.text('state.loading')}</p>`;
  const source: StringKey = view.source === 'host' ? 'case.contact-from-host' : 'case.contact-from-peer';
  return html`
    ${view.failure ? failure(element, 'case.contact-failed', view.failure, retry) : nothing}
    ${
      view.entries.length
        ? html`<p class="source">${element.text(source, { name: view.peer ?? '' })}</p>
            ${facts(element, view.entries)}`
        : empty(element.text('case.contact-none'))
    }
    ${view.canOpen ? openButton(element, () => open('contact', view.ref)) : nothing}
  `;
}

function historyEntry(element: DesksideElement, item: HistoryItem, canOpen: boolean, open: OpenRecord): TemplateResult {
  const day = item.at ? new Intl.DateTimeFormat(element.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(item.at) : '';
  const sub = [item.media, day, item.status, item.agent].filter(Boolean).join(' · ');
  return html`<li>
    <details>
      <summary><b dir="auto">${item.subject || item.media || item.id}</b><br /><span class="small muted" dir="auto">${sub}</span></summary>
      ${item.details?.length ? facts(element, item.details) : html`<p class="muted small">${element.text('state.empty')}</p>`}
      ${canOpen ? openButton(element, () => open('history', item.id)) : nothing}
    </details>
  </li>`;
}

/** How the history stands. */
export interface HistoryView {
  readonly available: boolean;
  /** The host can show an entry's record. */
  readonly canOpen: boolean;
  readonly query: string;
  readonly loading: Loading<Page<HistoryItem>>;
}

/** What can be done with the history. */
export interface HistoryActions {
  search(event: Event): void;
  more(): void;
  readonly open: OpenRecord;
}

function historyEntries(
  element: DesksideElement,
  { query, loading, canOpen }: HistoryView,
  { more, open }: HistoryActions,
): TemplateResult {
  const page = loading.value;
  const none = query ? element.text('case.history-no-match', { query }) : element.text('case.history-none');
  return html`
    ${
      page?.items.length
        ? html`<ul class="entries">
            ${page.items.map((item) => historyEntry(element, item, canOpen, open))}
          </ul>`
        : nothing
    }
    ${loading.status === 'ready' && !page?.items.length ? empty(none) : nothing}
    ${loading.status === 'loading' ? html`<p class="empty" role="status">${element.text('state.loading')}</p>` : nothing}
    ${loading.status === 'failed' ? failure(element, 'case.history-failed', loading.failure ?? 'internal', more) : nothing}
    ${
      loading.status === 'ready' && page?.cursor
        ? html`<button class="button" type="button" @click=${more}>${element.text('case.history-more')}</button>`
        : nothing
    }
  `;
}

/** Contact History: searched and paged by the host. */
export function history(element: DesksideElement, view: HistoryView, actions: HistoryActions): TemplateResult {
  if (!view.available) return empty(element.text('case.history-unavailable'));
  const label = element.text('case.search-history');
  return html`<input class="field" type="search" placeholder=${label} aria-label=${label} .value=${view.query} @input=${actions.search} />
    ${historyEntries(element, view, actions)}`;
}
