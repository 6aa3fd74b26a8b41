/** Time that runs, in an element. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { sharedTicker, type Ticker } from './ticker.js';

/**
 * Draws its element again every second while `running` says so.
 *
 *     readonly #clock = new ElapsedController(this, () => this.#session.value?.status === 'connected');
 *     html`${formatElapsed(this.#clock.now - connectedAt)}`
 */
export class ElapsedController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #running: () => boolean;
  readonly #ticker: Ticker;
  #stop: (() => void) | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost, running: () => boolean, ticker: Ticker = sharedTicker) {
    this.#host = host;
    this.#running = running;
    this.#ticker = ticker;
    host.addController(this);
  }

  /** Wall-clock ms now. */
  get now(): number {
    return this.#ticker.now();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#follow();
  }

  hostUpdated(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#follow();
  }

  #follow(): void {
    const wanted = this.#connected && this.#running();
    if (wanted && !this.#stop) this.#stop = this.#ticker.listen(() => this.#host.requestUpdate());
    if (wanted || !this.#stop) return;
    this.#stop();
    this.#stop = undefined;
  }
}
