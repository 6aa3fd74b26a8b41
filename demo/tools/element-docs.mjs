/**
 * One page per element in docs/elements/, made of the doc blocks in the sources: `npm run docs` writes them, `npm run docs -- --check` fails where
 * one is not what the sources say.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = join(root, 'docs', 'elements');

/**
 * @typedef {{name?: string, description?: string, type?: {text: string}, default?: string, kind?: string, privacy?: string, static?: boolean,
 *   attribute?: string, inheritedFrom?: object, parameters?: {name: string, type?: {text: string}}[], return?: {type?: {text: string}}}} Item
 * @typedef {{tagName?: string, customElement?: boolean, description?: string, members?: Item[], attributes?: Item[], events?: Item[], slots?: Item[],
 *   cssParts?: Item[], cssProperties?: Item[]}} Element
 */

/** Lit's own, which no page uses. */
const INTERNAL = new Set(['render', 'renderRoot', 'updateComplete', 'activeService', 'locale', 'rtl', 'text', 'renderInert']);

/** @returns {Element[]} the elements as the analyzer sees them */
function readElements() {
  const temporary = mkdtempSync(join(root, 'node_modules', '.deskside-docs-'));
  try {
    const analyzer = join('node_modules', '@custom-elements-manifest', 'analyzer', 'cem.js');
    const { status } = spawnSync(process.execPath, [analyzer, 'analyze', '--quiet', '--outdir', relative(root, temporary)], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error('The analyzer failed.');
    const manifest = JSON.parse(readFileSync(join(temporary, 'custom-elements.json'), 'utf8'));
    /** @type {Element[]} */
    const all = manifest.modules.flatMap((/** @type {{declarations?: Element[]}} */ { declarations = [] }) => declarations);
    return all
      .filter(({ customElement, tagName }) => customElement && tagName)
      .sort((one, other) => String(one.tagName).localeCompare(String(other.tagName)));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string | undefined} text */
const cell = (text) => (text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
/** @param {string | undefined} text */
const code = (text) => (text ? `\`${cell(text)}\`` : '');

/**
 * @param {string} title
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function table(title, heads, rows) {
  if (!rows.length) return '';
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(heads), line(heads.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** A doc block as Markdown: what is indented in it is an example, and the keyboard has a section of its own. @param {string} text */
function prose(text) {
  const paragraphs = text.split(/\n{2,}/);
  const keyboard = paragraphs.filter((one) => one.startsWith('Keyboard:')).map((one) => one.slice('Keyboard:'.length).trim());
  const others = paragraphs
    .filter((one) => !one.startsWith('Keyboard:'))
    .map((one) => (/^ {4}/.test(one) ? `\`\`\`html\n${one.replace(/^ {4}/gm, '')}\n\`\`\`` : one));
  return { about: others.join('\n\n'), keyboard: keyboard.map((one) => one.charAt(0).toUpperCase() + one.slice(1)).join('\n\n') };
}

/** @param {Element} element */
function pageOf(element) {
  const { about, keyboard } = prose(element.description ?? '');
  const members = (element.members ?? []).filter(({ name = '', privacy, static: fixed }) => {
    return (
      (privacy === undefined || privacy === 'public') && !fixed && !INTERNAL.has(name) && !name.startsWith('#') && !name.startsWith('_')
    );
  });
  const properties = members.filter(({ kind, description }) => kind === 'field' && description);
  const methods = members.filter(({ kind, description }) => kind === 'method' && description);
  const signature = (/** @type {Item} */ { name, parameters = [] }) =>
    `${String(name)}(${parameters.map((one) => `${one.name}: ${one.type?.text ?? 'unknown'}`).join(', ')})`;
  const named = (/** @type {Item[]} */ items = []) => items.map(({ name, description }) => [code(name || '(default)'), cell(description)]);
  return [
    `# \`<${String(element.tagName)}>\``,
    '',
    about,
    '',
    element.tagName === 'sip-provider'
      ? ''
      : `Live, in its states: \`npm start\`, then \`/elements.html#${String(element.tagName)}\` ([source](../../demo/elements.html)).\n`,
    table(
      'Attributes and properties',
      ['attribute', 'property', 'type', 'default', 'what it is'],
      properties.map((one) => [code(one.attribute), code(one.name), code(one.type?.text), code(one.default), cell(one.description)]),
    ),
    table(
      'Methods',
      ['method', 'what it does'],
      methods.map((one) => [code(signature(one)), cell(one.description)]),
    ),
    table('Events', ['event', 'when, and with what'], named(element.events)),
    keyboard ? `## Keyboard\n\n${keyboard}\n` : '',
    table('Slots', ['slot', 'what goes there'], named(element.slots)),
    table('Parts', ['part', 'what it is'], named(element.cssParts)),
    table('Custom properties of its own', ['property', 'what it is'], named(element.cssProperties)),
    'Colours, sizes and font are set by the [tokens](README.md#tokens) that all elements share.',
    '',
  ].join('\n');
}

/** The tokens, from their one table in the styles; what forced colours make of them is left out. */
function tokens() {
  const [source = ''] = readFileSync(join(root, 'src', 'styles', 'tokens.ts'), 'utf8').split('export const forcedTokens');
  const rows = [...source.matchAll(/^ {2}'?([a-z-]+)'?: (?:\['([^']*)', '([^']*)'\]|'([^']*)'|"([^"]*)"),$/gm)];
  return table(
    'Tokens',
    ['custom property', 'light, or always', 'dark'],
    rows.map(([, name, light, dark, always, quoted]) => [code(`--deskside-${String(name)}`), code(light ?? always ?? quoted), code(dark)]),
  );
}

/** @param {Element[]} elements */
function indexOf(elements) {
  const rows = elements.map(({ tagName = '', description = '' }) => [
    `[\`<${tagName}>\`](${tagName}.md)`,
    cell(description.split(/\n{2,}/)[0]),
  ]);
  const intro =
    '# The elements\n\nMade from the doc blocks in the sources by `npm run docs`; `npm run verify` checks that they are current.\n';
  return [intro, table('All', ['element', 'what it is'], rows), tokens()].join('\n');
}

/** @returns {Promise<Map<string, string>>} file name → content */
async function pages() {
  const elements = readElements();
  const options = await resolveConfig(join(root, 'package.json'));
  const all = [['README.md', indexOf(elements)], ...elements.map((element) => [`${String(element.tagName)}.md`, pageOf(element)])];
  const formatted = all.map(
    async ([name = '', text = '']) => /** @type {const} */ ([name, await format(text, { ...options, parser: 'markdown' })]),
  );
  return new Map(await Promise.all(formatted));
}

const wanted = await pages();
mkdirSync(folder, { recursive: true });
const present = readdirSync(folder);
if (process.argv.includes('--check')) {
  const read = (/** @type {string} */ name) => (present.includes(name) ? readFileSync(join(folder, name), 'utf8') : '');
  const stale = [...new Set([...wanted.keys(), ...present])].filter((name) => read(name) !== (wanted.get(name) ?? null));
  if (stale.length) console.error(`Not current: docs/elements/${stale.join(', ')}. Run \`npm run docs\`.`);
  process.exitCode = stale.length ? 1 : 0;
} else {
  for (const name of present) if (!wanted.has(name)) rmSync(join(folder, name));
  for (const [name, text] of wanted) writeFileSync(join(folder, name), text);
}
