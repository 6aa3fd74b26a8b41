/**
 * `npm run verify`: what a change must pass. Each part counts as one; the tests count by themselves. Ends with `N passed, N failed`.
 *   --without-tests   the other parts only (CI has run the tests before)
 */
import { spawnSync } from 'node:child_process';

const PARTS = ['format:check', 'lint', 'types', 'unused', 'docs:check', 'build -- --if-stale', 'package', 'budgets'];

let passed = 0;
let failed = 0;
for (const part of PARTS) {
  console.log(`\n── ${part}`);
  const { status } = spawnSync('npm', ['run', '--silent', ...part.split(' ')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status === 0) passed += 1;
  else failed += 1;
  console.log(`${part}: ${status === 0 ? 'passed' : 'FAILED'}`);
}

if (!process.argv.includes('--without-tests')) {
  console.log('\n── tests');
  const { status, stdout } = spawnSync(process.execPath, ['test/run.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  process.stdout.write(stdout);
  const [, testsPassed = '0', testsFailed = '1'] = /^(\d+) passed, (\d+) failed/m.exec(stdout.split('\n').slice(-5).join('\n')) ?? [];
  passed += Number(testsPassed);
  failed += Math.max(Number(testsFailed), status === 0 ? 0 : 1);
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
