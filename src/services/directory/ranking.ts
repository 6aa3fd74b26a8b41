/** In which order what was found is shown: by how well it matches, then favorites and recents, then who is Ready, then by name. */
import type { PresenceState } from '../domain/presence.js';
import type { Target } from '../domain/target.js';
import { TIERS } from './entry.js';

/** What ranks a hit beside how well it matches. */
export interface Ranking {
  isFavorite(address: string): boolean;
  isCorporate(address: string): boolean;
  isRecent(address: string): boolean;
  stateOf(address: string): PresenceState;
  /** Addresses of favorites and recents. */
  preferred(): Iterable<string>;
}

/** Of one tier, so many are looked at for favorites and for who is Ready; beyond that the order is that of names. */
export const LOOKED_AT = 200;

/** Whoever matches. */
export interface Candidate {
  readonly address: string;
  readonly target: Target;
}

/** One of the best, with its tier. */
export interface Found {
  readonly candidate: Candidate;
  readonly tier: number;
}

/** What was found, by tier, each in the order of names. */
export class Tiers {
  /** All that match, also those that are not kept. */
  total = 0;
  readonly #ranking: Ranking;
  readonly #lists: Candidate[][] = TIERS.map(() => []);

  constructor(ranking: Ranking) {
    this.#ranking = ranking;
  }

  /** How many of the given tiers are kept. */
  count(...names: readonly (typeof TIERS)[number][]): number {
    return names.reduce((sum, name) => sum + (this.#lists[TIERS.indexOf(name)]?.length ?? 0), 0);
  }

  /** Counts, and keeps: beyond the first hundreds of a tier only favorites and recents. */
  add(candidate: Candidate, tier: number): void {
    this.total += 1;
    const list = this.#lists[tier];
    if (list && (list.length < LOOKED_AT || this.#isPreferred(candidate.address))) list.push(candidate);
  }

  /** The best few. */
  best(limit: number): Found[] {
    const best: Found[] = [];
    this.#lists.forEach((list, tier) => {
      if (best.length >= limit) return;
      const ordered = list.map((candidate) => ({ candidate, rank: this.#rankOf(candidate.address) })).sort((a, b) => b.rank - a.rank);
      best.push(...ordered.slice(0, limit - best.length).map(({ candidate }) => ({ candidate, tier })));
    });
    return best;
  }

  #isPreferred(address: string): boolean {
    return this.#ranking.isFavorite(address) || this.#ranking.isRecent(address);
  }

  #rankOf(address: string): number {
    return (this.#isPreferred(address) ? 2 : 0) + (this.#ranking.stateOf(address) === 'ready' ? 1 : 0);
  }
}
