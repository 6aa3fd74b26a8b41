/** Ours and its peers behind one face: fill with targets, then search. Each is set up to do what is asked of ours, as far as it can. */
import uFuzzy from '@leeoniya/ufuzzy';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { breather } from '../../../src/services/directory/breathe.js';
import { fold } from '../../../src/services/directory/normalise.js';
import type { Ranking } from '../../../src/services/directory/ranking.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import { TargetPack } from '../../../src/services/directory/target-pack.js';
import type { Target } from '../../../src/services/index.js';

/** Finds: addresses, best first. */
export type Find = (text: string, limit: number) => readonly string[];

/** What filling gives; `longest` is the longest time (ms) for which it held the page up, `outside` bytes that no measure of the script's heap counts. */
export interface Filled {
  readonly find: Find;
  readonly longest: number;
  readonly outside?: number;
}

/** One engine. */
export interface Engine {
  readonly name: string;
  fill(targets: readonly Target[]): Promise<Filled>;
}

const NOBODY: Ranking = {
  isFavorite: () => false,
  isCorporate: () => false,
  isRecent: () => false,
  preferred: () => [],
  stateOf: () => 'unknown',
};

/** Bytes of the packed texts: they come from a decoder of the browser's, which keeps them. A letter beyond Latin-1 makes a whole text twice as wide. */
function outsideOf({ pages }: TargetPack): number {
  return pages
    .flatMap(({ records, texts }) => [records, texts])
    .reduce((sum, text) => sum + text.length * (/[^\0-\u00ff]/.test(text) ? 2 : 1), 0);
}

/** Filled as the directory fills it; `longest` is the longest time between two turns of the page. */
export async function ours(targets: readonly Target[]): Promise<Filled> {
  const index = new TargetIndex();
  const pack = new TargetPack();
  const breathe = breather();
  let since = performance.now();
  let longest = 0;
  const watched = (): Promise<void> | undefined => {
    longest = Math.max(longest, performance.now() - since);
    const turn = breathe()?.then(() => void (since = performance.now()));
    since = turn ? since : performance.now();
    return turn;
  };
  for (const [at, target] of targets.entries()) {
    pack.add(target);
    if ((at & 31) === 0) await watched();
  }
  await index.fill([pack.close()], watched);
  return {
    longest,
    outside: outsideOf(pack),
    find: (text, limit) => index.search({ text, limit }, NOBODY).hits.map(({ target }) => target.address),
  };
}

/** Filling in one go, timed. */
function inOneGo(make: (targets: readonly Target[]) => Find) {
  return (targets: readonly Target[]): Promise<Filled> => {
    const begun = performance.now();
    const find = make(targets);
    return Promise.resolve({ find, longest: performance.now() - begun });
  };
}

const digits = (text: string): string => text.replace(/\D/g, '');
const numbersOf = ({ numbers = [] }: Target): string => numbers.map(({ number }) => digits(number)).join(' ');

function miniSearch(targets: readonly Target[]): Find {
  const engine = new MiniSearch<Record<string, string>>({
    idField: 'address',
    fields: ['name', 'user', 'email', 'numbers', 'group', 'skills'],
    processTerm: (term) => fold(term),
    searchOptions: {
      prefix: true,
      fuzzy: (term) => (term.length >= 4 && !/\d/.test(term) ? 1 : false),
      combineWith: 'AND',
      boost: { name: 3 },
    },
  });
  engine.addAll(
    targets.map((one) => ({
      address: one.address,
      name: one.name,
      user: one.user ?? '',
      email: one.email ?? '',
      numbers: numbersOf(one),
      group: one.group ?? '',
      skills: (one.skills ?? []).join(' '),
    })),
  );
  return (text, limit) =>
    engine
      .search(text)
      .slice(0, limit)
      .map(({ id }) => String(id));
}

/** uFuzzy with one slip a word, and words in any order. */
function microFuzzy(targets: readonly Target[]): Find {
  const lines = targets.map((one) =>
    fold(`${one.name} ${one.user} ${one.email} ${numbersOf(one)} ${one.group} ${(one.skills ?? []).join(' ')}`),
  );
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- 1 is IntraMode.SingleError, an enum of types only
  const oneSlip = { intraMode: 1 } as uFuzzy.Options;
  const engine = new uFuzzy({ ...oneSlip, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 });
  return (text, limit) => {
    const [ids, , order] = engine.search(lines, fold(text), 5);
    const best = ids ? (order?.map((at) => ids[at]) ?? ids) : [];
    return best.slice(0, limit).map((id) => targets[id ?? -1]?.address ?? '');
  };
}

/** Fuse, which looks at every field of every target at every query. */
function fuse(targets: readonly Target[]): Find {
  const records = targets.map((one) => ({ ...one, digits: numbersOf(one) }));
  const engine = new Fuse(records, {
    keys: ['name', 'user', 'email', 'digits', 'group', 'skills'],
    threshold: 0.2,
    ignoreLocation: true,
    ignoreDiacritics: true,
    useExtendedSearch: true,
  });
  return (text, limit) => engine.search(text, { limit }).map(({ item }) => item.address);
}

/** All of them, ours first. */
export const ENGINES: readonly Engine[] = [
  { name: 'ours', fill: ours },
  { name: 'MiniSearch', fill: inOneGo(miniSearch) },
  { name: 'uFuzzy', fill: inOneGo(microFuzzy) },
  { name: 'Fuse', fill: inOneGo(fuse) },
];
