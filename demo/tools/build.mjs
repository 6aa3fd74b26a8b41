/**
 * Builds dist/: `node demo/tools/build.mjs` everything (npm run build), `node demo/tools/build.mjs demo` the demo pages only.
 * With `--if-stale` only where a source is newer. `buildIfStale` is what `npm start` and `npm test` call.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What the build reads; a change to any of it makes dist/ stale. */
const INPUTS = ['src', 'demo', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'rollup.config.mjs'];

/** Steps per kind of build: file to run with Node, and its arguments. */
const STEPS = {
  demo: [['node_modules/rollup/dist/bin/rollup', '--config', 'rollup.config.mjs', '--configDemo', '--silent']],
  all: [
    ['node_modules/rollup/dist/bin/rollup', '--config', 'rollup.config.mjs', '--silent'],
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    ['node_modules/@custom-elements-manifest/analyzer/cem.js', 'analyze', '--quiet'],
    ['demo/tools/editor-data.mjs'],
    ['demo/tools/integrity.mjs'],
  ],
};

/** @typedef {keyof typeof STEPS} BuildKind */

/**
 * When a file, or anything below a folder, last changed, in ms; 0 where it is missing.
 * @param {string} path
 * @returns {number}
 */
function changedAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  const below = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(stat.mtimeMs, ...below.map((entry) => changedAt(join(entry.parentPath ?? entry.path, entry.name))));
}

/** @param {BuildKind} kind */
const stampOf = (kind) => join(root, 'dist', `.built-${kind}`);

/**
 * Builds, in this order, what the kind needs.
 * @param {BuildKind} kind
 * @throws Error naming the step that failed
 */
export function build(kind) {
  if (kind === 'all') rmSync(join(root, 'dist'), { recursive: true, force: true });
  const started = new Date();
  for (const step of STEPS[kind]) {
    const { status } = spawnSync(process.execPath, step, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error(`The build stopped at: ${step.join(' ')}`);
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const done of new Set([kind, /** @type {BuildKind} */ ('demo')])) writeFileSync(stampOf(done), started.toISOString());
}

/**
 * Builds where a source is newer than the last build of this kind.
 * @param {BuildKind} kind
 */
export function buildIfStale(kind) {
  const newest = Math.max(...INPUTS.map((input) => changedAt(join(root, input))));
  if (changedAt(stampOf(kind)) > newest) return;
  console.log(kind === 'demo' ? 'Building the demo pages…' : 'Building…');
  build(kind);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kind = process.argv.includes('demo') ? 'demo' : 'all';
  if (process.argv.includes('--if-stale')) buildIfStale(kind);
  else build(kind);
}
