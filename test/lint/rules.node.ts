/** The other rules of the house, as `npm run lint` has them for each kind of file: each fails on what it forbids. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { ROOT } from '../support/root.mjs';

type Rules = Linter.RulesRecord;
type Plugins = Record<string, ESLint.Plugin>;

/** Code that a rule complains about, in a source file of an element. */
const IN_SOURCES: readonly (readonly [rule: string, code: string])[] = [
  ['deskside/layers', `import 'sip.js';`],
  ['deskside/documented-exports', `export const x = 1;`],
  ['deskside/documented-exports', `// Not a doc comment.\nexport function x(): void {}`],
  ['deskside/documented-exports', `@decorated() export class X {}`],
  ['no-restricted-syntax', `class X { x() { return this.shadowRoot; } }`],
  ['no-restricted-syntax', `element.innerHTML = text;`],
  ['no-restricted-syntax', `element.insertAdjacentHTML('beforeend', text);`],
  ['no-restricted-syntax', 'const x = html`<p style="color: red"></p>`;'],
  ['no-restricted-syntax', `new Worker(address);`],
  ['no-restricted-syntax', `new Function(code);`],
  ['no-restricted-syntax', `x!.y();`],
  ['no-restricted-imports', `import { unsafeHTML } from 'lit/directives/unsafe-html.js';`],
  ['no-restricted-imports', `import { styleMap } from 'lit/directives/style-map.js';`],
  ['no-restricted-globals', `const x = SharedWorker;`],
  ['no-eval', `eval(code);`],
  ['no-console', `console.log(text);`],
  ['no-warning-comments', `// fixme: later`],
  ['eqeqeq', `x == y;`],
];

/** The same in a test. */
const IN_TESTS: readonly (readonly [rule: string, code: string])[] = [
  ['no-restricted-syntax', `it .skip('x', () => undefined);`],
  ['no-restricted-syntax', `describe .only('x', () => undefined);`],
  ['no-restricted-syntax', `xit ('x', () => undefined);`],
];

const linter = new Linter({ cwd: ROOT });

/** The rules that complain about this code, with only those of the project's settings that need no types. */
function complaints(file: string, code: string, rules: Rules, plugins: Plugins): string[] {
  const messages = linter.verify(
    code,
    { files: ['**/*.ts'], plugins, rules, languageOptions: { parser: tseslint.parser } },
    { filename: join(ROOT, file) },
  );
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

for (const [file, table] of [
  ['src/components/im-tray/im-tray.ts', IN_SOURCES],
  ['test/components/im-tray/im-tray.test.ts', IN_TESTS],
] as const) {
  describe(`the lint rules of ${file}`, () => {
    let rules: Rules;
    let plugins: Plugins;

    before(async () => {
      const config = (await new ESLint({ cwd: ROOT }).calculateConfigForFile(file)) as { rules: Rules; plugins: Plugins };
      const wanted = new Set(table.map(([rule]) => rule));
      rules = Object.fromEntries(Object.entries(config.rules).filter(([rule]) => wanted.has(rule)));
      plugins = { deskside: config.plugins['deskside'] ?? {} };
    });

    for (const [rule, code] of table) {
      it(`${rule} fails on: ${code.replaceAll('\n', ' ')}`, () => assert.ok(complaints(file, code, rules, plugins).includes(rule)));
    }

    it('lets documented code pass', () => {
      const code = `/** What it is. */\nexport const x = 1;\n/** Draws. */\nexport class X {}\n/** One. */\nexport function y(): void {}`;
      assert.deepEqual(complaints(file, code, rules, plugins), []);
    });
  });
}
