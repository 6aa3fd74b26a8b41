/** What the communicator lists: active consultations, matching internal targets, contacts, and what was typed. */
import type { Directory, ImSession, Preferences, SearchHit, SearchResult, Target, TargetType } from '../../services/index.js';
import { typedTarget } from './actions.js';

/** What is chosen in the filters. */
export interface Filter {
  readonly scope: 'all' | 'favorites' | 'recents';
  readonly type: TargetType | '';
}

/** One row. */
export interface ResultRow {
  readonly group: 'consultations' | 'internal' | 'typed';
  readonly hit: SearchHit;
}

/** Everything that is listed. */
export interface Results {
  readonly rows: readonly ResultRow[];
  readonly total: number;
  /** Whether anything was asked for: an empty box lists nothing but favorites, recents and consultations. */
  readonly asked: boolean;
}

function plainHit(target: Target): SearchHit {
  return { target, nameMatches: [], favorite: false, corporate: false, recent: false };
}

/** Partners of the interaction's running consultations. */
function consultationRows(consultations: readonly ImSession[], query: string, filter: Filter): ResultRow[] {
  if (query || filter.scope !== 'all' || filter.type) return [];
  return consultations.map(({ peer }) => ({ group: 'consultations' as const, hit: plainHit({ type: 'agent', ...peer }) }));
}

/** Lists. @param limit rows of internal targets at most */
export function resultsFor(
  { directory }: { directory: Directory; preferences: Preferences },
  query: string,
  filter: Filter,
  limit: number,
  consultations: readonly ImSession[],
): Results {
  const asked = query !== '' || filter.scope !== 'all' || filter.type !== '';
  const found: SearchResult = asked
    ? directory.search({ text: query, limit, scope: filter.scope, ...(filter.type ? { types: [filter.type] } : {}) })
    : { hits: [], total: 0 };
  const typed = typedTarget(query.trim());
  const unknown = typed && !found.hits.some(({ target }) => target.address === typed.address) ? [typed] : [];
  return {
    asked,
    total: found.total,
    rows: [
      ...consultationRows(consultations, query, filter),
      ...found.hits.map((hit) => ({ group: 'internal' as const, hit })),
      ...unknown.map((target) => ({ group: 'typed' as const, hit: plainHit(target) })),
    ],
  };
}
