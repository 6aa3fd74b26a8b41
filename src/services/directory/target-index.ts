/**
 * The search itself: every word of the query must be found in some field; the best come first. Two steps: the runs of letters and digits say
 * who matches, the texts of those say how well.
 */
import type { Target } from '../domain/target.js';
import { AddressTable } from './address-table.js';
import { clearBit, countBits, eachBit, exclude, intersect, isSet, noBits, setBit, type Bits } from './bitmaps.js';
import type { Breathe } from './breathe.js';
import { Content } from './content.js';
import { entryOf, judge, needlesOf, soughtOf, TIERS, type Entry, type Needles } from './entry.js';
import { matchesOf } from './hit.js';
import { hasNear, isForgiven } from './near-words.js';
import { wordsOf } from './normalise.js';
import { PLACE, type Place } from './runs.js';
import { LOOKED_AT, Tiers, type Candidate, type Found, type Ranking } from './ranking.js';
import { sortInSlices } from './sort-slices.js';
import type { SearchHit, SearchQuery, SearchResult } from './sources.js';
import { Shelf, type TargetPack } from './target-pack.js';

/** Texts that are read one by one; where more match, only the first of the best are read. */
const ONE_BY_ONE = 400;

/** Places that are gone through before the page gets its turn. */
const PIECE = 4096;

const NEAR = TIERS.indexOf('near');

/** Targets in memory. */
export class TargetIndex {
  #content = new Content(new Shelf([]), new Uint32Array(0));

  /** How many there are. */
  get size(): number {
    return this.#content.size;
  }

  /**
   * Replaces everything. Until it is done the old targets are found. Of two targets with one address the later stays.
   * @param breathe gives the page a turn where one is due; called every few targets
   * @param options `signal` ends it halfway, with nothing replaced; `without` is the address of one who is left out
   */
  async fill(packs: readonly TargetPack[], breathe: Breathe, options: { signal?: AbortSignal; without?: string } = {}): Promise<void> {
    const shelf = new Shelf(packs);
    const table = new AddressTable(shelf.end, (place) => shelf.address(place));
    const places = await merged(shelf, table, breathe, options);
    if (options.signal?.aborted) return;
    const sorted = await sortInSlices(places, (a, b) => shelf.compare(a, b), breathe);
    const content = new Content(shelf, sorted, table);
    if (await content.fill(breathe, options.signal)) this.#content = content;
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
    const [first, ...others] = needles.words;
    const bits = first === undefined ? content.pool(types) : content.having(first).slice();
    for (const word of others) intersect(bits, content.having(word));
    if (types) intersect(bits, content.pool(types));
    const total = countBits(bits);
    if (total > ONE_BY_ONE) {
      this.#collectSome(bits, total, needles, ranking, tiers);
      return;
    }
    this.#collect(bits, needles, tiers);
    const enough = tiers.count('exact') > 0 || total >= limit;
    if (!enough && needles.words.some(isForgiven)) this.#collectNear(content.pool(types), bits, needles, ranking, tiers);
  }

  #collect(bits: Bits, needles: Needles, tiers: Tiers): void {
    eachBit(bits, (id) => {
      this.#addTo(tiers, id, judge(this.#content.entry(id), needles));
      return true;
    });
  }

  #addTo(tiers: Tiers, id: number, tier: number): void {
    if (tier >= 0) tiers.add(new Shelved(this.#content, id), tier);
  }

  /** Of very many, all of whom match: the first hundreds of the best, and the favorites and recents among the rest. */
  #collectSome(bits: Bits, total: number, needles: Needles, ranking: Ranking, tiers: Tiers): void {
    const content = this.#content;
    const add = (id: number): void => {
      this.#addTo(tiers, id, judge(content.entry(id), needles));
    };
    this.#takePreferred(bits, ranking, add);
    for (const { whole, place, alone } of BEST_FIRST) {
      if (alone && needles.words.length > 1) continue;
      const part = allOf(bits, needles.words, (word) => content.beginning(word, whole, place));
      exclude(bits, part);
      addSome(part, add);
      if (tiers.total >= LOOKED_AT) break;
    }
    if (tiers.total < LOOKED_AT) addSome(bits, add);
    tiers.total = total;
  }

  /** Those who have every word, or one near to it, and lack at least one. @param exact those who lack none */
  #collectNear(pool: Bits, exact: Bits, needles: Needles, ranking: Ranking, tiers: Tiers): void {
    const content = this.#content;
    // The rarest first: soon there are few enough left to be read.
    const words = needles.words.map((word) => ({ word, count: countBits(content.having(word)) })).sort((a, b) => a.count - b.count);
    let left = countBits(pool);
    for (const { word } of words) {
      if (left <= ONE_BY_ONE) break;
      intersect(pool, content.near(word));
      left = countBits(pool);
    }
    exclude(pool, exact);
    if (left <= ONE_BY_ONE) {
      eachBit(pool, (id) => {
        if (isNear(content.entry(id), needles)) this.#addTo(tiers, id, NEAR);
        return true;
      });
      return;
    }
    const total = tiers.total + countBits(pool);
    const add = (id: number): void => {
      this.#addTo(tiers, id, NEAR);
    };
    this.#takePreferred(pool, ranking, add);
    addSome(pool, add);
    tiers.total = total;
  }

  /** Adds the favorites and recents among some, and takes them out. */
  #takePreferred(bits: Bits, ranking: Ranking, add: (id: number) => void): void {
    for (const address of ranking.preferred()) {
      const id = this.#content.idOf(address);
      if (id === undefined || !isSet(bits, id)) continue;
      add(id);
      clearBit(bits, id);
    }
  }
}

/** The places of all but `without`; of those with one address, the last. The table knows them then. */
async function merged(
  shelf: Shelf,
  table: AddressTable,
  breathe: Breathe,
  { signal, without }: { signal?: AbortSignal; without?: string },
): Promise<Uint32Array> {
  const gone = noBits(shelf.end);
  const places = new Uint32Array(shelf.end);
  let count = 0;
  for (const place of shelf.places()) {
    if ((place & 63) === 0) await breathe();
    if (signal?.aborted) break;
    const address = shelf.address(place);
    if (address === without) continue;
    const before = table.put(address, place);
    if (before >= 0) setBit(gone, before);
    places[count++] = place;
  }
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    if (at % PIECE === 0) await breathe();
    const place = places[at] ?? 0;
    if (!isSet(gone, place)) places[kept++] = place;
  }
  return places.subarray(0, kept);
}

/** A single word that is a whole field comes first, then words of a name, whole ones before beginnings. */
const BEST_FIRST: readonly { readonly whole: boolean; readonly place: Place; readonly alone?: true }[] = [
  { whole: true, place: PLACE.field, alone: true },
  { whole: true, place: PLACE.name },
  { whole: false, place: PLACE.name },
  { whole: true, place: PLACE.anywhere },
  { whole: false, place: PLACE.anywhere },
];

/** The first hundreds. */
function addSome(bits: Bits, add: (id: number) => void): void {
  let more = LOOKED_AT;
  eachBit(bits, (id) => {
    add(id);
    more -= 1;
    return more > 0;
  });
}

/** Of some, those that every word finds. */
function allOf(bits: Bits, words: readonly string[], find: (word: string) => Bits): Bits {
  const found = bits.slice();
  for (const word of words) intersect(found, find(word));
  return found;
}

/** A target of the directory; its fields are read where they are asked for. */
class Shelved implements Candidate {
  readonly #content: Content;
  readonly #id: number;

  constructor(content: Content, id: number) {
    this.#content = content;
    this.#id = id;
  }

  get address(): string {
    return this.#content.address(this.#id);
  }

  get target(): Target {
    return this.#content.target(this.#id);
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
    const candidate = { address: target.address, target };
    if (tier >= 0) tiers.add(candidate, tier);
    else if (isNear(entry, needles)) tiers.add(candidate, NEAR);
  }
}

function hitOf({ candidate: { target }, tier }: Found, { words }: Needles, ranking: Ranking): SearchHit {
  const { address } = target;
  return {
    target,
    ...matchesOf(target, words, tier === NEAR),
    favorite: ranking.isFavorite(address),
    corporate: ranking.isCorporate(address),
    recent: ranking.isRecent(address),
  };
}
