/**
 * Who leads: the tab that holds the lock. The browser gives it to the next in line when its holder is closed, crashes or is discarded; a holder
 * that is there and does not answer (frozen, or stuck) loses it to `steal`.
 *
 *     idle ── stand ──▶ waiting ── granted ──▶ leading ── stolen ──▶ idle
 *                          └──── refused ────▶ (no locks here: `onRefused`)
 */
import type { TabLocks } from '../environment.js';

/** What it needs. */
export interface LeadershipOptions {
  readonly locks: TabLocks;
  readonly name: string;
  /** This tab leads now. */
  onGained(): void;
  /** Another tab has taken it. */
  onStolen(): void;
  /** There are no locks to be had here. */
  onRefused(): void;
}

/** One stay in line, from standing to the end. */
interface Candidacy {
  state: 'waiting' | 'leading' | 'over';
  /** Leaves the line, or lets go. */
  end(): void;
}

/** See the head of the file. */
export class Leadership {
  readonly #options: LeadershipOptions;
  #candidacy: Candidacy | undefined;

  constructor(options: LeadershipOptions) {
    this.#options = options;
  }

  /** Gets in line. */
  stand(): void {
    this.#request(false);
  }

  /** Takes the lead from whoever has it. */
  steal(): void {
    this.#request(true);
  }

  /** Gives the lead, or the place in line, away. */
  leave(): void {
    this.#candidacy?.end();
    this.#candidacy = undefined;
  }

  #request(steal: boolean): void {
    this.leave();
    const waiting = new AbortController();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const candidacy: Candidacy = {
      state: 'waiting',
      end() {
        candidacy.state = 'over';
        waiting.abort();
        release();
      },
    };
    this.#candidacy = candidacy;
    const lead = (): Promise<void> | undefined => {
      if (candidacy.state === 'over') return undefined;
      candidacy.state = 'leading';
      this.#options.onGained();
      return held;
    };
    const { locks, name } = this.#options;
    try {
      locks.request(name, steal ? { steal } : { signal: waiting.signal }, lead).catch(() => this.#failed(candidacy));
    } catch {
      this.#failed(candidacy);
    }
  }

  #failed(candidacy: Candidacy): void {
    const { state } = candidacy;
    if (state === 'over') return;
    candidacy.state = 'over';
    this.#candidacy = undefined;
    if (state === 'leading') this.#options.onStolen();
    else this.#options.onRefused();
  }
}
