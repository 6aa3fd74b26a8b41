/** Every element brings the English tables of the keys that its folder uses: a table that is forgotten would show keys to agents. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const components = fileURLToPath(new URL('../../../src/components/', import.meta.url));
const read = (path: string): string => readFileSync(components + path, 'utf8');

/** Keys by table, as they stand in the sources. */
const tables = new Map(
  readdirSync(`${components}internal/strings/en`).map((file) => [
    file.replace('.ts', ''),
    [...read(`internal/strings/en/${file}`).matchAll(/^ {2}'([^']+)':/gm)].map(([, key = '']) => key),
  ]),
);

/** What a folder asks for: whole keys, and beginnings of keys that end in a variable part. */
function asked(source: string): { keys: string[]; beginnings: string[] } {
  const keys = [...source.matchAll(/\btext\(\s*'([^']+)'/g)].map(([, key = '']) => key);
  const beginnings = [...source.matchAll(/\btext\(\s*`([a-z]+\.)[^`]*`/g)].map(([, beginning = '']) => beginning);
  if (/\bpresence(?:Word|Text)\(/.test(source)) beginnings.push('presence.');
  return { keys, beginnings };
}

/** Tables that a class names in `static english`; the base's own where it names none. */
function brought(source: string): string[] {
  const list = /static override english[^=]*=\s*\[([^\]]*)\]/.exec(source)?.[1];
  return list === undefined ? ['common'] : [...list.matchAll(/(\w+)Words/g)].map(([, table = '']) => table);
}

for (const folder of readdirSync(components, { withFileTypes: true })) {
  if (!folder.isDirectory() || folder.name === 'internal') continue;
  test(`<${folder.name}> brings the words that it uses`, () => {
    const source = readdirSync(components + folder.name)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(`${folder.name}/${file}`))
      .join('\n');
    const has = brought(source).flatMap((table) => tables.get(table) ?? []);
    const { keys, beginnings } = asked(source);
    assert.deepEqual(
      [...keys.filter((key) => !has.includes(key)), ...beginnings.filter((beginning) => !has.some((key) => key.startsWith(beginning)))],
      [],
    );
  });
}
