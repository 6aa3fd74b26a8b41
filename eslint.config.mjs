/** `npm run lint`: what the conventions forbid, as rules. The layers are in test/support/lint/layers.mjs. */
import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { documentedExportsRule } from './test/support/lint/documented-exports.mjs';
import { layersRule } from './test/support/lint/layers.mjs';

const deskside = { rules: { layers: layersRule, 'documented-exports': documentedExportsRule } };

const SOURCES = ['src/**/*.ts'];
const TESTS = ['test/**/*.ts'];

/** What strict content security policies and Lightning Web Security block, or what lets text become HTML. */
const FORBIDDEN_SYNTAX = [
  {
    selector: 'MemberExpression[object.type="ThisExpression"][property.name="shadowRoot"]',
    message: 'Use this.renderRoot: shadowRoot is null under Lightning Web Security.',
  },
  { selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]', message: 'Text never becomes HTML.' },
  {
    selector: 'TemplateElement[value.raw=/\\sstyle\\s*=/]',
    message: 'Strict CSP blocks style attributes: use a class, a part or style.setProperty.',
  },
  {
    selector: 'NewExpression[callee.name=/^(Function|Worker|SharedWorker)$/]',
    message: 'Content security policies and Lightning Web Security forbid it.',
  },
  { selector: 'TSNonNullExpression', message: 'Check the value instead.' },
];

const FORBIDDEN_IMPORTS = ['style-map', 'unsafe-html', 'unsafe-svg', 'unsafe-mathml'].map((name) => ({
  name: `lit/directives/${name}.js`,
  message: 'Strict CSP blocks style attributes, and text never becomes HTML.',
}));

const NO_SKIPPED_TESTS = [
  {
    selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(skip|only|todo)$/]',
    message: 'No skipped or lonely tests.',
  },
  { selector: 'CallExpression[callee.name=/^(xit|xdescribe|fit|fdescribe)$/]', message: 'No skipped or lonely tests.' },
];

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.tmp/'] },
  js.configs.recommended,
  {
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // Numbers and booleans read well in texts.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // `void` marks a promise that nobody waits for, also where a function may or may not return one.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // `'known' | string` documents the known ones; snapshots are keyed by text.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Ports and services are objects of closures: their methods use no `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    plugins: { deskside },
    rules: {
      'deskside/layers': 'error',
      'max-lines': ['error', { max: 380 }],
      'max-lines-per-function': ['error', { max: 65 }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    },
  },
  {
    files: SOURCES,
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended']],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      'deskside/documented-exports': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...FORBIDDEN_SYNTAX],
      'no-restricted-imports': ['error', { paths: FORBIDDEN_IMPORTS }],
      'no-restricted-globals': ['error', 'Worker', 'SharedWorker', 'eval'],
      'lit/no-template-arrow': 'off',
      'lit/no-classfield-shadowing': 'error',
      'lit/prefer-static-styles': 'error',
    },
  },
  // The one place where a page's mistakes are told to its author.
  { files: ['src/components/internal/warn.ts'], rules: { 'no-console': ['error', { allow: ['warn'] }] } },
  {
    files: TESTS,
    rules: {
      'no-restricted-syntax': ['error', ...NO_SKIPPED_TESTS],
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 400 }],
      // chai's assertions are expressions: expect(x).to.be.true
      '@typescript-eslint/no-unused-expressions': 'off',
      // Events of the tests' helper are untyped.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // chai's assertions have a `then`; node:test's `it` gives a promise that the runner awaits.
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
);
