/** What the communicator lists: active consultations, matching internal targets, contacts, and what was typed. */
import {
  TARGET_TYPES,
  type ChannelName,
  type Favorite,
  type Party,
  type SearchHit,
  type SearchResult,
  type SipService,
  type Target,
  type TargetType,
} from '../../services/index.js';
import { typedTarget } from './actions.js';

/** What is chosen in the filters. */
export interface Filter {
  readonly scope: 'all' | 'favorites' | 'recents';
  readonly type: TargetType | '';
}

/** A running consultation of the interaction that the communicator is opened for. */
export interface ActiveConsultation {
  readonly peer: Party;
  readonly channels: readonly ChannelName[];
}

/** Kinds of rows, in order. */
export type ResultGroup = 'consultations' | 'internal' | 'contacts' | 'typed';

/** One row. */
export interface ResultRow {
  readonly group: ResultGroup;
  readonly hit: SearchHit;
  /** On what a consultation runs. */
  readonly channels?: readonly ChannelName[];
  /** Heading above the rows that it belongs to: a target type, or a favorite's category; undefined where the list is flat. */
  readonly part?: { readonly type: TargetType } | { readonly category: string; readonly corporate: boolean };
}

/** Everything that is listed. */
export interface Results {
  readonly rows: readonly ResultRow[];
  /** Internal targets that match, shown or not. */
  readonly total: number;
  /** Contacts that match, shown or not. */
  readonly contacts: number;
  /** Whether anything was asked for: an empty box lists nothing but consultations. */
  readonly asked: boolean;
}

/** Nothing. */
export const NO_RESULTS: Results = { rows: [], total: 0, contacts: 0, asked: false };

/** What is asked for. */
export interface ResultsQuery {
  readonly text: string;
  readonly filter: Filter;
  /** Rows of internal targets, and of contacts, at most. */
  readonly limit: number;
  readonly grouped: boolean;
  readonly consultations: readonly ActiveConsultation[];
  /** Targets that are not in the page, as the host found them; undefined where it was not asked, or has not answered. */
  readonly elsewhere: SearchResult | undefined;
  /** Contacts that the host found; undefined where it was not asked, or has not answered. */
  readonly contacts: SearchResult | undefined;
}

function plainHit(target: Target): SearchHit {
  return { target, nameMatches: [], favorite: false, corporate: false, recent: false };
}

/** Partners of the interaction's running consultations: gone once the agent types or presses a filter. */
function consultationRows({ consultations, text, filter }: ResultsQuery): ResultRow[] {
  if (text || filter.scope !== 'all' || filter.type) return [];
  return consultations.map(({ peer, channels }) => ({
    group: 'consultations' as const,
    channels,
    hit: plainHit({ type: 'agent', ...peer }),
  }));
}

/** The heading that a row belongs under: favorites have categories, all others types. */
function partOf(hit: SearchHit, scope: Filter['scope'], favorites: ReadonlyMap<string, Favorite>): NonNullable<ResultRow['part']> {
  const favorite = scope === 'favorites' ? favorites.get(hit.target.address) : undefined;
  return favorite ? { category: favorite.category, corporate: favorite.corporate } : { type: hit.target.type };
}

const orderOf = (part: ResultRow['part']): string => {
  if (!part) return '';
  if ('type' in part) return String(TARGET_TYPES.indexOf(part.type));
  // Corporate ones last, and those without a category last of each.
  return `${part.corporate ? 1 : 0}${part.category ? 0 : 1}${part.category}`;
};

/** Internal targets, under headings where they are wanted, favorites where there are categories; the order within each stays that of the search. */
function internalRows(hits: readonly SearchHit[], { grouped, filter }: ResultsQuery, favorites: readonly Favorite[]): ResultRow[] {
  const rows = hits.map((hit) => ({ group: 'internal' as const, hit }));
  const byAddress = new Map(favorites.map((one) => [one.target.address, one]));
  const headed = filter.scope === 'favorites' ? hits.some(({ target }) => byAddress.get(target.address)?.category) : grouped;
  if (!headed) return rows;
  return rows
    .map((row) => ({ ...row, part: partOf(row.hit, filter.scope, byAddress) }))
    .sort((a, b) => orderOf(a.part).localeCompare(orderOf(b.part)));
}

/** What the page has itself comes first; of who is in both, the page's own record counts. */
function joined(own: SearchResult, elsewhere: SearchResult | undefined, limit: number): SearchResult {
  if (!elsewhere) return own;
  const known = new Set(own.hits.map(({ target }) => target.address));
  const others = elsewhere.hits.filter(({ target }) => !known.has(target.address));
  return { hits: [...own.hits, ...others].slice(0, limit), total: own.total + elsewhere.total - (elsewhere.hits.length - others.length) };
}

/** Lists. */
export function resultsFor({ directory, preferences, calls }: SipService, query: ResultsQuery): Results {
  const { text, filter, limit, contacts } = query;
  const asked = text !== '' || filter.scope !== 'all' || filter.type !== '';
  const internal = asked && !(filter.scope === 'all' && filter.type === 'contact');
  const own: SearchResult = internal
    ? directory.search({ text, limit, scope: filter.scope, ...(filter.type ? { types: [filter.type] } : {}) })
    : { hits: [], total: 0 };
  const found = joined(own, query.elsewhere, limit);
  const typed = filter.scope === 'all' ? typedTarget(text.trim(), calls.available) : undefined;
  const known = [...found.hits, ...(contacts?.hits ?? [])].some(({ target }) => target.address === typed?.address);
  return {
    asked,
    total: found.total,
    contacts: contacts?.total ?? 0,
    rows: [
      ...consultationRows(query),
      ...internalRows(found.hits, query, preferences.favorites()),
      ...(contacts?.hits ?? []).map((hit) => ({ group: 'contacts' as const, hit })),
      ...(typed && !known ? [{ group: 'typed' as const, hit: plainHit(typed) }] : []),
    ],
  };
}
