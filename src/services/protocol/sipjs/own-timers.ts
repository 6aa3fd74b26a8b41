/** Timers that end with their owner. */
import type { Environment, TimerHandle } from '../../environment.js';

/** An environment whose timers can be cleared all at once. */
export interface OwnTimers {
  readonly environment: Environment;
  /** Clears those that run; later ones never fire. */
  close(): void;
}

/** Wraps an environment. */
export function ownTimers(environment: Environment): OwnTimers {
  const running = new Set<TimerHandle>();
  let isClosed = false;
  const setTimeout: Environment['setTimeout'] = (callback, ms) => {
    if (isClosed) return undefined;
    const handle: TimerHandle = environment.setTimeout(() => {
      running.delete(handle);
      callback();
    }, ms);
    running.add(handle);
    return handle;
  };
  const clearTimeout: Environment['clearTimeout'] = (handle) => {
    running.delete(handle);
    environment.clearTimeout(handle);
  };
  return {
    environment: {
      setTimeout,
      clearTimeout,
      now: () => environment.now(),
      randomId: () => environment.randomId(),
      random: () => environment.random(),
      openSocket: (url, protocols) => environment.openSocket(url, protocols),
      frameSoon: () => environment.frameSoon?.(),
    },
    close() {
      isClosed = true;
      for (const handle of running) environment.clearTimeout(handle);
      running.clear();
    },
  };
}
