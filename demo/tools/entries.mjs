import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files directly in a folder, or nothing where the folder is not there.
 * @param {string} folder
 * @returns {string[]}
 */
const list = (folder) => (existsSync(folder) ? readdirSync(folder).sort() : []);

/**
 * The tags whose element stands in src/components, each with its two modules.
 * @param {string} source the folder src/
 */
export function elementEntries(source) {
  const components = join(source, 'components');
  return list(components)
    .map((tag) => ({ tag, element: join(components, tag, `${tag}.ts`), define: join(components, tag, `${tag}.define.ts`) }))
    .filter(({ define }) => existsSync(define));
}

/**
 * Every module of the package that an integrator may import by name.
 * @param {string} source the folder src/
 * @returns {string[]}
 */
export function publicEntries(source) {
  const hosts = join(source, 'services', 'hosts');
  const shared = ['index.ts', 'services/index.ts', 'components/define-all.ts'].map((file) => join(source, file));
  const elements = elementEntries(source).flatMap(({ element, define }) => [element, define]);
  const adapters = list(hosts)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(hosts, file));
  return [...shared, ...elements, ...adapters].filter((file) => existsSync(file));
}
