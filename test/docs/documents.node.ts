/** The documents say what is so: their links lead somewhere, their commands exist, their code compiles, their tables are complete. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { elementEntries } from '../../demo/tools/entries.mjs';
import { ROOT } from '../support/root.mjs';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Every document of the project. */
const DOCUMENTS = ['.', 'src', 'demo', 'docs', 'test']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((file) => join(folder, file).split(sep).join('/')),
  )
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ file, text: read(file) }));

const SCRIPTS = new Set([...Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts), 'install', 'ci', 'pack']);

/** The blocks of TypeScript in the documents; the first line of each says as which file it is meant. */
const BLOCKS = DOCUMENTS.flatMap(({ file, text }) =>
  [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code = '']) => ({ file, code, path: /^\/\/ (\S+\.ts)\n/.exec(code)?.[1] })),
);

/** What the compiler says of code that stands in no file, with the settings of the project. */
function compile(path: string, code: string): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, ROOT);
  const host = ts.createCompilerHost(options);
  const whole = join(ROOT, path);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...rest) =>
    relative(whole, name) === '' ? ts.createSourceFile(name, code, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  host.fileExists = (name) => relative(whole, name) === '' || fileExists(name);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([whole], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the documents', () => {
  it('link to what is there', () => {
    for (const { file, text } of DOCUMENTS) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        assert.ok(existsSync(join(ROOT, dirname(file), target)), `${file} links to ${target}`);
      }
    }
  });

  it('name commands that exist', () => {
    for (const { file, text } of DOCUMENTS) {
      for (const [, name = ''] of text.matchAll(/\bnpm (?:run )?([a-z][a-z:]*)/g)) assert.ok(SCRIPTS.has(name), `${file}: npm ${name}`);
    }
  });

  for (const { file, code, path } of BLOCKS) {
    it(`${file}: the code compiles`, () => {
      assert.ok(path, `${file}: the first line of this code does not say as which file it is meant:\n${code}`);
      assert.deepEqual(compile(path, code), []);
    });
  }

  it('tell the keys of every element that is seen', () => {
    for (const { tag } of elementEntries(join(ROOT, 'src'))) {
      if (tag !== 'sip-provider') assert.match(read(`docs/elements/${tag}.md`), /^## Keyboard$/m, tag);
    }
  });

  it('README lists every element', () => {
    const listed = [...read('README.md').matchAll(/^\| `<([a-z-]+)>`/gm)].map(([, tag]) => tag);
    assert.deepEqual(
      listed.toSorted(),
      elementEntries(join(ROOT, 'src')).map(({ tag }) => tag),
    );
  });
});
