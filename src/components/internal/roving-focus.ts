/** One stop of the Tab key for a whole list or toolbar; the arrow keys move within it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isRtl } from './locale.js';

/** In which direction the arrow keys move. */
export type Orientation = 'vertical' | 'horizontal' | 'both';

/** How a group behaves. */
export interface RovingOptions {
  /** The items in order, as they stand now. */
  readonly items: () => readonly HTMLElement[];
  /** `vertical` where left out. */
  readonly orientation?: Orientation;
  /** From the last to the first and back; not by default, so that the end of a list can be felt. */
  readonly wrap?: boolean;
  /** The item that Tab reaches, where the element's state says it and not the focus: the tab that is chosen. */
  readonly chosen?: () => HTMLElement | undefined;
  /** Told of the item that a key moved to: of tabs, it is the one that is chosen now. */
  readonly onMove?: (item: HTMLElement) => void;
}

type Step = 'next' | 'previous' | 'first' | 'last';

const KEYS: Readonly<Record<Orientation, Readonly<Record<string, Step>>>> = {
  vertical: { ArrowDown: 'next', ArrowUp: 'previous', Home: 'first', End: 'last' },
  horizontal: { ArrowRight: 'next', ArrowLeft: 'previous', Home: 'first', End: 'last' },
  both: { ArrowDown: 'next', ArrowUp: 'previous', ArrowRight: 'next', ArrowLeft: 'previous', Home: 'first', End: 'last' },
};

const MIRRORED: Readonly<Record<string, string>> = { ArrowRight: 'ArrowLeft', ArrowLeft: 'ArrowRight' };

/** Whether arrow keys belong to a text field here. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/**
 * Roving tabindex. Bind both handlers on the container, and leave `tabindex` of the items to it:
 *
 *     readonly #roving = new RovingFocus(this, { items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.row')] });
 *     html`<ul @keydown=${this.#roving.handleKeydown} @focusin=${this.#roving.handleFocusin}>…`
 */
export class RovingFocus implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: RovingOptions;
  #current: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: RovingOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The item that the Tab key reaches. */
  get current(): HTMLElement | undefined {
    return this.#current;
  }

  hostUpdated(): void {
    this.#settle(this.#options.chosen?.() ?? this.#current);
  }

  /** Moves the focus to an item. */
  focus(item: HTMLElement | undefined): void {
    if (!item) return;
    this.#settle(item);
    item.focus();
  }

  readonly handleFocusin = (event: FocusEvent): void => {
    const path = event.composedPath();
    const item = this.#options.items().find((candidate) => path.includes(candidate));
    if (item) this.#settle(item);
  };

  readonly handleKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event)) return;
    const key = isRtl(this.#host) ? (MIRRORED[event.key] ?? event.key) : event.key;
    const step = KEYS[this.#options.orientation ?? 'vertical'][key];
    if (!step) return;
    const next = this.#target(step);
    if (!next) return;
    event.preventDefault();
    this.focus(next);
    this.#options.onMove?.(next);
  };

  #target(step: Step): HTMLElement | undefined {
    const items = this.#options.items();
    if (step === 'first') return items[0];
    if (step === 'last') return items.at(-1);
    const at = this.#current ? items.indexOf(this.#current) : -1;
    const next = at + (step === 'next' ? 1 : -1);
    if (this.#options.wrap) return items.at(next % items.length);
    return items[Math.max(0, next)];
  }

  /** Exactly one item can be reached with Tab: the wanted one while it is there, else the first. */
  #settle(wanted: HTMLElement | undefined): void {
    const items = this.#options.items();
    this.#current = wanted && items.includes(wanted) ? wanted : items[0];
    for (const item of items) {
      const index = item === this.#current ? 0 : -1;
      if (item.tabIndex !== index || !item.hasAttribute('tabindex')) item.tabIndex = index;
    }
  }
}
