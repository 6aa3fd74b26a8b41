/** The seeded fuzzer: mutants of well-formed samples through every codec, and a report of those that broke a promise. */
import { mutate } from './mutate.js';
import { pick, seeded } from './random.js';
import type { FuzzTarget } from './targets.js';

/** A mutant that broke a promise. */
export interface FuzzFailure {
  readonly target: string;
  readonly seed: number;
  readonly problem: string;
  readonly mutant: string;
}

/** What came out. */
export interface FuzzReport {
  readonly mutants: number;
  readonly failures: readonly FuzzFailure[];
}

/** Longest time in ms that one mutant may take. */
const HANG = 50;

/** Time in ms to read a mutant: the least of several tries once one was slow, for machines and collectors pause too. */
function timeToRead(target: FuzzTarget, mutant: string): number {
  let least = Infinity;
  for (let attempt = 0; attempt < 4 && least > HANG; attempt++) {
    const start = performance.now();
    target.read(mutant);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function problemOf(target: FuzzTarget, mutant: string): string | undefined {
  try {
    const time = timeToRead(target, mutant);
    return time > HANG ? `took ${Math.round(time)} ms` : undefined;
  } catch (error) {
    return String(error instanceof Error ? error.stack : error);
  }
}

/** Reads `mutants` mutants with one target; stops at the tenth failure. */
export function fuzz(target: FuzzTarget, seed: number, mutants: number): FuzzReport {
  const random = seeded(seed);
  const failures: FuzzFailure[] = [];
  for (let count = 0; count < mutants && failures.length < 10; count++) {
    const mutant = mutate(pick(random, target.samples), random);
    const problem = problemOf(target, mutant);
    if (problem !== undefined) failures.push({ target: target.name, seed, problem, mutant: mutant.slice(0, 4000) });
  }
  return { mutants, failures };
}
