/** A directory that is too large, or too secret, to be in the page: the host is asked as the agent types, a page of answers at a time. */
import type { Target } from '../domain/target.js';
import type { Environment } from '../environment.js';
import { ServiceError } from '../service-error.js';
import { askHost, readFound, type FoundRecords } from './ask-host.js';
import type { DirectorySearch } from './sources.js';

/** Pages that are asked for at most, however few targets each has. */
const MAX_PAGES = 20;

/** What is asked, and what is told of. */
export interface HostQuery {
  readonly text: string;
  readonly types?: readonly Target['type'][];
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Told of records that are left out because they are wrong. */
  onError(error: ServiceError): void;
}

interface Page {
  readonly targets: readonly unknown[];
  readonly total?: unknown;
  readonly cursor?: string;
}

function readPage(answer: unknown): Page {
  const page = (typeof answer === 'object' && answer !== null ? answer : {}) as { targets?: unknown; cursor?: unknown };
  const { targets, cursor } = page;
  if (Array.isArray(targets) && (cursor === undefined || typeof cursor === 'string')) return page as Page;
  throw new ServiceError('directory', "The directory search must answer {targets: […], total?: number, cursor?: '…'}.");
}

/**
 * Asks for targets once typing rests, page after page until there are enough.
 * @returns nobody where the signal ended it
 * @throws ServiceError `directory`, `timeout`
 */
export async function searchTargets(source: DirectorySearch, environment: Environment, query: HostQuery): Promise<FoundRecords> {
  const { text, types, limit, signal, onError } = query;
  const found = await askHost(environment, {
    signal,
    name: 'directory search',
    ask: async (both, answered) => {
      const records: unknown[] = [];
      let total: unknown;
      let cursor: string | undefined;
      for (let count = 0; count < MAX_PAGES; count += 1) {
        const request = {
          text,
          limit: limit - records.length,
          signal: both,
          ...(types ? { types } : {}),
          ...(cursor === undefined ? {} : { cursor }),
        };
        const page = readPage(await answered(source(request)));
        records.push(...page.targets);
        total = page.total ?? total;
        cursor = page.cursor;
        if (cursor === undefined || records.length >= limit || both.aborted) break;
      }
      return readFound(records, total, 'directory', onError);
    },
  });
  return found ?? { targets: [], total: 0 };
}
