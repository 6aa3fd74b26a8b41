/**
 * A panel that floats at an anchor: menus, result lists, details. In the top layer through the Popover API where there is one, else fixed
 * above the page; placed by our own arithmetic, for CSS anchors are not everywhere yet. It closes on Escape, on a press outside and when
 * the focus goes elsewhere.
 */
import { css, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { isRtl } from './locale.js';

/** What floats, and where. */
export interface PopoverOptions {
  /** What the panel belongs to. */
  readonly anchor: () => Element | null;
  /** The panel: has the class `floating` and the attribute `popover="manual"`, and is always rendered. */
  readonly panel: () => HTMLElement | null;
  /** As wide as the anchor, at least. */
  readonly matchWidth?: boolean;
  /** What else belongs to it, such as a menu that the panel opens: neither a press nor the focus there closes it. */
  readonly parts?: () => readonly (Element | null)[];
  /** Escape is left to the element, which has more to close than the panel. */
  readonly ownEscape?: boolean;
  /** Called after opening and closing. */
  readonly onToggle?: (open: boolean) => void;
}

/** Space kept between panel and anchor, and to the edge of the window, in px. */
const GAP = 4;
/** Less height than this (px) below the anchor makes the panel go above, where there is more. */
const ENOUGH = 200;

/** Styles of a floating panel; put them beside `surfaces`. */
export const floating = css`
  .floating {
    position: fixed;
    inset: auto;
    margin: 0;
    z-index: 1000;
    max-inline-size: calc(100vw - 8px);
  }
  .floating:not(.open) {
    display: none;
  }
`;

/** Whether a panel can be lifted above everything else. */
function hasTopLayer(panel: HTMLElement): boolean {
  return typeof panel.showPopover === 'function' && panel.hasAttribute('popover');
}

/** Opens, places and closes one panel of an element. */
export class PopoverController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: PopoverOptions;
  #session: AbortController | undefined;
  #before: Element | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, options: PopoverOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Whether the panel is open: render `aria-expanded` from it. */
  get open(): boolean {
    return this.#session !== undefined;
  }

  hostDisconnected(): void {
    this.hide(false);
  }

  hostUpdated(): void {
    if (this.open) this.#place();
  }

  /** Opens the panel; does nothing where it is open or missing. */
  show(): void {
    const panel = this.#options.panel();
    if (!panel || this.open || !this.#host.isConnected) return;
    this.#session = new AbortController();
    this.#before = this.#focused();
    panel.classList.add('open');
    if (hasTopLayer(panel)) panel.showPopover();
    this.#place();
    this.#listen(this.#session.signal);
    this.#tell(true);
  }

  /** Closes the panel. @param restoreFocus gives the focus back where it was, if it is in the panel now */
  hide(restoreFocus = true): void {
    if (!this.#session) return;
    this.#session.abort();
    this.#session = undefined;
    const panel = this.#options.panel();
    const inside = panel?.contains(this.#focused()) ?? false;
    if (panel?.isConnected && hasTopLayer(panel) && panel.matches(':popover-open')) panel.hidePopover();
    panel?.classList.remove('open');
    if (restoreFocus && inside && this.#before instanceof HTMLElement) this.#before.focus();
    this.#before = null;
    this.#tell(false);
  }

  /** Opens or closes. */
  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  #tell(open: boolean): void {
    this.#options.onToggle?.(open);
    this.#host.requestUpdate();
  }

  /** What has the focus, in the root that the panel is in. */
  #focused(): Element | null {
    const root = this.#options.panel()?.getRootNode();
    return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
  }

  #listen(signal: AbortSignal): void {
    const page = this.#host.ownerDocument;
    page.addEventListener('pointerdown', this.#onPress, { capture: true, signal });
    for (const root of this.#roots()) root.addEventListener('focusin', this.#onFocus, { capture: true, signal });
    if (!this.#options.ownEscape) page.addEventListener('keydown', this.#onKeydown, { capture: true, signal });
    page.addEventListener('scroll', this.#place, { capture: true, passive: true, signal });
    page.defaultView?.addEventListener('resize', this.#place, { signal });
  }

  /** The roots from the panel's own to the document: a move of the focus within one of them is heard in that one only. */
  *#roots(): IterableIterator<Node> {
    let at = this.#options.panel()?.getRootNode();
    while (at) {
      yield at;
      at = at instanceof ShadowRoot ? at.host.getRootNode() : undefined;
    }
  }

  /** Everything that is inside. */
  #parts(): readonly (Element | null)[] {
    return [this.#options.panel(), this.#options.anchor(), ...(this.#options.parts?.() ?? [])];
  }

  // Seen from the document, the path of an event ends at the first closed shadow root: so presses are judged by their place, and the
  // focus by what has it in the panel's own root.
  readonly #onPress = ({ clientX, clientY }: PointerEvent): void => {
    const inside = this.#parts().some((part) => {
      const box = part?.getBoundingClientRect();
      return box && clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
    });
    if (!inside) this.hide(false);
  };

  readonly #onFocus = (): void => {
    const focused = this.#focused();
    const inside = this.#parts().some((part) => part?.contains(focused));
    if (!inside) this.hide(false);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    event.preventDefault();
    this.hide();
  };

  readonly #place = (): void => {
    const [panel, anchor] = [this.#options.panel(), this.#options.anchor()];
    if (!panel || !anchor) return;
    const box = anchor.getBoundingClientRect();
    const { clientWidth, clientHeight } = this.#host.ownerDocument.documentElement;
    if (this.#options.matchWidth) panel.style.setProperty('min-inline-size', `${box.width}px`);
    // An anchor that is scrolled away counts as lying at the edge, so that the panel is never outside with it.
    const within = (edge: number): number => Math.max(0, Math.min(edge, clientHeight));
    const [top, bottom] = [within(box.top), within(box.bottom)];
    const below = clientHeight - bottom - 2 * GAP;
    const above = top - 2 * GAP;
    const up = below < Math.min(ENOUGH, panel.scrollHeight) && above > below;
    panel.style.setProperty('max-block-size', `${Math.max(up ? above : below, 48)}px`);
    panel.style.setProperty('inset-block-start', up ? 'auto' : `${bottom + GAP}px`);
    panel.style.setProperty('inset-block-end', up ? `${clientHeight - top + GAP}px` : 'auto');
    const start = isRtl(this.#host) ? clientWidth - box.right : box.left;
    const limit = clientWidth - panel.offsetWidth - GAP;
    panel.style.setProperty('inset-inline-start', `${Math.max(GAP, Math.min(start, limit))}px`);
  };
}
