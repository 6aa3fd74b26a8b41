/** The list: groups with their headings, rows, and the presence of the chosen target in detail. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Presence } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import type { Filter, ResultGroup, ResultRow, Results } from './results.js';
import { presenceDetails, rowKey } from './row.js';
import { contactWords, internalWords } from './words.js';

/** What the list shows. */
export interface ListOptions {
  readonly results: Results;
  readonly scope: Filter['scope'];
  /** Presence of the chosen row's agent. */
  readonly presence: Presence | undefined;
  row(row: ResultRow, at: number): TemplateResult;
}

const GROUPS: readonly ResultGroup[] = ['consultations', 'internal', 'contacts', 'typed'];

function titleOf(element: DesksideElement, group: ResultGroup, { results, scope }: ListOptions): string {
  if (group === 'consultations') return element.text('communicator.active-consultations');
  if (group === 'contacts') return contactWords(element, results);
  return group === 'internal' ? internalWords(element, results, scope) : '';
}

function partTitle(element: DesksideElement, part: ResultRow['part']): string {
  if (!part) return '';
  if ('type' in part) return element.text(`targets.${part.type}`);
  const category = part.category || element.text('communicator.other');
  return part.corporate ? `${element.text('favorite.corporate')} · ${category}` : category;
}

function groupOf(element: DesksideElement, group: ResultGroup, options: ListOptions): TemplateResult | typeof nothing {
  const listed = options.results.rows.map((row, at) => ({ row, at })).filter(({ row }) => row.group === group);
  if (!listed.length) return nothing;
  const title = titleOf(element, group, options);
  let before = '';
  return html`<div role="rowgroup">
    ${title ? html`<div class="group-title" aria-hidden="true"><bdi>${title}</bdi></div>` : nothing}
    ${repeat(
      listed,
      ({ row }) => rowKey(row),
      ({ row, at }) => {
        const part = partTitle(element, row.part);
        const heading = part && part !== before ? html`<div class="part-title" aria-hidden="true"><bdi>${part}</bdi></div>` : nothing;
        before = part;
        return html`${heading}${options.row(row, at)}`;
      },
    )}
  </div>`;
}

/** The list. */
export function listOf(element: DesksideElement, options: ListOptions): TemplateResult {
  const { results, presence } = options;
  const details = presence ? presenceDetails(element, presence) : [];
  // The bar stays as high as it is while the choice moves: what stands under the list must not jump.
  return html`<div
      class="results"
      part="results"
      id="results"
      role="grid"
      aria-rowcount=${results.rows.length}
      aria-label=${element.text('communicator.results')}
    >
      ${GROUPS.map((group) => groupOf(element, group, options))}
    </div>
    <div class="details" part="details" id="details" ?hidden=${!results.rows.some(({ hit }) => hit.target.type === 'agent')}>
      ${details.map((line) => html`<div>${line}</div>`)}
    </div>`;
}
