/** A limit of time for what the host answers: a promise that never settles must not leave the agent waiting without a word. */
import type { Environment } from '../environment.js';
import { ServiceError } from '../service-error.js';

/** Seconds that a source has for each of its answers: the head of a URL's, each piece of its body, each page of a function's. */
export const SOURCE_LIMIT = 30;

/** @throws ServiceError `timeout` where `work` takes longer than `seconds`; whatever it comes to then is dropped */
export async function within<T>(environment: Environment, seconds: number, work: Promise<T>, words: string): Promise<T> {
  let timer: ReturnType<Environment['setTimeout']> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = environment.setTimeout(() => reject(new ServiceError('timeout', `${words} within ${seconds} seconds.`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    if (timer !== undefined) environment.clearTimeout(timer);
  }
}
