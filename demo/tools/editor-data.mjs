/**
 * Makes editor data from dist/custom-elements.json: VS Code's HTML custom data and JetBrains' web-types.
 * Formats: VS Code "custom data" 1.1, JetBrains "web-types" schema.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{name: string, description?: string, type?: {text: string}, default?: string}} Entry
 * @typedef {Entry & {fieldName?: string}} Attribute
 * @typedef {Entry & {kind: string, privacy?: string, static?: boolean, attribute?: string}} Member
 * @typedef {{tagName?: string, customElement?: boolean, description?: string, attributes?: Attribute[], members?: Member[], events?: Entry[],
 *   slots?: Entry[], cssParts?: Entry[], cssProperties?: Entry[]}} Declaration
 */

const dist = 'dist';
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const manifest = JSON.parse(readFileSync(join(dist, 'custom-elements.json'), 'utf8'));
/** @type {(Declaration & {tagName: string})[]} */
const elements = manifest.modules
  .flatMap((/** @type {{declarations?: Declaration[]}} */ module) => module.declarations ?? [])
  .filter((/** @type {Declaration} */ declaration) => declaration.customElement && declaration.tagName);

/** The words of a union of string literals, for completion.
 * @param {Entry} entry */
const wordsOf = ({ type }) => [...(type?.text ?? '').matchAll(/'([^']+)'/g)].map(([, word]) => ({ name: word }));

/** @param {Entry} entry */
const described = ({ name: entryName, description }) => ({ name: entryName, ...(description ? { description } : {}) });

/** @param {Entry} entry */
const slim = (entry) => ({
  ...described(entry),
  ...(entry.type ? { value: { type: entry.type.text } } : {}),
  ...(entry.default ? { default: entry.default } : {}),
});

const vsCode = {
  version: 1.1,
  tags: elements.map((element) => ({
    name: element.tagName,
    description: element.description ?? '',
    attributes: (element.attributes ?? []).map((attribute) => ({
      ...described(attribute),
      ...(wordsOf(attribute).length > 0 ? { values: wordsOf(attribute) } : {}),
    })),
  })),
};

const webTypes = {
  $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
  name,
  version,
  'description-markup': 'markdown',
  contributions: {
    html: {
      elements: elements.map((element) => ({
        name: element.tagName,
        description: element.description ?? '',
        attributes: (element.attributes ?? []).map(slim),
        slots: (element.slots ?? []).map(described),
        js: {
          properties: (element.members ?? [])
            .filter((member) => member.kind === 'field' && !member.static && member.privacy !== 'private' && !member.name.startsWith('#'))
            .map(slim),
          events: (element.events ?? []).map(described),
        },
        css: { parts: (element.cssParts ?? []).map(described), properties: (element.cssProperties ?? []).map(described) },
      })),
    },
  },
};

writeFileSync(join(dist, 'vscode.html-custom-data.json'), `${JSON.stringify(vsCode, null, 2)}\n`);
writeFileSync(join(dist, 'web-types.json'), `${JSON.stringify(webTypes, null, 2)}\n`);
