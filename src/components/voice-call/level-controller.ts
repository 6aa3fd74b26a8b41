/** Draws the level of the microphone: a custom property of a bar, ten times a second, and only while the bar is there. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CallSound } from '../../services/index.js';

/** Milliseconds between two looks. */
const PERIOD = 100;

/** See the head of the file. */
export class LevelController implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly renderRoot: ParentNode };
  readonly #sound: () => CallSound | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost & { readonly renderRoot: ParentNode }, sound: () => CallSound | undefined) {
    this.#host = host;
    this.#sound = sound;
    host.addController(this);
  }

  hostUpdated(): void {
    const bars = this.#bars();
    if (bars.length > 0) this.#timer ??= setInterval(() => this.#draw(), PERIOD);
    else this.hostDisconnected();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #bars(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>('[data-level]')];
  }

  #draw(): void {
    for (const bar of this.#bars()) {
      const level = this.#sound()?.level(bar.dataset['level'] ?? '') ?? 0;
      bar.style.setProperty('--_part', level.toFixed(2));
    }
  }
}
