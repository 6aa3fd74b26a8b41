/** The search itself: every word of the query must be found in some field; the best hits come first. */
import type { PresenceState } from '../domain/presence.js';
import type { Target } from '../domain/target.js';
import { digitsOf, fold, rangeOf, wordsOf } from './normalise.js';
import type { MatchRange, SearchHit, SearchQuery, SearchResult } from './sources.js';

/** A field that can match, beside the name. */
type Field = NonNullable<SearchHit['matched']>['field'];

/** A target with what is searched in it. */
interface Entry {
  readonly target: Target;
  readonly name: string;
  /** Everything that is searched, folded, in one string. */
  readonly all: string;
  readonly digits: string;
}

/** What ranks a hit beside how well it matches. */
export interface Ranking {
  isFavorite(address: string): boolean;
  isCorporate(address: string): boolean;
  isRecent(address: string): boolean;
  stateOf(address: string): PresenceState;
}

/** Targets indexed before the page gets a breath. */
const SLICE = 1000;

function entryOf(target: Target): Entry {
  const { name, email = '', user = '', group = '', skills = [], numbers = [] } = target;
  const folded = fold(name);
  return {
    target,
    name: folded,
    all: [folded, fold(email), fold(user), fold(group), fold(skills.join(' '))].join('\n'),
    digits: numbers.map(({ number }) => digitsOf(number)).join(' '),
  };
}

/** Whether two words differ by at most one insertion, deletion, substitution or swap of neighbours; both have 4 letters and more. */
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [restA, restB] = [endA - start, endB - start];
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** Whether a typed word is, but for one slip, the beginning of one of the words in `all`. */
function nearlyIn(all: string, word: string): boolean {
  return all
    .split(/[\s@._-]+/)
    .some((candidate) => candidate.length >= 4 && [-1, 0, 1].some((more) => isNear(word, candidate.slice(0, word.length + more))));
}

/** 0 not at all; else the more the better: 5 whole name, 4 beginning of the name, 3 beginning of a word, 2 inside, 1 with a slip. */
function quality(entry: Entry, word: string, digits: string): number {
  if (entry.name === word) return 5;
  if (entry.name.startsWith(word)) return 4;
  const at = entry.all.indexOf(word);
  if (at >= 0) return at === 0 || /[\s@._-]/.test(entry.all[at - 1] ?? '') || entry.all.includes(` ${word}`) ? 3 : 2;
  return digits.length >= 2 && entry.digits.includes(digits) ? 3 : 0;
}

/** Targets in memory. */
export class TargetIndex {
  #entries: Entry[] = [];
  readonly #byAddress = new Map<string, Target>();

  /** How many there are. */
  get size(): number {
    return this.#entries.length;
  }

  /** Replaces everything, in slices, so that the page goes on between them. */
  async fill(targets: readonly Target[], breathe: () => Promise<void>): Promise<void> {
    const entries: Entry[] = [];
    for (let at = 0; at < targets.length; at += SLICE) {
      if (at) await breathe();
      for (const target of targets.slice(at, at + SLICE)) entries.push(entryOf(target));
    }
    this.#entries = entries;
    this.#byAddress.clear();
    for (const { target } of entries) this.#byAddress.set(target.address, target);
  }

  byAddress(address: string): Target | undefined {
    return this.#byAddress.get(address);
  }

  /** Finds. A second pass forgives one slip, only where the first found nothing. */
  search(query: SearchQuery, ranking: Ranking, among?: readonly Target[]): SearchResult {
    const words = wordsOf(query.text);
    const digits = words.map(digitsOf);
    const pool = (among ? among.map(entryOf) : this.#entries).filter(({ target }) => !query.types || query.types.includes(target.type));
    let found = scored(pool, words, (entry, word, at) => quality(entry, word, digits[at] ?? ''));
    if (!found.length && words.some((word) => word.length >= 4)) {
      found = scored(
        pool,
        words,
        (entry, word, at) => quality(entry, word, digits[at] ?? '') || (word.length >= 4 && nearlyIn(entry.all, word) ? 1 : 0),
      );
    }
    return { total: found.length, hits: best(found, ranking, query.limit ?? 10).map(({ entry }) => hitOf(entry, words, ranking)) };
  }
}

interface Scored {
  readonly entry: Entry;
  readonly score: number;
}

function scored(pool: readonly Entry[], words: readonly string[], judge: (entry: Entry, word: string, at: number) => number): Scored[] {
  const found: Scored[] = [];
  for (const entry of pool) {
    let score = 0;
    let misses = false;
    for (let at = 0; at < words.length && !misses; at += 1) {
      const one = judge(entry, words[at] ?? '', at);
      misses = one === 0;
      score += one;
    }
    if (!misses) found.push({ entry, score });
  }
  return found;
}

/** The best few, without sorting all: exact and prefix first, then favorites and recents, Ready, name. */
function best(found: readonly Scored[], ranking: Ranking, limit: number): Scored[] {
  const top = found.reduce((high, { score }) => Math.max(high, score), 0);
  const pool = found.length > 5000 ? found.filter(({ score }) => score >= top) : found;
  const rank = ({ entry: { target } }: Scored): number =>
    (ranking.isFavorite(target.address) ? 2 : 0) +
    (ranking.isRecent(target.address) ? 2 : 0) +
    (ranking.stateOf(target.address) === 'ready' ? 1 : 0);
  const ranked = (pool.length >= limit ? pool : found).map((one) => ({ one, rank: rank(one) }));
  ranked.sort((a, b) => b.one.score - a.one.score || b.rank - a.rank || (a.one.entry.name < b.one.entry.name ? -1 : 1));
  return ranked.slice(0, limit).map(({ one }) => one);
}

function ranges(text: string, words: readonly string[]): MatchRange[] {
  const all = words.flatMap((word) => {
    const range = rangeOf(text, word);
    return range ? [range] : [];
  });
  return all.sort((a, b) => a[0] - b[0]).filter((range, at, list) => at === 0 || range[0] >= (list[at - 1]?.[1] ?? 0));
}

function hitOf({ target }: Entry, words: readonly string[], ranking: Ranking): SearchHit {
  const nameMatches = ranges(target.name, words);
  const other = nameMatches.length ? undefined : otherMatch(target, words);
  return {
    target,
    nameMatches,
    favorite: ranking.isFavorite(target.address),
    corporate: ranking.isCorporate(target.address),
    recent: ranking.isRecent(target.address),
    ...(other ? { matched: other } : {}),
  };
}

/** The first other field that says why a target was found. */
function otherMatch(target: Target, words: readonly string[]): SearchHit['matched'] {
  const number = target.numbers?.find((one) =>
    words.some((word) => digitsOf(word).length >= 2 && digitsOf(one.number).includes(digitsOf(word))),
  );
  const fields: readonly (readonly [Field, string | undefined])[] = [
    ['email', target.email],
    ['user', target.user],
    ['skill', target.skills?.find((skill) => ranges(skill, words).length)],
    ['group', target.group],
  ];
  if (number) return { field: 'number', text: number.number, ranges: [] };
  for (const [field, text] of fields) {
    const found = text ? ranges(text, words) : [];
    if (text && found.length) return { field, text, ranges: found };
  }
  return undefined;
}
