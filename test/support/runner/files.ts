import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

const GLOB_PARTS: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

/** A glob as a regular expression: `**`, `*`, `?` and `{a,b}`. */
function globExpression(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|\{[^}]*\}|[^\w/]/g, (part) => {
    if (part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').join('|')})`;
    return GLOB_PARTS[part] ?? `\\${part}`;
  });
  return new RegExp(`^(?:${source})$`);
}

/** Whether a path is meant by one of the patterns; a pattern without glob characters is a part of the path. No pattern means every path. */
function isMeant(path: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((pattern) => (/[*?{]/.test(pattern) ? globExpression(pattern).test(path) : path.includes(pattern)));
}

/** The test files that end so and are meant, relative to the project, with forward slashes, in order. */
export function testFiles(ending: '.test.ts' | '.node.ts', patterns: readonly string[]): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((file) => join('test', file).split(sep).join('/'))
    .filter((file) => file.endsWith(ending) && isMeant(file, patterns))
    .sort();
}
