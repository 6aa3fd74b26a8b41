/**
 * `npm run bench`: sizes first, then every `*.bench.ts` beside this file, as tables of ratios to peers measured in the same run. `npm run bench
 * search` runs those whose file is named so, `npm run bench search typing` one part of it.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench, Row } from './row.js';

const FOLDER = new URL('.', import.meta.url);

function format(row: Row): Record<string, string> {
  const number = (value: number | undefined): string => (value === undefined ? '' : value.toPrecision(3));
  return { what: row.what, ours: number(row.ours), peer: number(row.peer), ratio: number(row.ratio), unit: row.unit, note: row.note ?? '' };
}

const [only = '', part] = process.argv.slice(2);
const files = ['sizes.ts', ...readdirSync(fileURLToPath(FOLDER)).filter((file) => file.endsWith('.bench.ts'))].filter((file) =>
  file.includes(only),
);
for (const file of files) {
  const bench = (await import(new URL(file, FOLDER).href)) as Bench;
  console.log(`\n${bench.name}`);
  console.table((await bench.run(part)).map(format));
}
