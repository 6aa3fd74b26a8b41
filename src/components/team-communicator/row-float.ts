/** Opens and closes what floats at a row: the menu of its actions, or the form for a favorite's category. */
import { nothing, type TemplateResult } from 'lit';
import type { DesksideElement } from '../internal/base-element.js';
import { PopoverController } from '../internal/popover.js';
import type { OfferedAction } from './actions.js';
import { favoriteForm, menuOf, moveInMenu } from './float.js';
import type { ResultRow } from './results.js';
import { rowKey } from './row.js';

/** What it needs of the communicator. */
export interface RowFloatOptions {
  readonly rows: () => readonly ResultRow[];
  readonly actions: (row: ResultRow) => readonly OfferedAction[];
  onAct(row: ResultRow, offered: OfferedAction): void;
}

/** See the head of the file. */
export class RowFloat {
  readonly #host: DesksideElement;
  readonly #options: RowFloatOptions;
  readonly #popover: PopoverController;
  #shown: { readonly kind: 'menu' | 'favorite'; readonly key: string } | undefined;

  constructor(host: DesksideElement, options: RowFloatOptions) {
    this.#host = host;
    this.#options = options;
    this.#popover = new PopoverController(host, {
      anchor: () => host.renderRoot.querySelector(`#row-${this.#at()} .more`) ?? host.renderRoot.querySelector('.search'),
      panel: () => host.renderRoot.querySelector<HTMLElement>('.float'),
      ownEscape: true,
      onToggle: (open) => {
        if (!open) this.#shown = undefined;
      },
    });
  }

  /** Whether anything floats. */
  get open(): boolean {
    return this.#shown !== undefined;
  }

  /** Whether the menu of a row is open. */
  isMenuOf(row: ResultRow): boolean {
    return this.#shown?.kind === 'menu' && this.#shown.key === rowKey(row);
  }

  /** Shows menu or form, and gives it the focus. */
  show(kind: 'menu' | 'favorite', row: ResultRow): void {
    this.#shown = { kind, key: rowKey(row) };
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      // A row under the edge of the window comes up first: what floats at it could not be seen.
      this.#host.renderRoot.querySelector(`#row-${this.#at()}`)?.scrollIntoView({ block: 'nearest' });
      this.#popover.show();
      this.#host.renderRoot.querySelector<HTMLElement>('.float :is([role="menuitem"], input)')?.focus();
    });
  }

  /** Closes it, and gives the focus back where it was. */
  hide(restoreFocus = true): void {
    this.#popover.hide(restoreFocus);
  }

  /** What stands in the floating panel. */
  render(): TemplateResult | typeof nothing {
    const row = this.#options.rows()[this.#at()];
    const service = this.#host.activeService;
    if (!this.#shown || !row || !service) return nothing;
    const { target } = row.hit;
    if (this.#shown.kind === 'menu') {
      const actions = this.#options.actions(row);
      return menuOf(this.#host, { target, actions, onAct: (offered) => this.#options.onAct(row, offered), onKey: moveInMenu });
    }
    const { preferences } = service;
    const done = (change?: () => void): void => {
      this.hide();
      this.#host.focus();
      change?.();
    };
    return favoriteForm(this.#host, {
      target,
      favorites: preferences.favorites(),
      onSave: (category) => done(() => preferences.editFavorite(target.address, category)),
      onRemove: () => done(() => preferences.removeFavorite(target.address)),
      onCancel: () => done(),
    });
  }

  #at(): number {
    return this.#options.rows().findIndex((row) => rowKey(row) === this.#shown?.key);
  }
}
