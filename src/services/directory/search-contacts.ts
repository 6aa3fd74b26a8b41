/** Contacts (customers) are the host's: it is asked for them as the agent types. */
import type { Target } from '../domain/target.js';
import type { Environment } from '../environment.js';
import { ServiceError } from '../service-error.js';
import { askHost, readFound } from './ask-host.js';
import type { ContactSource } from './sources.js';

/** What is asked, and what is told of. */
export interface ContactQuery {
  readonly text: string;
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Told of contacts that are left out because their record is wrong. */
  onError(error: ServiceError): void;
}

/** The host's contacts. */
export interface FoundContacts {
  readonly contacts: readonly Target[];
  /** All that match, as the host says; at least those that it gave. */
  readonly total: number;
}

function readAnswer(answer: unknown, onError: (error: ServiceError) => void): FoundContacts {
  const { contacts, total } = (typeof answer === 'object' && answer !== null ? answer : {}) as { contacts?: unknown; total?: unknown };
  if (!Array.isArray(contacts)) throw new ServiceError('directory', 'The contact source must answer {contacts: […], total?: number}.');
  const found = readFound(contacts, total, 'contacts', onError, 'contact');
  return { contacts: found.targets, total: found.total };
}

/**
 * Asks for contacts once typing rests.
 * @returns nobody where the signal ended it, however late the host answers
 * @throws ServiceError `directory`, `timeout`
 */
export async function searchContacts(source: ContactSource, environment: Environment, query: ContactQuery): Promise<FoundContacts> {
  const { text, limit, signal, onError } = query;
  const found = await askHost(environment, {
    signal,
    name: 'contact source',
    ask: async (both, answered) => readAnswer(await answered(source({ text, limit, signal: both })), onError),
  });
  return found ?? { contacts: [], total: 0 };
}
