/** Every call of a host goes through here: a time limit, an AbortSignal, and errors that say what to do. */
import type { Environment } from '../environment.js';
import { isServiceError, ServiceError } from '../service-error.js';

/** Milliseconds that a host has to answer. */
export const HOST_LIMIT_MS = 10_000;

/** The part of the platform that is needed. */
type Timers = Pick<Environment, 'setTimeout' | 'clearTimeout'>;

/** The platform's own. */
const PLATFORM: Timers = {
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (handle) => clearTimeout(handle as number | undefined),
};

/** Options of one call. */
export interface HostCall<T> {
  /** What is asked for, for error messages ("contact history"). */
  readonly what: string;
  /** The adapter's method; undefined where the host has none. */
  readonly call: ((options: { signal: AbortSignal }) => Promise<T>) | undefined;
  /** Ends the call early; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds; `HOST_LIMIT_MS` by default. */
  readonly limit?: number;
  /** The platform's by default; tests give their own. */
  readonly timers?: Timers;
}

/**
 * Calls a host.
 * @throws ServiceError `host` (it failed, or has no such ability), `timeout` (no answer in time)
 */
export async function callHost<T>({ what, call, signal, limit = HOST_LIMIT_MS, timers = PLATFORM }: HostCall<T>): Promise<T> {
  if (!call) throw new ServiceError('host', `This page offers no ${what}.`);
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const timer = timers.setTimeout(
    () =>
      controller.abort(
        new ServiceError('timeout', `The page did not answer about the ${what} within ${Math.round(limit / 1000)} s. Try again.`),
      ),
    limit,
  );
  try {
    return await Promise.race([call({ signal: controller.signal }), whenAborted(controller.signal)]);
  } catch (error) {
    if (isServiceError(error) || signal?.aborted) throw error;
    throw new ServiceError('host', `The page could not give the ${what}. Try again, or tell whoever looks after this page.`, {
      cause: error,
    });
  } finally {
    timers.clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Rejects when the signal ends; never settles otherwise. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
