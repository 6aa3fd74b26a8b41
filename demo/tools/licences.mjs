import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * The folder of the package that a module belongs to; absent for our own modules.
 * @param {string} id path of a module
 */
function packageFolder(id) {
  const parts = id.split(sep);
  const modules = parts.lastIndexOf('node_modules');
  if (modules < 0) return undefined;
  const depth = parts[modules + 1]?.startsWith('@') ? 3 : 2;
  return parts.slice(0, modules + depth).join(sep);
}

/** @param {string} folder */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}\n`;
}

/**
 * Rollup plugin: writes the licences of the packages that went into a bundle, as those licences ask for.
 * @param {string} fileName name of the file beside the bundle
 * @returns {import('rollup').Plugin}
 */
export function licences(fileName) {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const folders = new Set();
      for (const item of Object.values(bundle)) {
        if (item.type !== 'chunk') continue;
        for (const id of item.moduleIds) folders.add(packageFolder(id));
      }
      folders.delete(undefined);
      const source = [...folders].sort().map(noticeOf).join('\n---\n\n');
      if (source) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
