/**
 * The search itself: every word of the query must be found in some field; the best come first. Two steps: the pairs of letters say who may
 * match at all, the texts of those say who does and how well.
 */
import type { Target } from '../domain/target.js';
import { clearBit, countBits, eachBit, exclude, intersect, isSet, unite, type Bits } from './bitmaps.js';
import type { Breathe } from './breathe.js';
import { Content } from './content.js';
import { entryOf, judge, needlesOf, soughtOf, TIERS, type Entry, type Needles } from './entry.js';
import { matchesOf } from './hit.js';
import { hasNear, isForgiven } from './near-words.js';
import { wordsOf } from './normalise.js';
import { LOOKED_AT, Tiers, type Found, type Ranking } from './ranking.js';
import { sortInSlices } from './sort-slices.js';
import type { SearchHit, SearchQuery, SearchResult } from './sources.js';

/** Texts that are read one by one; where more may match, all are read page by page instead. */
const ONE_BY_ONE = 4000;

/** Texts that are sooner read one by one than by way of the list of all words. */
const FEW = 200;

const NEAR = TIERS.indexOf('near');

/** Targets in memory. */
export class TargetIndex {
  #content = new Content(0);

  /** How many there are. */
  get size(): number {
    return this.#content.texts.size;
  }

  /**
   * Replaces everything. Until it is done the old targets are found.
   * @param breathe gives the page a turn where one is due; called every few targets
   * @param signal ends it halfway, with nothing replaced
   */
  async fill(targets: readonly Target[], breathe: Breathe, signal?: AbortSignal): Promise<void> {
    const entries: Entry[] = [];
    for (const target of targets) {
      entries.push(entryOf(target));
      if ((entries.length & 31) === 0) await breathe();
      if (signal?.aborted) return;
    }
    const sorted = await sortInSlices(entries, (a, b) => a.text < b.text, breathe);
    const content = new Content(sorted.length);
    for (const entry of sorted) {
      content.add(entry);
      if ((content.texts.size & 31) === 0) await breathe();
      if (signal?.aborted) return;
    }
    this.#content = content;
  }

  /** The target with this address. */
  byAddress(address: string): Target | undefined {
    return this.#content.byAddress(address);
  }

  /** Finds, in the whole list or `among` these. Slips are forgiven where what was typed does not fill the list by itself. */
  search(query: SearchQuery, ranking: Ranking, among?: readonly Target[]): SearchResult {
    const needles = needlesOf(wordsOf(query.text));
    // Text without a letter or digit finds nothing; no text at all finds everyone.
    if (!needles.words.length && query.text.trim()) return { hits: [], total: 0 };
    const limit = query.limit ?? 10;
    const tiers = new Tiers(ranking);
    if (among) searchList(among, query, needles, tiers);
    else this.#searchAll(query, needles, limit, ranking, tiers);
    return { total: tiers.total, hits: tiers.best(limit).map((one) => hitOf(one, needles, ranking)) };
  }

  #searchAll({ types }: SearchQuery, needles: Needles, limit: number, ranking: Ranking, tiers: Tiers): void {
    const content = this.#content;
    const pool = content.pool(types);
    const bits = pool.slice();
    for (const word of needles.words) intersect(bits, content.mayHave(word));
    if (countBits(bits) > ONE_BY_ONE) {
      for (const word of needles.words) if (!content.isSure(word)) intersect(bits, content.having(word));
      if (countBits(bits) > ONE_BY_ONE) {
        this.#collectSome(bits, needles, ranking, tiers);
        return;
      }
    }
    this.#collect(bits, needles, tiers);
    const enough = tiers.count('exact') > 0 || tiers.count('name', 'field') >= limit;
    if (!enough && needles.words.some(isForgiven)) this.#collectNear(pool, needles, tiers);
  }

  #collect(bits: Bits, needles: Needles, tiers: Tiers): void {
    eachBit(bits, (id) => {
      const entry = this.#content.texts.entry(id);
      const tier = entry ? judge(entry, needles) : -1;
      if (entry && tier >= 0) tiers.add(entry, tier);
      return true;
    });
  }

  /** Of very many, all of whom match: those by name first, the first hundreds, and the favorites and recents among the rest. */
  #collectSome(bits: Bits, needles: Needles, ranking: Ranking, tiers: Tiers): void {
    const content = this.#content;
    const { texts } = content;
    const total = countBits(bits);
    const add = (id: number): void => {
      const entry = texts.entry(id);
      if (entry) tiers.add(entry, judge(entry, needles));
    };
    for (const address of ranking.preferred()) {
      const id = content.idOf(address);
      if (id === undefined || !isSet(bits, id)) continue;
      add(id);
      clearBit(bits, id);
    }
    const named = bits.slice();
    for (const word of needles.words) intersect(named, content.nameMayHave(word));
    exclude(bits, named);
    for (const part of [named, bits]) {
      eachBit(part, (id) => {
        if (tiers.total < LOOKED_AT) add(id);
        return tiers.total < LOOKED_AT;
      });
    }
    tiers.total = total;
  }

  /** Those who have every word, or one near to it, and lack at least one. */
  #collectNear(pool: Bits, needles: Needles, tiers: Tiers): void {
    const content = this.#content;
    for (const word of needles.words) if (!isForgiven(word)) intersect(pool, content.mayHave(word));
    const few = countBits(pool) <= FEW;
    const wanted = needles.words.map((word) => {
      const near = few ? undefined : content.near.collect(word, content.pool([]));
      if (near) intersect(pool, unite(content.mayHave(word), near));
      const sought = soughtOf(word);
      return ({ text }: Entry, id: number): boolean => text.includes(sought) || (near ? isSet(near, id) : hasNear(text, word));
    });
    eachBit(pool, (id) => {
      const entry = content.texts.entry(id);
      if (entry && wanted.every((has) => has(entry, id)) && judge(entry, needles) < 0) tiers.add(entry, NEAR);
      return true;
    });
  }
}

/** Whether a target has every word, or one near to it. */
function isNear({ text }: Entry, { words }: Needles): boolean {
  return words.every((word) => text.includes(soughtOf(word)) || hasNear(text, word));
}

/** Searches a short list that is not the directory's. */
function searchList(among: readonly Target[], { types }: SearchQuery, needles: Needles, tiers: Tiers): void {
  for (const target of among) {
    if (types && !types.includes(target.type)) continue;
    const entry = entryOf(target);
    const tier = judge(entry, needles);
    if (tier >= 0) tiers.add(entry, tier);
    else if (isNear(entry, needles)) tiers.add(entry, NEAR);
  }
}

function hitOf({ entry: { target }, tier }: Found, { words }: Needles, ranking: Ranking): SearchHit {
  const { address } = target;
  return {
    target,
    ...matchesOf(target, words, tier === NEAR),
    favorite: ranking.isFavorite(address),
    corporate: ranking.isCorporate(address),
    recent: ranking.isRecent(address),
  };
}
