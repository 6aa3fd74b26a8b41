/** Long work in short pieces: the page is given a turn whenever the last one is long ago. */

/** Gives the page a turn where it is due. */
export type Breathe = () => Promise<void> | undefined;

/** Work at one go, in ms: a quarter of a frame, for the browser's collector and what the host does for a page of targets take their share. */
const SLICE = 4;

/** Part of the web platform that not every browser has yet. */
interface Scheduler {
  postTask(task: () => void): Promise<unknown>;
}

/** Lets the page have its turn: what waits, input first, is done before. Timers wait 4 ms each, which nearly doubles the time of long work. */
function turn(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler };
  return new Promise((resolve) => {
    if (scheduler) void scheduler.postTask(resolve);
    else setTimeout(resolve);
  });
}

/** Makes a `Breathe`; call it every few dozen records. */
export function breather(): Breathe {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE) return undefined;
    return turn().then(() => {
      since = performance.now();
    });
  };
}

/** Whether a signal has ended what it belongs to; to be asked anew after every wait. */
export function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
