/** What a run of some suites came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** A tally in which nothing has run. */
export function emptyTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** The sum of several tallies. */
export function sum(tallies: readonly Tally[]): Tally {
  const total = emptyTally();
  for (const { passed, failed, skipped } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** One line about one test file, with the seconds that it took where they are known. */
export function describeTally(where: string, { passed, failed, skipped }: Tally, ms?: number): string {
  const parts = [`${passed} passed`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (ms !== undefined) parts.push(`${(ms / 1000).toFixed(1)} s`);
  return `${failed > 0 ? '✗' : '✓'} ${where}  ${parts.join(', ')}`;
}
