/** The host is asked as the agent types: not at every key, not for ever, and an answer that comes too late is dropped. */
import type { Target } from '../domain/target.js';
import type { Environment } from '../environment.js';
import { isServiceError, ServiceError } from '../service-error.js';
import { isOver } from './breathe.js';
import { readTarget } from './read-target.js';
import { within } from './within.js';

/** Ms that typing rests before the host is asked. */
const REST = 200;

/** Seconds that the host has for each answer. */
const LIMIT = 15;

/** Waits; false where the signal ended it. */
function rest(environment: Environment, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = environment.setTimeout(() => resolve(!isOver(signal)), REST);
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

/** Settles when a signal ends. */
function ended(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What is asked. */
export interface Question<T> {
  readonly signal: AbortSignal;
  /** What the host's function is called in errors: "contact source". */
  readonly name: string;
  /** Asks with a signal that also ends when time is up; `answered` limits the time of each answer that it waits for. */
  ask(signal: AbortSignal, answered: <A>(answer: Promise<A>) => Promise<A>): Promise<T>;
}

/**
 * Asks once typing rests.
 * @returns undefined where the signal ended it, however late the host answers
 * @throws ServiceError `directory`, `timeout`
 */
export async function askHost<T>(environment: Environment, { signal, name, ask }: Question<T>): Promise<T | undefined> {
  if (isOver(signal) || !(await rest(environment, signal))) return undefined;
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  try {
    const asked = ask(both, (answer) => within(environment, LIMIT, answer, `The ${name} did not answer`));
    const answer = await Promise.race([asked, ended(both)]);
    return isOver(signal) ? undefined : answer;
  } catch (cause) {
    if (isOver(signal)) return undefined;
    throw isServiceError(cause) ? cause : new ServiceError('directory', `The ${name} failed. Check its own error.`, { cause });
  } finally {
    over.abort();
  }
}

/** A list of records and how many match in all. */
export interface FoundRecords {
  readonly targets: readonly Target[];
  /** At least those that were given. */
  readonly total: number;
}

/**
 * Reads records that the host found; those that are wrong are left out.
 * @param type given to records that have none of their own, where it is set
 */
export function readFound(
  records: readonly unknown[],
  total: unknown,
  list: string,
  onError: (error: ServiceError) => void,
  type?: Target['type'],
): FoundRecords {
  const targets = records.flatMap((record: unknown, at): Target[] => {
    try {
      return [readTarget(type ? { ...(record as object | null), type } : record, at, list)];
    } catch (error) {
      if (isServiceError(error)) onError(error);
      return [];
    }
  });
  return { targets, total: Math.max(targets.length, typeof total === 'number' && Number.isSafeInteger(total) ? total : 0) };
}
