/** Long work in short pieces: the page is given a turn whenever the last one is long ago. */

/** Gives the page a turn where it is due. */
export type Breathe = () => Promise<void> | undefined;

/** Work at one go, in ms: less than half a frame. */
const SLICE = 6;

/** Makes a `Breathe`; call it every few dozen records. */
export function breather(): Breathe {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}

/** Whether a signal has ended what it belongs to; to be asked anew after every wait. */
export function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
