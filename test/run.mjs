/**
 * `npm test`: installs what is missing, then runs every suite and ends with one line `N passed, N failed`.
 *
 *   npm test -- --only <glob or part of a path>   those test files only; may be repeated
 *   npm test -- --browser chromium|firefox        browser suites in that browser only
 *
 * With CI=true nothing may be missing: a browser or switch that is not there counts as a failure.
 * Plain Node without dependencies, because on a bare clone nothing else is there yet.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installModules } from '../demo/tools/install.mjs';
import { endWithParent } from '../demo/tools/parent.mjs';
import { installSystemPackages } from './support/runner/system.mjs';

/** Reads the command line. @returns {import('./support/runner/main.js').Options} */
function readOptions() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] }, browser: { type: 'string' } } });
  const { only = [], browser } = values;
  if (browser === undefined) return { only, browsers: ['chromium', 'firefox'] };
  if (browser !== 'chromium' && browser !== 'firefox') throw new Error(`--browser must be chromium or firefox; it is "${browser}".`);
  return { only, browsers: [browser] };
}

try {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  process.chdir(root);
  endWithParent();
  const options = readOptions();
  installModules(root);
  installSystemPackages();
  const { register } = await import('tsx/esm/api');
  register();
  /** @type {typeof import('./support/runner/main.js')} */
  const { runAll } = await import('./support/runner/main.js');
  process.exit((await runAll(options)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
