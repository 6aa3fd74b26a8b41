/** Least milliseconds of some runs: what else the machine does makes a run longer, never shorter. */
export function quickest(act: () => unknown, runs = 3): number {
  let least = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const begun = performance.now();
    act();
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}

/** Milliseconds that count as one: clocks of browsers are coarse, and what takes less hurts nobody. */
const LEAST = 2;

/** How many times as long something takes with four times as much: about 4 where time is in proportion, 16 where it grows with the square. */
export function growth(act: (size: number) => unknown, size: number): number {
  const little = quickest(() => act(size));
  return quickest(() => act(4 * size)) / Math.max(LEAST, little);
}
