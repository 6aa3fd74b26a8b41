import { buildIfStale } from '../../../demo/tools/build.mjs';
import { findBrowser, findProgram, type BrowserKind } from '../browsers.mjs';
import { runInBrowsers } from './browser-suites.js';
import { testFiles } from './files.js';
import { runInNode } from './node-suites.js';
import { hasKamailioModule } from './system.mjs';
import { sum, type Tally } from './tally.js';

/** What the command line asked for. */
export interface Options {
  /** Globs or parts of paths; empty means every test file. */
  only: readonly string[];
  browsers: readonly BrowserKind[];
}

/** A program that some suites need. Node suites say so in their names: `x.kamailio.node.ts`. */
const PEERS = [
  { name: 'kamailio', isThere: () => findProgram('kamailio') !== undefined && hasKamailioModule('websocket') },
  { name: 'coturn', isThere: () => findProgram('turnserver') !== undefined },
  { name: 'sipp', isThere: () => findProgram('sipp') !== undefined },
  ...(['chromium', 'firefox'] as const).map((name) => ({ name, isThere: () => findBrowser(name) !== undefined })),
];

/** Whether a Node suite's name asks for a program that is not there. */
function lacks(file: string, missing: readonly string[]): boolean {
  return missing.some((name) => file.includes(`.${name}.`));
}

/** Builds what these Node suites look at: the whole package, or the demo pages alone. */
function buildFor(files: readonly string[]): void {
  if (files.some((file) => file.startsWith('test/dist/'))) buildIfStale('all');
  else if (files.length > 0) buildIfStale('demo');
}

/** Says what could not run, in one line. */
function reportMissing(missing: readonly string[]): void {
  if (missing.length > 0) console.log(`Not run, because not installed: the suites for ${missing.join(', ')}.`);
}

/** Aborted by Ctrl-C, SIGTERM or a closed terminal, so that what the run started is stopped before it ends. */
function endedBySignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

/** Runs every suite that is meant, prints the result line, and tells whether all is well. */
export async function runAll({ only, browsers }: Options): Promise<boolean> {
  const missing = PEERS.filter(({ isThere }) => !isThere()).map(({ name }) => name);
  const files = testFiles('.test.ts', only);
  const nodeFiles = testFiles('.node.ts', only).filter((file) => !lacks(file, missing));
  const switchKinds = (['embedded', 'kamailio'] as const).filter((kind) => !missing.includes(kind));
  const tallies: Tally[] = [];
  const signal = endedBySignal();
  const browsersHere = browsers.filter((browser) => !missing.includes(browser));
  if (files.length > 0 && browsersHere.length > 0)
    tallies.push(await runInBrowsers({ browsers: browsersHere, files, switchKinds, signal }));
  if (nodeFiles.length > 0 && !signal.aborted) {
    buildFor(nodeFiles);
    tallies.push(await runInNode(nodeFiles, signal));
  }
  const { passed, failed, skipped } = sum(tallies);
  reportMissing(missing);
  const onCi = process.env['CI'] === 'true';
  const failures = failed + (onCi ? missing.length + skipped : 0) + (signal.aborted ? 1 : 0);
  if (passed + failures === 0) console.log('No test ran.');
  // Past `console`, which the browser runner keeps when it was ended early.
  process.stdout.write(`${passed} passed, ${failures} failed\n`);
  return failures === 0 && passed > 0;
}
