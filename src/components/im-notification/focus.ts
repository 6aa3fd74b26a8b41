/** The focus among notifications: a shortcut brings it, Escape gives it back, and what is answered never lets it fall into nowhere. */
import type { ReactiveController } from 'lit';
import type { DesksideElement } from '../internal/base-element.js';
import { warnOnce } from '../internal/warn.js';
import { isShortcut, isWriting, parseShortcut } from './shortcut.js';

/** What it needs of the element. */
interface FocusHost extends DesksideElement {
  /** The page's shortcut; none where left out. */
  readonly shortcut: string | undefined;
}

/** See the head of the file. */
export class NotificationFocus implements ReactiveController {
  readonly #host: FocusHost;
  #before: Element | null = null;
  /** The ring of the focus was in a card: whoever has it works with the keyboard. */
  #inside = false;
  /** What was accepted or shown takes the focus: it is not held here. */
  #free = false;

  constructor(host: FocusHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.ownerDocument.addEventListener('keydown', this.#handleShortcut);
    this.#host.addEventListener('focusin', this.#handleFocusin);
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener('keydown', this.#handleShortcut);
    this.#host.removeEventListener('focusin', this.#handleFocusin);
  }

  /** Remembers before the cards are drawn anew whether one of them has the focus of a keyboard. */
  hostUpdate(): void {
    this.#inside = this.#host.hasUpdated && this.#host.renderRoot.querySelector(':focus-visible') !== null;
  }

  /** The card that had the focus is gone: it goes on to the newest one left, or back, unless something else took it. */
  hostUpdated(): void {
    const { ownerDocument: page } = this.#host;
    if (!this.#inside || this.#free || this.#host.matches(':focus-within') || (page.activeElement ?? page.body) !== page.body) return;
    const card = this.cards().at(-1);
    if (card) card.focus();
    else this.giveBack();
  }

  /** The cards, newest last. */
  cards(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>('[part="notification"]')];
  }

  /** Puts the focus on the newest card. */
  take(): void {
    this.#before = this.#host.ownerDocument.activeElement;
    this.cards().at(-1)?.focus();
  }

  /** Lets the focus go: what is accepted or shown now takes it. */
  letGo(): void {
    this.#before = null;
    this.#free = true;
  }

  /** Gives the focus back. @returns whether it had been brought here */
  giveBack(): boolean {
    const before = this.#before;
    this.#before = null;
    if (!(before instanceof HTMLElement) || !before.isConnected) return false;
    before.focus();
    return true;
  }

  readonly #handleFocusin = (): void => {
    this.#free = false;
  };

  readonly #handleShortcut = (event: KeyboardEvent): void => {
    if (!this.#host.shortcut || event.defaultPrevented) return;
    const shortcut = parseShortcut(this.#host.shortcut);
    if (!shortcut) return warnOnce(this.#host, 'shortcut', 'shortcut must be modifiers and one key: "Alt+Shift+N".');
    if (isWriting(event) || !isShortcut(event, shortcut) || !this.cards().length) return;
    event.preventDefault();
    this.take();
  };
}
