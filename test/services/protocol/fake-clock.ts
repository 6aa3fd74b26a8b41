/** A clock that stands until it is moved. */
import type { Environment, KeyValueStorage } from '../../../src/services/environment.js';

/** Lets every promise that can go on go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

/** A clock for tests. */
export class FakeClock {
  #now = 1_700_000_000_000;
  #timers = new Map<number, { at: number; run: () => void }>();
  #count = 0;
  wake: () => void = () => undefined;

  /** The platform as tests see it. */
  environment(tabStorage?: KeyValueStorage): Environment {
    return {
      now: () => this.#now,
      setTimeout: (run, ms) => {
        this.#count += 1;
        this.#timers.set(this.#count, { at: this.#now + ms, run });
        return this.#count;
      },
      clearTimeout: (handle) => void this.#timers.delete(handle as number),
      randomId: () => crypto.randomUUID(),
      random: () => 0,
      openSocket: () => {
        throw new Error('No sockets here.');
      },
      onWake: (listener) => {
        this.wake = listener;
      },
      ...(tabStorage ? { tabStorage } : {}),
    };
  }

  get now(): number {
    return this.#now;
  }

  get timers(): number {
    return this.#timers.size;
  }

  /** Moves on, timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const [id, timer] = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (id === undefined || !timer) break;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, timer.at);
      timer.run();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  /** The machine sleeps: time goes, no timer runs. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}
