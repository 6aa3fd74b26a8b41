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

/** Longest time in ms that one mutant may take, on a machine that does the fixed piece of work in the time that it takes on the one measured. */
const HANG = 50;
const REFERENCE_MS = 8;

let hang: number | undefined;

/** `HANG` on this machine: longer where it is slower, never shorter. */
function limit(): number {
  hang ??= HANG * Math.max(1, Math.min(work(), work(), work()) / REFERENCE_MS);
  return hang;
}

/** The fixed piece of work: what readers of text do. @returns ms */
function work(): number {
  const start = performance.now();
  const text = 'Header: <sip:kate@deskside.test>;tag=1\r\n'.repeat(1500);
  let sum = 0;
  for (const one of text.split('\r\n')) for (const [found] of one.matchAll(/[a-z]+/g)) sum = (sum * 31 + found.charCodeAt(0)) | 0;
  return performance.now() - start + (sum === 0 ? 1 : 0);
}

/** Time in ms to read a mutant: the least of several tries once one was slow, for machines and collectors pause too. */
function timeToRead(target: FuzzTarget, mutant: string): number {
  let least = Infinity;
  for (let attempt = 0; attempt < 4 && least > limit(); attempt++) {
    const start = performance.now();
    target.read(mutant);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function problemOf(target: FuzzTarget, mutant: string): string | undefined {
  try {
    const time = timeToRead(target, mutant);
    return time > limit() ? `took ${Math.round(time)} ms` : undefined;
  } catch (error) {
    return String(error instanceof Error ? error.stack : error);
  }
}

/** Reads `mutants` mutants with one target; stops at the tenth failure. */
export function fuzz(target: FuzzTarget, seed: number, mutants: number): FuzzReport {
  const random = seeded(seed);
  const failures: FuzzFailure[] = [];
  for (let count = 0; count < mutants && failures.length < 10; count++) {
    const mutant = (target.mutate ?? mutate)(pick(random, target.samples), random);
    const problem = problemOf(target, mutant);
    if (problem !== undefined) failures.push({ target: target.name, seed, problem, mutant: mutant.slice(0, 4000) });
  }
  return { mutants, failures };
}
