/**
 * What `npm run build` makes of src/ and demo/:
 *   dist/**                   one ES module per source module; lit, @lit/context and sip.js stay imports
 *   dist/deskside.js          everything in one ES module
 *   dist/deskside.classic.js  everything in one classic script, which sets the global `deskside`
 *   dist/demo/                the demo pages, for any static web server
 * `rollup --configDemo` makes the demo pages only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { publicEntries } from './demo/tools/entries.mjs';
import { htmlPages } from './demo/tools/html-pages.mjs';
import { leaveOut } from './demo/tools/leave-out.mjs';
import { licences } from './demo/tools/licences.mjs';
import { minifyTemplates } from './demo/tools/minify-templates.mjs';

/** @typedef {import('rollup').RollupOptions} RollupOptions */

const root = dirname(fileURLToPath(import.meta.url));
const source = join(root, 'src');
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const banner = `/*! deskside ${version} | MIT | licences of what is inside: deskside.licences.txt */`;

/** The peers that stay imports in the modules per entry. */
const EXTERNAL = /^(?:lit|@lit\/context|sip\.js)(?:\/|$)/;

const compile = () => esbuild({ target: 'es2022', tsconfig: join(root, 'tsconfig.json'), minify: false });

/** The plugins of a self-contained bundle, which the size budgets are measured with too. */
export const bundlePlugins = () => [nodeResolve(), leaveOut(), compile(), minifyTemplates()];

/** @param {boolean} module whether the output is an ES module */
export const minify = (module) => terser({ module, ecma: 2020, compress: { passes: 2 }, format: { comments: /^!/ } });

const SELF_CONTAINED = 'deskside:everything';

/**
 * The entry of a self-contained bundle: the package's exports, and every element registered.
 * @returns {import('rollup').Plugin}
 */
const everything = () => ({
  name: 'everything',
  resolveId: (id) => (id === SELF_CONTAINED ? id : null),
  load(id) {
    if (id !== SELF_CONTAINED) return null;
    const parts = [
      { file: join(source, 'index.ts'), statement: 'export * from' },
      { file: join(source, 'components', 'define-all.ts'), statement: 'import' },
    ];
    return parts
      .filter(({ file }) => existsSync(file))
      .map(({ file, statement }) => `${statement} ${JSON.stringify(file)};`)
      .join('\n');
  },
});

/** @returns {RollupOptions} */
const modules = () => ({
  input: publicEntries(source),
  external: EXTERNAL,
  plugins: [nodeResolve(), compile()],
  output: { dir: dist, format: 'es', preserveModules: true, preserveModulesRoot: source },
});

/** @returns {RollupOptions} */
const selfContained = () => ({
  input: SELF_CONTAINED,
  plugins: [everything(), ...bundlePlugins(), licences('deskside.licences.txt')],
  output: [
    { file: join(dist, 'deskside.js'), format: 'es', inlineDynamicImports: true, sourcemap: true, banner, plugins: [minify(true)] },
    {
      file: join(dist, 'deskside.classic.js'),
      format: 'iife',
      name: 'deskside',
      strict: false,
      inlineDynamicImports: true,
      sourcemap: true,
      banner,
      plugins: [minify(false)],
    },
  ],
});

/** @returns {RollupOptions} */
const demo = () => {
  const folder = join(root, 'demo');
  const output = join(dist, 'demo');
  return {
    plugins: [htmlPages({ folder, output }), ...bundlePlugins()],
    output: { dir: output, format: 'es', entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js', plugins: [minify(true)] },
  };
};

/** @param {{configDemo?: boolean}} args */
export default function config({ configDemo }) {
  return configDemo ? [demo()] : [modules(), selfContained(), demo()];
}
