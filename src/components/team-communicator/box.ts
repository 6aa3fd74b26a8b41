/** The search box: a combobox whose list is a grid (ARIA 1.2), for its rows have actions of their own. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DesksideElement } from '../internal/base-element.js';
import { closeIcon, searchIcon } from '../internal/icons.js';

/** What the box shows and does. */
export interface BoxOptions {
  readonly placeholder: string;
  /** Id of the row that is chosen; undefined while no list is to be seen. */
  readonly active: string | undefined;
  readonly filled: boolean;
  onInput(event: Event): void;
  onKey(event: KeyboardEvent): void;
  onOpen(): void;
  onClear(): void;
}

/** The box. */
export function boxOf(
  element: DesksideElement,
  { placeholder, active, filled, onInput, onKey, onOpen, onClear }: BoxOptions,
): TemplateResult {
  return html`<div class="search" part="box">
    ${searchIcon()}
    <input
      type="text"
      role="combobox"
      autocomplete="off"
      spellcheck="false"
      dir="auto"
      aria-label=${element.text('communicator.label')}
      aria-autocomplete="list"
      aria-haspopup="grid"
      aria-expanded=${active ? 'true' : 'false'}
      aria-controls="results"
      aria-activedescendant=${active ?? nothing}
      placeholder=${placeholder || element.text('communicator.placeholder')}
      @input=${onInput}
      @keydown=${onKey}
      @click=${onOpen}
    />
    <button class="icon-button" type="button" aria-label=${element.text('action.clear')} ?hidden=${!filled} @click=${onClear}>
      ${closeIcon()}
    </button>
  </div>`;
}
