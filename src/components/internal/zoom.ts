/** Text zoom of an element, 50–200 %: Ctrl (or ⌘) with +, − and 0 inside it, and commands for buttons. */
import type { ReactiveController } from 'lit';
import type { DesksideElement } from './base-element.js';
import { emit } from './events.js';
import { StoreController } from './store-controller.js';

/** The steps, in percent. */
export const ZOOM_STEPS: readonly number[] = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200];

/** The next step up or down from a percentage; the ends hold. */
export function nextZoom(percent: number, direction: 1 | -1): number {
  const next = direction > 0 ? ZOOM_STEPS.find((step) => step > percent) : ZOOM_STEPS.findLast((step) => step < percent);
  return next ?? (direction > 0 ? 200 : 50);
}

/** A percentage within bounds; 100 for what is no number. */
function bounded(percent: number): number {
  return Number.isFinite(percent) ? Math.min(200, Math.max(50, Math.round(percent))) : 100;
}

/** What the keys do; `+` is typed with and without Shift, and on the number pad. */
const KEYS: Readonly<Record<string, (percent: number) => number>> = {
  '+': (percent) => nextZoom(percent, 1),
  '=': (percent) => nextZoom(percent, 1),
  '-': (percent) => nextZoom(percent, -1),
  _: (percent) => nextZoom(percent, -1),
  '0': () => 100,
};

/**
 * Zoom of the element it is made for: kept per agent in the service's preferences and so the same in all elements; without a service
 * for this element alone. Sets `--_zoom` on the host, on which every length of the styles depends.
 */
export class ZoomController implements ReactiveController {
  readonly #host: DesksideElement;
  #own = 100;
  #shown = 100;

  constructor(host: DesksideElement) {
    this.#host = host;
    // The value is read where it is kept; the slice tells when to read it again.
    new StoreController(host, (read) => [read('preferences'), host.activeService?.preferences.zoom()]);
    host.addController(this);
  }

  /** Percent now. */
  get percent(): number {
    return bounded(this.#host.activeService?.preferences.zoom() ?? this.#own);
  }

  /** Sets the zoom, in percent; what lies outside 50–200 is brought to the nearer end. */
  set(percent: number): void {
    const wanted = bounded(percent);
    if (wanted === this.percent) return;
    this.#own = wanted;
    this.#host.activeService?.preferences.setZoom(wanted);
    this.#host.requestUpdate();
    emit(this.#host, 'zoomchange', { zoom: wanted });
  }

  /** One step larger. */
  readonly in = (): void => this.set(nextZoom(this.percent, 1));

  /** One step smaller. */
  readonly out = (): void => this.set(nextZoom(this.percent, -1));

  /** Back to 100 %. */
  readonly reset = (): void => this.set(100);

  hostConnected(): void {
    this.#host.addEventListener('keydown', this.#onKeydown);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('keydown', this.#onKeydown);
  }

  hostUpdated(): void {
    if (this.percent === this.#shown) return;
    this.#shown = this.percent;
    this.#host.style.setProperty('--_zoom', String(this.#shown / 100));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const change = KEYS[event.key];
    if (!change) return;
    // The page's own zoom stays as it is: the agent asked for larger words here. Handled once, by the innermost element.
    event.preventDefault();
    this.set(change(this.percent));
  };
}
