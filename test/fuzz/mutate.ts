/** Mutations of texts: small ones that keep most of the structure, and a few that do not. */
import { below, pick } from './random.js';

/** What has broken parsers before. */
const TOKENS: readonly string[] = [
  '',
  ' ',
  '\t',
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  ':',
  ';',
  ',',
  '<',
  '>',
  '"',
  '\\',
  '%',
  '%zz',
  '%00',
  '\0',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\ufeff',
  '\ufffd',
  '\ufffe',
  '\ud800',
  '\udc00',
  '😀',
  '日本',
  '999999999999999999999',
  '-1',
  '0',
  '1e9',
  'NaN',
  '4294967296',
  '2147483648',
  '[::1',
  '[',
  ']',
  '{',
  '}',
  'null',
  'sip:',
  'tel:+1',
  'SIP/2.0 200 OK',
  'SIP/7.0',
  ';tag=',
  ';branch=z9hG4bK',
  '@',
  '=',
  '--',
  '--b',
  '&',
  '&lt;',
  '<!DOCTYPE x>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?x?>',
  '__proto__',
  'constructor',
  'x'.repeat(3000),
  ';a=b'.repeat(400),
  '(('.repeat(300),
  '\\"'.repeat(500),
];

type Mutation = (text: string, random: () => number) => string;

const spliceLines = (text: string, change: (lines: string[]) => void): string => {
  const lines = text.split('\r\n');
  change(lines);
  return lines.join('\r\n');
};

const MUTATIONS: readonly Mutation[] = [
  (text, random) => {
    const at = below(random, text.length + 1);
    return text.slice(0, at) + pick(random, TOKENS) + text.slice(at);
  },
  (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at) + text.slice(at + 1 + below(random, 8));
  },
  (text, random) => text.slice(0, below(random, text.length)),
  (text, random) => spliceLines(text, (lines) => lines.splice(below(random, lines.length), 1)),
  (text, random) => spliceLines(text, (lines) => lines.splice(below(random, lines.length), 0, lines[below(random, lines.length)] ?? '')),
  (text, random) =>
    spliceLines(text, (lines) => {
      const at = below(random, lines.length);
      const colon = (lines[at] ?? '').indexOf(':');
      if (colon > 0) lines[at] = `${(lines[at] ?? '').slice(0, colon)}: ${pick(random, TOKENS)}`;
    }),
  (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at) + String.fromCharCode(below(random, 65536)) + text.slice(at + 1);
  },
  (text, random) => {
    const [from, to] = [below(random, text.length), below(random, text.length)];
    const length = below(random, 40);
    return text.slice(0, to) + text.slice(from, from + length) + text.slice(to);
  },
  (text, random) =>
    text.replace(/\d+/g, (digits) => (random() < 0.1 ? pick(random, ['0', '-1', '99999999999', '2147483648', `${digits}0`]) : digits)),
  (text) => text.replaceAll('\r\n', '\n'),
];

/** A text changed in one to four places. */
export function mutate(text: string, random: () => number): string {
  let mutant = text;
  for (let count = 1 + below(random, 4); count > 0; count--) mutant = pick(random, MUTATIONS)(mutant, random);
  return mutant;
}
