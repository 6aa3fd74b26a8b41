import { copyFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';

/** Folders of demo/ that no page needs. */
const NOT_PAGES = new Set(['switch', 'kamailio', 'tools']);
/** What is copied as it stands. Modules are bundled, documents and scripts of Node stay behind. */
const COPIED = new Set(['.css', '.json', '.svg', '.png', '.ico', '.webp', '.wav', '.mp3', '.webmanifest']);
const MODULE_SCRIPT = /(<script\b[^>]*\bsrc=")(\.\/[^"]+\.ts)("[^>]*>)/g;

/**
 * The files of the demo that pages are made of, relative to it.
 * @param {string} folder
 * @returns {string[]}
 */
function demoFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => !NOT_PAGES.has(file.split(sep)[0] ?? ''));
}

/**
 * Rollup plugin: each HTML page's `<script type="module" src="./x.ts">` becomes an entry, the page is emitted beside its bundle, and everything
 * else that pages load is copied. All addresses stay relative, so that the result works below any path of any static web server.
 * @param {{folder: string, output: string}} options folders of the demo's sources and of the result
 * @returns {import('rollup').Plugin}
 */
export function htmlPages({ folder, output }) {
  const files = demoFiles(folder);
  const pages = files.filter((file) => extname(file) === '.html');
  /** @param {string} page @param {string} source */
  const entryOf = (page, source) => join(folder, dirname(page), source);
  return {
    name: 'html-pages',
    options(options) {
      /** @type {Record<string, string>} */
      const input = {};
      for (const page of pages) {
        for (const [, , source] of readFileSync(join(folder, page), 'utf8').matchAll(MODULE_SCRIPT)) {
          if (source) input[basename(source, '.ts')] = entryOf(page, source);
        }
      }
      return { ...options, input };
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((item) => item.type === 'chunk');
      for (const page of pages) {
        const html = readFileSync(join(folder, page), 'utf8').replace(MODULE_SCRIPT, (_all, before, source, after) => {
          const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === entryOf(page, source));
          if (!chunk) throw new Error(`${page} loads ${source}, which was not built.`);
          const address = relative(dirname(page), chunk.fileName).split(sep).join('/');
          return `${before}./${address}${after}`;
        });
        this.emitFile({ type: 'asset', fileName: page.split(sep).join('/'), source: html });
      }
    },
    writeBundle() {
      for (const file of files.filter((name) => COPIED.has(extname(name)))) {
        mkdirSync(dirname(join(output, file)), { recursive: true });
        copyFileSync(join(folder, file), join(output, file));
      }
    },
  };
}
