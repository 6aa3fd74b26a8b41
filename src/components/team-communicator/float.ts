/** What floats at a row: the menu of its actions, or the form for a favorite's category. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Favorite, Target } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import type { OfferedAction } from './actions.js';

/** The menu. */
export interface MenuOptions {
  readonly target: Target;
  readonly actions: readonly OfferedAction[];
  onAct(action: OfferedAction): void;
  onKey(event: KeyboardEvent): void;
}

/** The form. */
export interface FavoriteOptions {
  readonly target: Target;
  readonly favorites: readonly Favorite[];
  onSave(category: string): void;
  onRemove(): void;
  onCancel(): void;
}

/** Actions of a target; what cannot be done says why. */
export function menuOf(element: DesksideElement, { target, actions, onAct, onKey }: MenuOptions): TemplateResult {
  return html`<div role="menu" tabindex="-1" aria-label=${element.text('communicator.actions', { name: target.name })} @keydown=${onKey}>
    ${actions.map(
      (offered) =>
        html`<button
          class="menu-item"
          role="menuitem"
          type="button"
          tabindex="-1"
          aria-disabled=${offered.reason ? 'true' : 'false'}
          @click=${() => onAct(offered)}
        >
          ${offered.icon()}<span
            >${element.text(offered.label, offered.values)}${
              offered.reason ? html`<span class="reason">${element.text(offered.reason)}</span>` : nothing
            }</span
          >
        </button>`,
    )}
  </div>`;
}

/** Category of a favorite, from those in use or a new one. */
export function favoriteForm(element: DesksideElement, { target, favorites, onSave, onRemove, onCancel }: FavoriteOptions): TemplateResult {
  const category = favorites.find((one) => one.target.address === target.address)?.category ?? '';
  const categories = [...new Set(favorites.map((one) => one.category).filter(Boolean))];
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = new FormData(event.currentTarget as HTMLFormElement).get('category');
    onSave(typeof value === 'string' ? value.trim() : '');
  };
  return html`<form class="favorite" aria-label=${element.text('target.edit-favorite')} @submit=${save}>
    <div class="row-title strong" dir="auto">${target.name}</div>
    <label>
      <span>${element.text('favorite.category')}</span>
      <input class="field" name="category" maxlength="100" autocomplete="off" list="categories" dir="auto" .value=${category} />
    </label>
    <datalist id="categories">${categories.map((one) => html`<option value=${one}></option>`)}</datalist>
    <div class="form-actions">
      <button class="button primary small" type="submit">${element.text('favorite.save')}</button>
      <button class="button small" type="button" @click=${onCancel}>${element.text('action.cancel')}</button>
      <button class="link-button" type="button" @click=${onRemove}>${element.text('target.remove-favorite')}</button>
    </div>
  </form>`;
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Arrow keys, Home and End move within the menu. */
export function moveInMenu(event: KeyboardEvent): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.findIndex((item) => item === event.target);
  const step = Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : undefined;
  const next = step ? items[step(at, items.length)] : undefined;
  if (!next) return;
  next.focus();
  event.preventDefault();
  event.stopPropagation();
}
