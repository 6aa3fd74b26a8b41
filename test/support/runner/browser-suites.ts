import { relative } from 'node:path';
import { startTestRunner, type Reporter, type TestRunnerConfig, type TestSession, type TestSuiteResult } from '@web/test-runner';
import baseConfig, { launcher } from '../../../web-test-runner.config.mjs';
import { freePort } from '../../../demo/tools/free-port.mjs';
import type { BrowserKind } from '../browsers.mjs';
import { UNCAUGHT } from '../uncaught.mjs';
import { startSwitches, switchesMiddleware } from './switches.js';
import { describeTally, emptyTally, sum, type Tally } from './tally.js';

/** What to run, and where. */
export interface BrowserRun {
  browser: BrowserKind;
  files: readonly string[];
  switchKinds: Parameters<typeof startSwitches>[0];
}

/** Adds the tests of a suite, and of the suites inside it, to a tally; puts the failures into words. */
function addSuite(suite: TestSuiteResult, path: readonly string[], tally: Tally, failures: string[]): void {
  const here = suite.name ? [...path, suite.name] : path;
  for (const test of suite.tests) {
    if (test.skipped) tally.skipped += 1;
    else if (test.passed) tally.passed += 1;
    else {
      tally.failed += 1;
      const error = test.error;
      failures.push(`  ${[...here, test.name].join(' › ')}\n    ${error?.stack ?? error?.message ?? 'failed without an error'}`);
      if (error?.expected !== undefined) failures.push(`    expected: ${error.expected}\n    actual:   ${error.actual}`);
    }
  }
  for (const inner of suite.suites) addSuite(inner, here, tally, failures);
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
  const broken = session.errors.map(({ message, stack }) => `  ${stack ?? message}`);
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

/** Prints one line per test file, and the failures with what the page logged. */
function lineReporter(browser: BrowserKind): Reporter {
  return {
    reportTestFileResults({ sessionsForTestFile, testFile }) {
      for (const session of sessionsForTestFile) {
        const { tally, failures } = resultOf(session);
        console.log(describeTally(`${browser} ${relative(process.cwd(), testFile)}`, tally));
        if (failures.length === 0) continue;
        const logs = session.logs.filter(([first]) => first !== UNCAUGHT).map((log) => `  log: ${log.map(String).join(' ')}`);
        console.log([...failures, ...logs, ...session.request404s.map((url) => `  not found: ${url}`)].join('\n'));
      }
    },
  };
}

/** Runs the browser suites in one browser, with switches of its own, so that two browsers never share an account. */
export async function runInBrowser({ browser, files, switchKinds }: BrowserRun): Promise<Tally> {
  const switches = await startSwitches(switchKinds);
  try {
    const config = {
      ...baseConfig,
      files: [...files],
      port: await freePort(),
      browsers: [launcher(browser)],
      middleware: [switchesMiddleware(switches)],
      reporters: [lineReporter(browser)],
    } as TestRunnerConfig;
    const runner = await startTestRunner({ config, readCliArgs: false, readFileConfig: false, autoExitProcess: false });
    if (!runner) throw new Error(`The test runner did not start for ${browser}.`);
    await new Promise((resolve) => runner.on('stopped', resolve));
    return sum([...runner.sessions.all()].map((session) => resultOf(session).tally));
  } finally {
    await Promise.all(switches.map((running) => running.stop()));
  }
}
