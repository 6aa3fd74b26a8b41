import { run } from 'node:test';
import { describeTally, emptyTally, sum, type Tally } from './tally.js';

const TIME_LIMIT_MS = 600_000;

/** The part of node:test's events that is read here. */
interface TestEvent {
  name: string;
  skip?: string | boolean;
  todo?: string | boolean;
  details: { type?: string; error?: { cause?: unknown; message?: string; failureType?: string } };
}

/** An error of a test in words; node:test wraps it once. */
function reasonOf({ details }: TestEvent): string {
  const cause = details.error?.cause ?? details.error;
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return typeof cause === 'string' ? cause : JSON.stringify(cause);
}

/** A file without a test is reported as a test that bears the file's name. */
function isFile({ name }: TestEvent): boolean {
  return name.endsWith('.node.ts');
}

/** Runs one file. Its suites' own files count as its own, wherever their tests are written. */
async function runFile(file: string, signal: AbortSignal): Promise<{ tally: Tally; failures: string[] }> {
  const tally = emptyTally();
  const failures: string[] = [];
  const events = run({ files: [file], concurrency: 1, timeout: TIME_LIMIT_MS, signal });
  events.on('test:pass', (event: TestEvent) => {
    if (event.details.type === 'suite' || isFile(event)) return;
    tally[event.skip !== undefined || event.todo !== undefined ? 'skipped' : 'passed'] += 1;
  });
  events.on('test:fail', (event: TestEvent) => {
    // A suite that fails for its tests alone has been counted with them; its hooks' failures are its own.
    if (event.details.type === 'suite' && event.details.error?.failureType === 'subtestsFailed') return;
    tally.failed += 1;
    failures.push(`  ${event.name}\n    ${reasonOf(event)}`);
  });
  events.on('test:stderr', ({ message }: { message: string }) => process.stderr.write(message));
  for await (const _event of events);
  if (tally.passed + tally.failed + tally.skipped === 0) {
    tally.failed = 1;
    failures.push('  The file holds no test.');
  }
  return { tally, failures };
}

/** Prints a file's line and its failures. */
function report(file: string, tally: Tally, failures: readonly string[], ms: number): void {
  console.log([describeTally(`node ${file}`, tally, ms), ...failures].join('\n'));
}

/** Suites that drive no browser: mostly they wait for a switch, and so run beside those that keep the machine busy. */
const QUIET = /^test\/(components|docs|install|interop|lint|services|switch)\//;

/** Runs the Node suites, each file in a process of its own, compiled by tsx: those that drive browsers one after the other, the quiet ones so beside them. */
export async function runInNode(files: readonly string[], signal: AbortSignal): Promise<Tally> {
  // The processes of the files inherit it, and so can read TypeScript.
  process.env['NODE_OPTIONS'] = [process.env['NODE_OPTIONS'], '--import tsx'].filter(Boolean).join(' ');
  const lanes = [files.filter((file) => !QUIET.test(file)), files.filter((file) => QUIET.test(file))];
  return sum((await Promise.all(lanes.map((lane) => runInTurn(lane, signal)))).flat());
}

/** Runs some files one after the other; each reports when it is through. */
async function runInTurn(files: readonly string[], signal: AbortSignal): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const file of files) {
    if (signal.aborted) break;
    const started = Date.now();
    const { tally, failures } = await runFile(file, signal);
    tallies.push(tally);
    report(file, tally, failures, Date.now() - started);
  }
  return tallies;
}
