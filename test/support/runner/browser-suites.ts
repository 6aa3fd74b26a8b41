import {
  startTestRunner,
  type Reporter,
  type TestResultError,
  type TestRunnerConfig,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import baseConfig, { launcher } from '../../../web-test-runner.config.mjs';
import { freePort } from '../../../demo/tools/free-port.mjs';
import type { BrowserKind } from '../browsers.mjs';
import { UNCAUGHT } from '../uncaught.mjs';
import { bundle, type Bundled } from './bundle.js';
import { startSpeaker } from './speaker.js';
import { startSwitches, stopSwitches, switchesMiddleware, type SwitchKind } from './switches.js';
import { startTurn, turnMiddleware } from './turn.js';
import { describeTally, emptyTally, sum, type Tally } from './tally.js';

/** What to run, and where. */
export interface BrowserRun {
  browsers: readonly BrowserKind[];
  files: readonly string[];
  switchKinds: readonly SwitchKind[];
  /** Ends the run early; everything that it started is stopped. */
  signal: AbortSignal;
}

/** An error in words; Firefox's stacks, and shortened ones, leave the message out. */
function inWords(error: TestResultError | undefined): string {
  if (!error) return 'failed without an error';
  const { message, stack = '' } = error;
  return stack.includes(message) ? stack : `${message}\n    ${stack.trim()}`;
}

/** Adds the tests of a suite, and of the suites inside it, to a tally; puts the failures into words. */
function addSuite(suite: TestSuiteResult, path: readonly string[], tally: Tally, failures: string[]): void {
  const here = suite.name ? [...path, suite.name] : path;
  for (const test of suite.tests) {
    if (test.skipped) tally.skipped += 1;
    else if (test.passed) tally.passed += 1;
    else {
      tally.failed += 1;
      const { error } = test;
      failures.push(`  ${[...here, test.name].join(' › ')}\n    ${inWords(error)}`);
      if (error?.expected !== undefined) failures.push(`    expected: ${error.expected}\n    actual:   ${error.actual}`);
    }
  }
  for (const inner of suite.suites) addSuite(inner, here, tally, failures);
}

/** Milliseconds that a suite's tests took, hooks not counted. */
function timeOf(suite: TestSuiteResult): number {
  return suite.tests.reduce((ms, test) => ms + (test.duration ?? 0), 0) + suite.suites.reduce((ms, inner) => ms + timeOf(inner), 0);
}

/** The errors that nobody caught while the page was open. */
function uncaughtIn(session: TestSession): string[] {
  return session.logs.filter(([first]) => first === UNCAUGHT).map((log) => `  ${log.join(' ')}`);
}

/** One page's results: a file that broke, or that holds no test, counts as one failure. */
function resultOf(session: TestSession): { tally: Tally; failures: string[] } {
  const tally = emptyTally();
  const failures: string[] = [];
  if (session.testResults) addSuite(session.testResults, [], tally, failures);
  const broken = session.errors.map((error) => `  ${inWords(error)}`);
  broken.push(...uncaughtIn(session));
  if (session.status !== 'FINISHED') broken.push(`  The page did not finish (${session.status}).`);
  tally.failed += broken.length;
  failures.push(...broken);
  if (tally.passed + tally.failed + tally.skipped === 0) {
    tally.failed = 1;
    failures.push('  The file holds no test.');
  }
  return { tally, failures };
}

/** Prints one line per page, and the failures with what the page logged. It writes past `console`, which the test runner takes over. */
const lineReporter = ({ sourceOf }: Bundled): Reporter => ({
  reportTestFileResults({ sessionsForTestFile, testFile }) {
    for (const session of sessionsForTestFile) {
      const { tally, failures } = resultOf(session);
      const where = `${session.browser.name.toLowerCase()} ${sourceOf(testFile)}`;
      const lines = [describeTally(where, tally, session.testResults && timeOf(session.testResults))];
      if (failures.length > 0) {
        const logs = session.logs.filter(([first]) => first !== UNCAUGHT).map((log) => `  log: ${log.map(String).join(' ')}`);
        lines.push(...failures, ...logs, ...session.request404s.map((url) => `  not found: ${url}`));
      }
      process.stdout.write(`${lines.join('\n')}\n`);
    }
  },
});

/** Runs the browser suites, the browsers beside each other, each with switches of its own, so that they never share an account. */
export async function runInBrowsers({ browsers, files, switchKinds, signal }: BrowserRun): Promise<Tally> {
  const switches = await startSwitches(browsers, switchKinds);
  const stopSpeaker = await startSpeaker();
  const turn = await startTurn();
  const bundled = await bundle(files);
  try {
    const config = {
      ...baseConfig,
      files: [...bundled.files],
      port: await freePort(),
      browsers: browsers.map(launcher),
      concurrentBrowsers: browsers.length,
      middleware: [switchesMiddleware(switches), turnMiddleware(turn)],
      reporters: [lineReporter(bundled)],
    } as TestRunnerConfig;
    const runner = await startTestRunner({ config, readCliArgs: false, readFileConfig: false, autoExitProcess: false });
    if (!runner) throw new Error('The browser test runner did not start.');
    signal.addEventListener('abort', () => void runner.stop());
    await new Promise((resolve) => runner.on('stopped', resolve));
    // The runner closes its browsers at the end of a whole run only.
    if (signal.aborted) await Promise.all(runner.browsers.map(async (browser) => browser.stop?.()));
    return sum([...runner.sessions.all()].map((session) => resultOf(session).tally));
  } finally {
    await stopSwitches(switches);
    await stopSpeaker();
    await turn?.stop();
    await bundled.remove();
  }
}
