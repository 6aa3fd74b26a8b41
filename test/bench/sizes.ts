/**
 * Sizes of what is delivered, gzipped, against the budgets (docs/decisions/006-sizes.md, 007-ways-down.md). Run alone it is the check of `npm run budgets`:
 * it ends with an error where a budget is broken.
 */
import { gzipSync } from 'node:zlib';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup, type Plugin, type RollupCache } from 'rollup';
import { elementEntries } from '../../demo/tools/entries.mjs';
import { bundlePlugins, minify } from '../../rollup.config.mjs';
import { ROOT } from '../support/root.mjs';
import type { Row } from './row.js';

const SOURCE = join(ROOT, 'src');

/** Bytes: what must not be exceeded today, and what we are on the way to (docs/decisions/006-sizes.md). */
interface Budget {
  readonly limit: number;
  readonly target: number;
}

const CLASSIC: Budget = { limit: 177_500, target: 95_000 };
const ELEMENTS: Budget = { limit: 95_500, target: 40_000 };
const ELEMENT: Budget = { limit: 33_000, target: 14_000 };
/** It brings the communicator, the window and the preview along. */
const COMPOSITE: Readonly<Record<string, Budget>> = { 'consult-panel': { limit: 59_000, target: 14_000 } };

/** One measured output. */
interface Size {
  readonly what: string;
  readonly bytes: number;
  readonly budget: Budget;
}

/** An entry made of imports. */
function entry(imports: readonly string[]): Plugin {
  const id = 'deskside:measured';
  return {
    name: 'measured-entry',
    resolveId: (source) => (source === id ? id : null),
    load: (source) => (source === id ? imports.map((file) => `import ${JSON.stringify(file)};`).join('\n') : null),
  };
}

/** What Rollup made of each module, for the next bundle. */
let cache: RollupCache | undefined;

/** Gzipped bytes of a bundle of these modules; what is loaded on first use (`import()`) counts only with `whole`. */
async function measure(files: readonly string[], whole: boolean): Promise<number> {
  const bundle = await rollup({
    input: 'deskside:measured',
    plugins: [entry(files), ...bundlePlugins()],
    onwarn: () => undefined,
    ...(cache ? { cache } : {}),
  });
  cache = bundle.cache;
  const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: whole, plugins: [minify(true)] });
  await bundle.close();
  const chunks = output.flatMap((item) => (item.type === 'chunk' ? [item] : []));
  const first = chunks.find((chunk) => chunk.isEntry);
  const loaded = new Set([first?.fileName ?? '', ...(first?.imports ?? [])]);
  return chunks
    .filter(({ fileName }) => whole || loaded.has(fileName))
    .reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

/** Measures everything that has a budget. */
export async function measureAll(): Promise<Size[]> {
  const elements = elementEntries(SOURCE);
  const all = join(SOURCE, 'components', 'define-all.ts');
  const sizes = [
    { what: 'everything, with SIP (as the classic script)', bytes: await measure([join(SOURCE, 'index.ts'), all], true), budget: CLASSIC },
    { what: 'all elements, without SIP', bytes: await measure([all], false), budget: ELEMENTS },
  ];
  for (const { tag, define } of elements) {
    if (tag === 'sip-provider') continue;
    sizes.push({ what: `<${tag}> with Lit`, bytes: await measure([define], false), budget: COMPOSITE[tag] ?? ELEMENT });
  }
  return sizes;
}

/** For `npm run bench`. */
export const name = 'Sizes (gzip, kB)';

/** Sizes as rows of the bench table: ours against the budget. */
export async function run(): Promise<Row[]> {
  const sizes = await measureAll();
  return sizes.map(({ what, bytes, budget }) => ({
    what,
    ours: bytes / 1000,
    peer: budget.target / 1000,
    ratio: bytes / budget.target,
    unit: 'kB',
    note: 'peer = target',
  }));
}

if (process.argv[1] && relative(fileURLToPath(import.meta.url), process.argv[1]) === '') {
  const sizes = await measureAll();
  for (const { what, bytes, budget } of sizes) {
    const kB = (value: number): string => (value / 1000).toFixed(1).padStart(6);
    console.log(
      `${bytes > budget.limit ? 'OVER' : 'ok  '} ${kB(bytes)} kB (limit ${kB(budget.limit)}, target ${kB(budget.target)})  ${what}`,
    );
  }
  if (sizes.some(({ bytes, budget }) => bytes > budget.limit)) process.exitCode = 1;
}
