/** The lock file is one that `npm ci` takes on every platform, and that names no registry. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { modulesAreCurrent } from '../../demo/tools/install.mjs';
import { ROOT } from '../support/root.mjs';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const PACKAGES = (JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }).packages;

/** Whether a package that stands at `path` finds `name` in a node_modules at or above it. */
function finds(path: string, name: string): boolean {
  const folders = path.split(/(?:^|\/)node_modules\//);
  return folders.some((_folder, count) => {
    const above = folders.slice(1, folders.length - count).map((folder) => `node_modules/${folder}/`);
    return `${above.join('')}node_modules/${name}` in PACKAGES;
  });
}

describe('the lock file', () => {
  it('has every optional package of every platform, without which npm ci refuses it', () => {
    const missing = Object.entries(PACKAGES).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !finds(path, name)),
    );
    assert.deepEqual(missing, []);
  });

  it('names no registry', () => {
    const named = Object.entries(PACKAGES).filter(([, { resolved }]) => resolved !== undefined);
    assert.deepEqual(named, []);
  });

  it('is what is installed here', () => {
    assert.equal(modulesAreCurrent(ROOT), true);
  });

  it('is found not to be installed where there is nothing', () => {
    const empty = mkdtempSync(join(tmpdir(), 'deskside-empty-'));
    try {
      writeFileSync(join(empty, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/lit': { version: '3.0.0' } } }));
      assert.equal(modulesAreCurrent(empty), false);
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });
});
