/** The package as npm packs it, unpacked where a project would have it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ROOT } from '../support/root.mjs';

/** What package.json says that is read here. */
export interface PackageJson {
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types?: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** An unpacked package. */
export interface Packed {
  /** Folder of a project that has it in its node_modules. */
  readonly project: string;
  /** Folder of the package. */
  readonly folder: string;
  /** Every file of it, relative, with forward slashes. */
  readonly files: readonly string[];
  readonly json: PackageJson;
  /** Reads a file of it. */
  read(file: string): string;
  /** Takes it away. */
  remove(): void;
}

/** Packs what is built, and unpacks it below the project, so that what it depends on is found in the project's own node_modules. */
export function unpack(): Packed {
  mkdirSync(join(ROOT, '.tmp'), { recursive: true });
  const project = mkdtempSync(join(ROOT, '.tmp', 'packed-'));
  // A project of its own: otherwise "deskside" would mean the one around it.
  writeFileSync(join(project, 'package.json'), '{"name":"packed-consumer","private":true,"type":"module"}');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const answer = execFileSync(npm, ['pack', '--silent', '--ignore-scripts', '--json', '--pack-destination', project], { cwd: ROOT, encoding: 'utf8' });
  const [{ filename } = { filename: '' }] = JSON.parse(answer) as { filename: string }[];
  assert.ok(filename, answer);
  execFileSync('tar', ['-xzf', filename], { cwd: project });
  const folder = join(project, 'node_modules', 'deskside');
  mkdirSync(join(project, 'node_modules'));
  renameSync(join(project, 'package'), folder);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).split(sep).join('/'));
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  return {
    project,
    folder,
    files,
    json: JSON.parse(read('package.json')) as PackageJson,
    read,
    remove: () => rmSync(project, { recursive: true, force: true }),
  };
}

/** Every address that the package may be imported by, its patterns written out for the files that there are, with the files behind it. */
export function entryPoints({ json, files }: Packed): { name: string; file: string; types?: string }[] {
  return Object.entries(json.exports).flatMap(([key, target]) => {
    const { default: file, types } = typeof target === 'string' ? { default: target, types: undefined } : target;
    const [before = '', after] = file.slice(2).split('*');
    const stars = after === undefined ? [''] : files.flatMap((one) => middle(one, before, after));
    return stars.map((star) => {
      const fill = (text: string): string => text.replace('*', star);
      return { name: fill(key).replace(/^\./, 'deskside'), file: fill(file.slice(2)), ...(types ? { types: fill(types.slice(2)) } : {}) };
    });
  });
}

function middle(file: string, before: string, after: string): string[] {
  return file.startsWith(before) && file.endsWith(after) ? [file.slice(before.length, file.length - after.length)] : [];
}

/** A block of code in a document. */
export interface Snippet {
  readonly document: string;
  readonly language: string;
  readonly code: string;
}

/** The blocks of a language in README and docs/. */
export function snippets(language: string): Snippet[] {
  const documents = ['README.md', ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file.split(sep).join('/')}`)];
  return documents
    .filter((file) => file.endsWith('.md'))
    .flatMap((document) =>
      [...readFileSync(join(ROOT, document), 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, code = '']) => ({
        document,
        language,
        code,
      })),
    );
}
