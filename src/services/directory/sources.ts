/** Where targets come from: inline JSON, a URL, or a function of the host. Contacts come from a function only. */
import type { Target } from '../domain/target.js';

/** One page of a host's directory. */
export interface DirectoryPage {
  readonly targets: readonly unknown[];
  /** Absent on the last page. */
  readonly cursor?: string;
}

/** Inline targets, or a function that fetches them page by page. Records are validated; a bad one is reported by name and left out. */
export type DirectorySource = readonly unknown[] | ((request: { cursor?: string; signal: AbortSignal }) => Promise<DirectoryPage>);

/** Finds contacts (customers) as the agent types. Debounced; an answer that comes too late is dropped. */
export type ContactSource = (request: {
  text: string;
  limit: number;
  signal: AbortSignal;
}) => Promise<{ contacts: readonly unknown[]; total?: number }>;

/**
 * Finds targets of a directory that is not in the page, as the agent types: a page at a time, the last one without `cursor`. Debounced; an
 * answer that comes too late is dropped. What it finds is listed after what the page has itself.
 */
export type DirectorySearch = (request: {
  text: string;
  /** Only these; all where absent. */
  types?: readonly Target['type'][];
  limit: number;
  cursor?: string;
  signal: AbortSignal;
}) => Promise<{ targets: readonly unknown[]; total?: number; cursor?: string }>;

/** What to search for. */
export interface SearchQuery {
  readonly text: string;
  /** Only these types; all where absent. */
  readonly types?: readonly Target['type'][];
  readonly scope?: 'all' | 'favorites' | 'recents';
  /** Hits returned at most. Default 10. */
  readonly limit?: number;
}

/** A stretch of a field's text that matched: [start, end) in UTF-16 code units. */
export type MatchRange = readonly [start: number, end: number];

/** One found target. */
export interface SearchHit {
  readonly target: Target;
  /** Matches in the name, for marking. */
  readonly nameMatches: readonly MatchRange[];
  /** Another field that matched, where the name did not, for showing why. */
  readonly matched?: {
    readonly field: 'email' | 'number' | 'user' | 'skill' | 'group';
    readonly text: string;
    readonly ranges: readonly MatchRange[];
  };
  readonly favorite: boolean;
  readonly corporate: boolean;
  readonly recent: boolean;
}

/** What was found. */
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** All matching targets, also those beyond the limit. */
  readonly total: number;
}

/** The searchable directory of one service. */
export interface Directory {
  /** Searches what is in memory, synchronously (5 ms for 100,000 targets). */
  search(query: SearchQuery): SearchResult;
  /** Asks the host for contacts. @throws ServiceError `directory` */
  searchContacts(query: SearchQuery, options: { signal: AbortSignal }): Promise<SearchResult>;
  /** Asks the host for targets that are not in memory. @throws ServiceError `directory`, `timeout` */
  searchTargets(query: SearchQuery, options: { signal: AbortSignal }): Promise<SearchResult>;
  /** Whether there is a host to ask for targets. */
  readonly hasSearch: boolean;
  /** Whether there is a source of contacts. */
  readonly hasContacts: boolean;
  /** The target with this address. */
  byAddress(address: string): Target | undefined;
  /** Reads the sources again (a URL with its ETag). */
  refresh(): Promise<void>;
}
