/** A lock that a page holds until a signal; others see by it whether the page lives. */
import type { TabLocks } from '../environment.js';

/** Holds it, waiting for it if need be. Settles when it is held, or cannot be had here; a stolen one is let go without a word. */
export function holdLock(
  locks: TabLocks,
  name: string,
  until: AbortSignal,
  options: { steal?: boolean; signal?: AbortSignal } = {},
): Promise<void> {
  const end = new Promise<void>((resolve) => {
    if (until.aborted) resolve();
    else until.addEventListener('abort', () => resolve(), { once: true });
  });
  return new Promise((resolve) => {
    const held = (): Promise<void> => {
      resolve();
      return end;
    };
    try {
      locks.request(name, options, held).catch(() => resolve());
    } catch {
      resolve();
    }
  });
}
