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

/** Rounds at most: a machine that does much else beside needs more of them to show what a run takes. */
const ROUNDS = 12;
/** Rounds at least, and what needs no further ones. */
const ENOUGH = { rounds: 3, growth: 6 };

/** How many times as long something takes with four times as much: about 4 where time is in proportion, 16 where it grows with the square. */
export function growth(act: (size: number) => unknown, size: number): number {
  let [little, much] = [Infinity, Infinity];
  for (let round = 1; round <= ROUNDS; round += 1) {
    little = Math.min(
      little,
      quickest(() => act(size), 1),
    );
    much = Math.min(
      much,
      quickest(() => act(4 * size), 1),
    );
    if (round >= ENOUGH.rounds && much / Math.max(LEAST, little) < ENOUGH.growth) break;
  }
  return much / Math.max(LEAST, little);
}
