/** What is packed: the right files, and every address of `exports` with its types, as a project without this one's sources sees them. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { build } from 'esbuild';
import ts from 'typescript';
import { elementEntries, publicEntries } from '../../demo/tools/entries.mjs';
import { ROOT } from '../support/root.mjs';
import { entryPoints, snippets, unpack } from './packed.js';

const packed = unpack();
const entries = entryPoints(packed);
const tags = elementEntries(join(ROOT, 'src')).map(({ tag }) => tag);
const scripts = packed.files.filter((file) => file.endsWith('.js'));
const isModule = ({ file }: { file: string }): boolean => file.endsWith('.js') && !file.endsWith('.classic.js');

/** What the documents take for granted around their snippets. */
const AROUND = `import type { HostAdapter, Interaction, SipProvider, SipService, TargetRef } from 'deskside';
declare const service: SipService; declare const target: TargetRef; declare const interaction: Interaction;
declare const provider: SipProvider; declare const myAdapter: HostAdapter; declare const adapter: HostAdapter;
`;

/** What the compiler says of a module of the project that has the package. */
function compile(code: string): string[] {
  const file = join(packed.project, 'consumer.ts');
  writeFileSync(file, code);
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    strict: true,
    // The documents' snippets find what they look for.
    strictNullChecks: false,
    noEmit: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file: where, messageText }) => `${where?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

/** What a bundler leaves of an import. */
async function bundled(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: packed.project },
    bundle: true,
    write: false,
    format: 'esm',
    treeShaking: true,
    logLevel: 'silent',
    external: ['lit', 'lit/*', '@lit/*', 'sip.js', 'sip.js/*'],
  });
  return outputFiles[0]?.text ?? '';
}

describe('the package', () => {
  after(() => packed.remove());

  it('holds what a page needs, and neither sources, tests, the demo, nor maps but those of the two minified scripts', () => {
    const strange = packed.files.filter(
      (file) =>
        !/^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(file) &&
        !/^dist\/(?:(?:components|services|styles)\/.+|index)\.(?:js|d\.ts)$/.test(file) &&
        !/^dist\/deskside\.(?:(?:classic\.)?js(?:\.map)?|licences\.txt)$/.test(file) &&
        !/^dist\/(?:custom-elements|web-types|vscode\.html-custom-data|sri)\.json$/.test(file),
    );
    assert.deepEqual(strange, []);
  });

  it('tells nothing of the machine that it was built on', () => {
    const places = [ROOT, ROOT.replace(/\/$/, ''), 'file://', '/node_modules/.'].filter((place) => place.length > 3);
    for (const file of packed.files) {
      const text = packed.read(file);
      assert.deepEqual(places.filter((place) => text.includes(place)), [], file);
    }
  });

  it('has a file, and types, behind every address', () => {
    for (const { name, file, types } of entries) {
      assert.ok(packed.files.includes(file), `${name}: ${file}`);
      if (types) assert.ok(packed.files.includes(types), `${name}: ${types}`);
      else assert.ok(!isModule({ file }), `${name} has no types`);
    }
  });

  it('may be imported by every module that is meant for it', () => {
    const files = entries.map(({ file }) => file);
    for (const source of publicEntries(join(ROOT, 'src'))) {
      const built = source.replace(join(ROOT, 'src'), 'dist').replaceAll('\\', '/').replace(/\.ts$/, '.js');
      assert.ok(files.includes(built), built);
    }
  });

  it('imports nothing but itself and its dependencies', () => {
    for (const file of scripts) {
      for (const [, name = ''] of packed.read(file).matchAll(/(?:^|\n)(?:import|export)\b[^'"\n;]*?['"]([^'"\n]+)['"]/g)) {
        if (name.startsWith('.')) assert.ok(existsSync(join(packed.folder, dirname(file), name)), `${file}: ${name}`);
        else {
          const [scope = '', inner = ''] = name.split('/');
          assert.ok((scope.startsWith('@') ? `${scope}/${inner}` : scope) in packed.json.dependencies, `${file}: ${name}`);
          assert.ok(!isBuiltin(name), `${file}: ${name}`);
        }
      }
    }
  });

  it('type-checks at every address and in every snippet of the documents', () => {
    const modules = entries.filter(isModule).map(({ name }, at) => `import * as all${at} from '${name}';\nexport const use${at}: object = all${at};`);
    const inPage = snippets('js').map(({ code }, at) => {
      const [imports, rest] = [code.match(/^import .*$/gm) ?? [], code.replace(/^import .*$/gm, '')];
      // Each in a scope of its own; imports stand at the top of a module.
      return { imports, body: `export async function snippet${at}(): Promise<void> {\n${rest}\n}` };
    });
    const imports = [...new Set(inPage.flatMap((snippet) => snippet.imports))];
    assert.deepEqual(compile([AROUND, ...imports, ...modules, ...inPage.map(({ body }) => body)].join('\n')), []);
  });

  it('registers nothing but by the modules that say so', async () => {
    assert.equal((await bundled(`import 'deskside'; import 'deskside/services';`)).trim(), '');
    for (const tag of tags) {
      assert.equal((await bundled(`import 'deskside/components/${tag}/${tag}.js';`)).trim(), '', tag);
      assert.ok((await bundled(`import 'deskside/components/${tag}/${tag}.define.js';`)).includes(`"${tag}"`), tag);
    }
    const all = await bundled(`import 'deskside/components/define-all.js';`);
    for (const tag of tags) assert.ok(all.includes(`"${tag}"`), tag);
  });

  it('describes every element to editors, with files that are there', () => {
    interface Manifest {
      readonly modules: readonly { readonly path: string; readonly declarations?: readonly { readonly tagName?: string }[] }[];
    }
    const { modules } = JSON.parse(packed.read('dist/custom-elements.json')) as Manifest;
    const described = modules.flatMap(({ path, declarations = [] }) => declarations.flatMap(({ tagName }) => (tagName ? [{ path, tagName }] : [])));
    assert.deepEqual(described.map(({ tagName }) => tagName).toSorted(), tags.toSorted());
    for (const file of ['dist/web-types.json', 'dist/vscode.html-custom-data.json']) {
      const text = JSON.stringify(JSON.parse(packed.read(file)));
      for (const tag of tags) assert.ok(text.includes(`"name":"${tag}"`), `${file}: ${tag}`);
    }
  });

  it('has the integrity of its two scripts, which hold no part that strict hosts refuse', () => {
    const values = JSON.parse(packed.read('dist/sri.json')) as Record<string, string>;
    assert.deepEqual(Object.keys(values).toSorted(), ['deskside.classic.js', 'deskside.js']);
    for (const [file, value] of Object.entries(values)) {
      const text = packed.read(`dist/${file}`);
      assert.equal(value, `sha384-${createHash('sha384').update(text).digest('base64')}`);
      assert.doesNotMatch(text, /\beval\(|\bnew Function\b|\bnew (?:Shared)?Worker\b|\bimport\(|^import\b|[;}]import[{*"']/);
    }
    assert.doesNotMatch(packed.read('dist/deskside.classic.js'), /(['"])use strict\1|\bimport\.meta\b/);
  });
});
