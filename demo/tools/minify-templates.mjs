import MagicString from 'magic-string';
import { nodesOf } from './syntax-tree.mjs';

/** Strings and comments of a style sheet, and the white space around its punctuation. */
const CSS_TOKENS = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\/\*[^]*?\*\/|\s*([{};,])\s*|(\s+)/g;

/** @param {string} text */
const minifyCss = (text) => text.replace(CSS_TOKENS, (_all, string, mark, space) => string ?? mark ?? (space ? ' ' : ''));

/**
 * Only the indentation goes: a line break stays a line break, so nothing changes even where white space is preserved.
 * @param {string} text
 */
const minifyHtml = (text) => text.replace(/\s*\n\s*/g, '\n');

/** @type {Record<string, (text: string) => string>} */
const MINIFIERS = { css: minifyCss, html: minifyHtml, svg: minifyHtml };

/**
 * Rollup plugin: takes the indentation out of `html`, `svg` and `css` templates. Runs after the TypeScript was compiled.
 * @returns {import('rollup').Plugin}
 */
export function minifyTemplates() {
  return {
    name: 'minify-templates',
    transform(code, id) {
      if (id.includes('node_modules') || !/\b(?:html|svg|css)`/.test(code)) return null;
      const edited = new MagicString(code);
      for (const node of nodesOf(this.parse(code))) {
        if (node.type !== 'TaggedTemplateExpression' || node.tag.type !== 'Identifier') continue;
        const minify = MINIFIERS[node.tag.name];
        if (!minify) continue;
        for (const quasi of /** @type {{start: number, end: number}[]} */ (/** @type {unknown} */ (node.quasi.quasis))) {
          const text = minify(code.slice(quasi.start, quasi.end));
          if (text) edited.update(quasi.start, quasi.end, text);
          else if (quasi.end > quasi.start) edited.remove(quasi.start, quasi.end);
        }
      }
      return { code: edited.toString(), map: edited.generateMap({ hires: true }) };
    },
  };
}
