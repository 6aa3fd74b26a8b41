import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

/** Where bundles are written: below the folder that the browser suites are served from. */
const HOME = '.tmp';

/** Browser suites, each of a few files in place of some hundreds, which each page would fetch one by one. */
export interface Bundled {
  /** The files to run. */
  readonly files: readonly string[];
  /** The suite that was made into one of them. */
  sourceOf(file: string): string;
  /** Deletes them. */
  remove(): Promise<void>;
}

/** Bundles browser suites together, so that what they share is one file to them all. */
export async function bundle(files: readonly string[]): Promise<Bundled> {
  await mkdir(HOME, { recursive: true });
  const folder = await mkdtemp(join(HOME, 'tests-'));
  await build({
    entryPoints: [...files],
    outdir: folder,
    outbase: '.',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['development'],
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
  });
  const made = (file: string): string => join(folder, file.replace(/\.ts$/, '.js'));
  const sources = new Map(files.map((file) => [made(file), file]));
  return {
    files: [...sources.keys()],
    sourceOf(file) {
      const path = relative('.', file);
      return sources.get(path) ?? path.split(sep).join('/');
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
