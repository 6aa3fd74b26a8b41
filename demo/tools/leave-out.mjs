import MagicString from 'magic-string';
import { nodesOf } from './syntax-tree.mjs';

/**
 * Modules of sip.js 0.21.2 that nothing of ours reaches, though its other modules import them, and what bundles have in their place: a grammar
 * that reads nothing, classes that cannot be made.
 * @type {Record<string, string>}
 */
const LEFT_OUT = {
  // Every field is read by src/services/protocol/sipjs/grammar.ts.
  'grammar/pegjs/dist/grammar.js': 'export function parse() { throw new Error(); }',
  // Subscriptions, publications and registrations are our own; nobody sends PRACK.
  ...Object.fromEntries(
    ['Subscribe', 'Publish', 'Register', 'Prack'].map((name) => [
      `core/user-agents/${name.toLowerCase()}-user-agent-client.js`,
      `export class ${name}UserAgentClient { constructor() { throw new Error(); } }`,
    ]),
  ),
};

const SIP_JS = /\/node_modules\/sip\.js\/lib\/(.+)$/;
const LOGGER_CALL = /^(?:this\.)?logger\.(?:debug|log|warn|error)$/;

/**
 * Rollup plugin: leaves out of bundles what sip.js has and is never used. Its log lines go too: the loggers that it gets are silent
 * (src/services/protocol/sipjs/loggers.ts), and lines that are not composed cannot tell anybody what a message said.
 * @returns {import('rollup').Plugin}
 */
export function leaveOut() {
  return {
    name: 'leave-out',
    transform(code, id) {
      const file = SIP_JS.exec(id.replaceAll('\\', '/'))?.[1];
      if (file === undefined) return null;
      const instead = LEFT_OUT[file];
      if (instead !== undefined) return { code: instead, map: { mappings: '' } };
      if (!code.includes('logger.')) return null;
      const edited = new MagicString(code);
      for (const node of nodesOf(this.parse(code))) {
        if (node.type !== 'ExpressionStatement' || node.expression.type !== 'CallExpression') continue;
        const { callee } = /** @type {{callee: {start: number, end: number}}} */ (/** @type {unknown} */ (node.expression));
        if (LOGGER_CALL.test(code.slice(callee.start, callee.end))) edited.update(node.start, node.end, ';');
      }
      return { code: edited.toString(), map: edited.generateMap({ hires: true }) };
    },
  };
}
