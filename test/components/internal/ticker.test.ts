import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { DesksideElement } from '../../../src/components/internal/base-element.js';
import { ElapsedController } from '../../../src/components/internal/elapsed-controller.js';
import { formatElapsed } from '../../../src/components/internal/format.js';
import { Ticker, type TickerClock } from '../../../src/components/internal/ticker.js';
import { fakeService, mount, shown } from '../../support/elements.js';

/** A clock that stands still until it is moved. */
class StillClock implements TickerClock {
  time = 1_000_300;
  #timers = new Map<number, { at: number; callback: () => void }>();
  #last = 0;

  now(): number {
    return this.time;
  }
  setTimeout(callback: () => void, ms: number): number {
    this.#timers.set((this.#last += 1), { at: this.time + ms, callback });
    return this.#last;
  }
  clearTimeout(handle: unknown): void {
    this.#timers.delete(handle as number);
  }
  get running(): number {
    return this.#timers.size;
  }
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.time = due[1].at;
      due[1].callback();
    }
    this.time = end;
  }
}

let clock = new StillClock();
let ticker = new Ticker(clock);

class ClockElement extends DesksideElement {
  running = true;
  updates = 0;
  readonly clock = new ElapsedController(this, () => this.running, ticker);

  override render(): unknown {
    this.updates += 1;
    return html`${formatElapsed(this.clock.now - 1_000_000)}`;
  }
}
customElements.define('clock-element', ClockElement);

describe('Ticker', () => {
  beforeEach(() => {
    clock = new StillClock();
    ticker = new Ticker(clock);
  });

  it('ticks just after each full second, once for all', () => {
    const ticks: number[] = [];
    const stop = [ticker.listen(() => ticks.push(clock.time)), ticker.listen(() => undefined)];
    expect(clock.running).to.equal(1);
    clock.pass(3000);
    expect(ticks.map((time) => Math.floor(time / 1000))).to.deep.equal([1001, 1002, 1003]);
    expect(Math.max(...ticks.map((time) => time % 1000))).to.be.below(20);
    stop.forEach((end) => end());
  });

  it('stops when nobody listens, and starts again', () => {
    const stop = ticker.listen(() => undefined);
    stop();
    stop();
    expect(clock.running).to.equal(0);
    let ticks = 0;
    ticker.listen(() => (ticks += 1));
    clock.pass(1000);
    expect(ticks).to.equal(1);
  });

  it('lets a listener leave while it ticks', () => {
    const stop = ticker.listen(() => stop());
    clock.pass(5000);
    expect([ticker.size, clock.running]).to.deep.equal([0, 0]);
  });
});

describe('ElapsedController', () => {
  beforeEach(() => {
    clock = new StillClock();
    ticker = new Ticker(clock);
  });

  it('draws every second while it runs', async () => {
    const element = await mount<ClockElement>(html`<clock-element></clock-element>`, fakeService());
    expect(shown(element)).to.equal('00:00:00');
    clock.pass(51_000);
    await element.updateComplete;
    expect(shown(element)).to.equal('00:00:51');
  });

  it('stands still when told, and while detached', async () => {
    const element = await mount<ClockElement>(html`<clock-element></clock-element>`, fakeService());
    element.running = false;
    element.requestUpdate();
    await element.updateComplete;
    expect(ticker.size).to.equal(0);
    element.running = true;
    element.requestUpdate();
    await element.updateComplete;
    expect(ticker.size).to.equal(1);
    element.remove();
    expect(ticker.size).to.equal(0);
    document.body.append(element);
    expect(ticker.size).to.equal(1);
    element.remove();
  });
});
