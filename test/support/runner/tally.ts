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

/** One line about one test file. */
export function describeTally(where: string, { passed, failed, skipped }: Tally): string {
  const parts = [`${passed} passed`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return `${failed > 0 ? '✗' : '✓'} ${where}  ${parts.join(', ')}`;
}
