/** Contacts are asked of the host as the agent types: not at every key, and an answer that comes too late is dropped. */
import { isOver } from './breathe.js';
import { readTarget } from './read-target.js';
import type { Target } from '../domain/target.js';
import type { Environment } from '../environment.js';
import { isServiceError, ServiceError } from '../service-error.js';
import type { ContactSource } from './sources.js';

/** Ms that typing rests before the host is asked. */
const REST = 200;

/** Seconds that the host has for its answer. */
const LIMIT = 15;

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

const NOBODY: FoundContacts = { contacts: [], total: 0 };

/** Waits; false where the signal ended it. */
function rest(environment: Environment, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = environment.setTimeout(() => resolve(!isOver(signal)), ms);
    signal.addEventListener(
      'abort',
      () => {
        environment.clearTimeout(timer);
        resolve(false);
      },
      { once: true },
    );
  });
}

async function late(environment: Environment, signal: AbortSignal): Promise<undefined> {
  if (!(await rest(environment, LIMIT * 1000, signal))) return undefined;
  throw new ServiceError('timeout', `The contact source did not answer within ${LIMIT} seconds.`);
}

function readAnswer(answer: unknown, onError: (error: ServiceError) => void): FoundContacts {
  const { contacts, total } = (typeof answer === 'object' && answer !== null ? answer : {}) as { contacts?: unknown; total?: unknown };
  if (!Array.isArray(contacts)) throw new ServiceError('directory', 'The contact source must answer {contacts: […], total?: number}.');
  const good = contacts.flatMap((record: unknown, at): Target[] => {
    try {
      return [readTarget({ ...(record as object | null), type: 'contact' }, at, 'contacts')];
    } catch (error) {
      if (isServiceError(error)) onError(error);
      return [];
    }
  });
  return { contacts: good, total: Math.max(good.length, typeof total === 'number' && Number.isSafeInteger(total) ? total : 0) };
}

/**
 * Asks for contacts once typing rests.
 * @returns nobody where the signal ended it, however late the host answers
 * @throws ServiceError `directory`, `timeout`
 */
export async function searchContacts(source: ContactSource, environment: Environment, query: ContactQuery): Promise<FoundContacts> {
  const { text, limit, signal, onError } = query;
  if (isOver(signal) || !(await rest(environment, REST, signal))) return NOBODY;
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  try {
    const answer = await Promise.race([source({ text, limit, signal: both }), late(environment, both)]);
    return isOver(signal) ? NOBODY : readAnswer(answer, onError);
  } catch (cause) {
    if (isOver(signal)) return NOBODY;
    throw isServiceError(cause) ? cause : new ServiceError('directory', 'The contact source failed. Check its own error.', { cause });
  } finally {
    over.abort();
  }
}
