/** The lint rule of the layers, proved for every layer: it passes what the layer may import and fails on what it must not. */
import assert from 'node:assert/strict';
import { dirname, join, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { LAYERS, layersRule } from '../support/lint/layers.mjs';
import { ROOT } from '../support/root.mjs';

interface Example {
  /** A module of the layer. */
  readonly from: string;
  /** Modules of the project, without their ending, and packages. */
  readonly may: readonly string[];
  readonly mustNot: readonly string[];
  /** What it may import as types and on first use, and must not as it loads. */
  readonly lazy?: readonly string[];
}

const PROTOCOL = 'src/services/protocol/engine';
const ELEMENT = 'src/components/im-tray/im-tray';
const LOWER: Omit<Example, 'from'> = {
  may: ['src/services/domain/party', 'src/services/environment', 'src/services/service-error'],
  mustNot: ['lit', 'sip.js', PROTOCOL, ELEMENT, 'src/services/store/store', 'src/services/index', 'src/styles/index'],
};

/** One example for each layer, by its path. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  'src/services/domain/': { from: 'src/services/domain/reduce.ts', ...LOWER },
  'src/services/store/': {
    from: 'src/services/store/store.ts',
    may: ['src/services/store/other'],
    mustNot: ['lit', 'sip.js', 'src/services/domain/party', 'src/services/environment', ELEMENT],
  },
  'src/services/protocol/': {
    from: 'src/services/protocol/sipjs/stack.ts',
    may: ['sip.js', 'sip.js/lib/core/index.js', PROTOCOL, 'src/services/domain/party', 'src/services/engine'],
    mustNot: ['lit', '@lit/context', ELEMENT, 'src/services/index', 'src/services/store/store', 'src/services/media/ringing'],
  },
  'src/services/directory/': { from: 'src/services/directory/loader.ts', ...LOWER },
  'src/services/tabs/': { from: 'src/services/tabs/leader.ts', ...LOWER },
  'src/services/media/': { from: 'src/services/media/ringing.ts', ...LOWER },
  'src/services/hosts/': { from: 'src/services/hosts/static-adapter.ts', ...LOWER },
  'src/services/sip-service-context.ts': {
    from: 'src/services/sip-service-context.ts',
    may: ['@lit/context', 'src/services/sip-service'],
    mustNot: ['lit', 'sip.js', PROTOCOL, ELEMENT],
  },
  'src/services/': {
    from: 'src/services/service/command-bus.ts',
    may: ['src/services/store/store', 'src/services/domain/reduce', 'src/services/media/ringing'],
    lazy: [PROTOCOL],
    mustNot: ['lit', 'sip.js', ELEMENT],
  },
  'src/components/': {
    from: 'src/components/im-window/im-window.ts',
    may: ['lit', 'lit/decorators.js', '@lit/context', 'src/services/index', 'src/styles/index', ELEMENT],
    mustNot: ['sip.js', 'sip.js/lib/core/index.js', PROTOCOL, 'src/services/domain/party', 'src/services/store/store'],
  },
  'src/styles/': {
    from: 'src/styles/tokens.ts',
    may: ['lit', 'src/styles/host.styles'],
    mustNot: ['sip.js', 'src/services/index', ELEMENT],
  },
  'src/': { from: 'src/index.ts', may: ['src/services/index', ELEMENT], lazy: [PROTOCOL], mustNot: ['lit', 'sip.js'] },
  'demo/': { from: 'demo/agent.ts', may: ['ws', 'src/index', 'demo/server'], mustNot: ['sip.js', 'sip.js/lib/core/index.js'] },
};

/** How a module is named in an import from another. */
function specifierOf(from: string, target: string): string {
  if (!/^(src|demo)\//.test(target)) return target;
  const path = relative(dirname(from), target).split(sep).join('/');
  return `${path.startsWith('.') ? path : `./${path}`}.js`;
}

/** Each way to import that happens as a module loads, and each that does not. */
const ON_LOAD = [
  (name: string) => `import ${name};`,
  (name: string) => `import { x } from ${name};`,
  (name: string) => `export { x } from ${name};`,
  (name: string) => `export * from ${name};`,
];
const LATER = [
  (name: string) => `const later = () => import(${name});`,
  (name: string) => `import type { X } from ${name};`,
  (name: string) => `export type { X } from ${name};`,
  (name: string) => `type X = import(${name}).X;`,
];

const linter = new Linter({ cwd: ROOT });

/** How many complaints the rule has about this code in this file. */
function complaints(file: string, code: string): number {
  const messages = linter.verify(
    code,
    {
      files: ['**/*.ts'],
      plugins: { deskside: { rules: { layers: layersRule } } },
      rules: { 'deskside/layers': 'error' },
      languageOptions: { parser: tseslint.parser },
    },
    { filename: join(ROOT, file) },
  );
  assert.deepEqual(
    messages.filter(({ fatal }) => fatal),
    [],
    code,
  );
  return messages.length;
}

describe('the lint rule of the layers', () => {
  it('has an example for every layer', () => {
    assert.deepEqual(Object.keys(EXAMPLES).toSorted(), LAYERS.map(({ path }) => path).toSorted());
  });

  for (const [layer, { from, may, mustNot, lazy = [] }] of Object.entries(EXAMPLES)) {
    const check = (targets: readonly string[], ways: typeof ON_LOAD, expected: number): void => {
      for (const target of targets) {
        for (const way of ways) {
          const code = way(JSON.stringify(specifierOf(from, target)));
          assert.equal(complaints(from, code), expected, `${from}: ${code}`);
        }
      }
    };

    it(`${layer}: what it may import passes`, () => check(may, [...ON_LOAD, ...LATER], 0));
    it(`${layer}: what it must not import fails, however it is imported`, () => check(mustNot, [...ON_LOAD, ...LATER], 1));
    if (lazy.length > 0) {
      it(`${layer}: what is for first use fails as the module loads, and passes later`, () => {
        check(lazy, ON_LOAD, 1);
        check(lazy, LATER, 0);
      });
    }
  }

  it('leaves tests alone', () => {
    assert.equal(complaints('test/services/x.test.ts', `import 'sip.js'; import '../../src/services/protocol/engine.js';`), 0);
  });
});
