/** A directory for tests: targets made from a few words, and a ranking of which any part can be set. */
import { createPreferences } from '../../../src/services/directory/preferences.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import { TargetPack } from '../../../src/services/directory/target-pack.js';
import type { Ranking } from '../../../src/services/directory/ranking.js';
import type { Preferences, SearchQuery, SearchResult, Target } from '../../../src/services/index.js';

/** An agent; the address comes from the name. */
export function agent(name: string, more: Partial<Target> = {}): Target {
  const user = name.toLowerCase().replace(/[^a-z]+/g, '-');
  return { type: 'agent', address: `sip:${user}@deskside.test`, name, ...more };
}

/** Nobody is preferred, nobody's presence is known. */
export const PLAIN: Ranking = {
  isFavorite: () => false,
  isCorporate: () => false,
  isRecent: () => false,
  preferred: () => [],
  stateOf: () => 'unknown',
};

/** Searches among targets. */
export type Search = (text: string, more?: Partial<SearchQuery>) => SearchResult;

/** An index over targets, filled without ever giving the page a turn. */
export async function searchOver(targets: readonly Target[], ranking: Partial<Ranking> = {}): Promise<Search> {
  const index = new TargetIndex();
  await index.fill([TargetPack.of(targets)], () => undefined);
  return (text, more) => index.search({ text, ...more }, { ...PLAIN, ...ranking });
}

/** The names that were found, best first. */
export function names({ hits }: SearchResult): string[] {
  return hits.map(({ target }) => target.name);
}

/** The found name with what matched in brackets. */
export function marked(result: SearchResult, at = 0): string {
  const hit = result.hits[at];
  let text = hit?.target.name ?? '';
  for (const [start, end] of [...(hit?.nameMatches ?? [])].reverse()) {
    text = `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
  }
  return text;
}

const NO_STORE = { load: () => null, save: () => undefined };

/** Preferences without anything in them. */
export function memoryPreferences(): Preferences {
  return createPreferences({
    store: () => NO_STORE,
    account: () => 'sip:kate@deskside.test',
    onChange: () => undefined,
    onError: () => undefined,
  });
}
