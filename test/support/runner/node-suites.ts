import { setMaxListeners } from 'node:events';
import { relative } from 'node:path';
import { run } from 'node:test';
import { describeTally, emptyTally, sum, type Tally } from './tally.js';

const TIME_LIMIT_MS = 600_000;

/** The part of node:test's events that is read here. */
interface TestEvent {
  name: string;
  file?: string;
  skip?: string | boolean;
  todo?: string | boolean;
  details: { type?: string; error?: { cause?: unknown; message?: string } };
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

/** Runs the Node suites one file after the other, each in a process of its own, compiled by tsx. */
export async function runInNode(files: readonly string[], signal: AbortSignal): Promise<Tally> {
  const tallies = new Map<string, Tally>(files.map((file) => [file, emptyTally()]));
  const failures: string[] = [];
  const tallyOf = (event: TestEvent): Tally => {
    const file = event.file ? relative(process.cwd(), event.file) : '';
    const tally = tallies.get(file) ?? emptyTally();
    tallies.set(file, tally);
    return tally;
  };
  // The processes of the files inherit it, and so can read TypeScript.
  process.env['NODE_OPTIONS'] = [process.env['NODE_OPTIONS'], '--import tsx'].filter(Boolean).join(' ');
  // Each file's run listens to it.
  setMaxListeners(0, signal);
  const events = run({ files: [...files], concurrency: 1, timeout: TIME_LIMIT_MS, signal });
  events.on('test:pass', (event: TestEvent) => {
    if (event.details.type === 'suite') return;
    if (isFile(event)) {
      tallyOf(event).failed += 1;
      failures.push(`  ${event.name} holds no test.`);
      return;
    }
    tallyOf(event)[event.skip !== undefined || event.todo !== undefined ? 'skipped' : 'passed'] += 1;
  });
  events.on('test:fail', (event: TestEvent) => {
    if (event.details.type === 'suite') return;
    tallyOf(event).failed += 1;
    failures.push(`  ${event.name}\n    ${reasonOf(event)}`);
  });
  events.on('test:stderr', ({ message }: { message: string }) => process.stderr.write(message));
  for await (const _event of events);
  for (const [file, tally] of tallies) console.log(describeTally(`node ${file}`, tally));
  if (failures.length > 0) console.log(failures.join('\n'));
  return sum([...tallies.values()]);
}
