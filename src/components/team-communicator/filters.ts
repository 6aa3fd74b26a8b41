/** The filters: all, favorites or recents; a type; under headings or flat. */
import { html, nothing, type TemplateResult } from 'lit';
import { TARGET_TYPES, type TargetType } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { groupedIcon, starIcon } from '../internal/icons.js';
import type { Filter } from './results.js';

/** What the filters show and do. */
export interface FilterOptions {
  readonly filter: Filter;
  readonly grouped: boolean;
  /** Whether contacts can be found at all. */
  readonly contacts: boolean;
  onFilter(filter: Filter): void;
  onGroup(grouped: boolean): void;
}

/** The filters as a row of chips. */
export function filtersOf(element: DesksideElement, { filter, grouped, contacts, onFilter, onGroup }: FilterOptions): TemplateResult {
  const chip = (scope: Filter['scope']): TemplateResult =>
    html`<button
      class="chip"
      type="button"
      aria-pressed=${filter.scope === scope ? 'true' : 'false'}
      @click=${() => onFilter({ ...filter, scope })}
    >
      ${scope === 'favorites' ? starIcon() : ''}${element.text(`filter.${scope}`)}
    </button>`;
  const chosen = (event: Event): void => onFilter({ ...filter, type: (event.target as HTMLSelectElement).value as TargetType | '' });
  // Favorites have categories of their own.
  const groupChip = (): TemplateResult =>
    html`<button
      class="chip"
      type="button"
      aria-pressed=${grouped ? 'true' : 'false'}
      aria-label=${element.text('filter.grouped')}
      title=${element.text('filter.grouped')}
      @click=${() => onGroup(!grouped)}
    >
      ${groupedIcon()}
    </button>`;
  return html`<div class="chips filters" role="group" aria-label=${element.text('communicator.filters')}>
    ${chip('all')} ${chip('favorites')} ${chip('recents')}
    <select class="field" aria-label=${element.text('filter.type')} .value=${filter.type} @change=${chosen}>
      <option value="" ?selected=${filter.type === ''}>${element.text('filter.all-types')}</option>
      ${TARGET_TYPES.filter((type) => type !== 'contact' || contacts).map(
        (type) => html`<option value=${type} ?selected=${filter.type === type}>${element.text(`targets.${type}`)}</option>`,
      )}
    </select>
    ${filter.scope === 'favorites' ? nothing : groupChip()}
  </div>`;
}
