/**
 * The lint rule of the layers: who may import whom (docs: src/services/README.md). A module belongs to the layer with the longest matching path.
 */
import { dirname, join, relative, sep } from 'node:path';

/**
 * @typedef {object} Layer
 * @property {string} path folder or file that the layer is, relative to the project
 * @property {string[]} modules own modules that it may import: folders end in `/`
 * @property {string[]} [lazy] own modules that it may import as types or on first use (`import()`), never as it loads
 * @property {string[]} packages packages that it may import, with everything below their names
 */

/** What every layer of the services may know: the seam to the platform and the error type. */
const SEAMS = [
  'src/services/environment.ts',
  'src/services/pacer.ts',
  'src/services/service-error.ts',
  'src/services/instance-id.ts',
  'src/services/version.ts',
];
/** Types between the service and what it is composed of. */
const CONTRACTS = [...SEAMS, 'src/services/engine.ts', 'src/services/service-config.ts', 'src/services/sip-service.ts'];
/** The public API of the services; the two besides the index are parts of it that an element needs without the rest. */
const PUBLIC_API = ['src/services/index.ts', 'src/services/sip-service-context.ts', 'src/services/service-error.ts'];
const LIT = ['lit', '@lit/context'];

/** @type {Layer[]} */
export const LAYERS = [
  { path: 'src/services/domain/', modules: ['src/services/domain/', ...SEAMS], packages: [] },
  { path: 'src/services/store/', modules: ['src/services/store/'], packages: [] },
  { path: 'src/services/protocol/', modules: ['src/services/protocol/', 'src/services/domain/', ...CONTRACTS], packages: ['sip.js'] },
  ...['directory', 'tabs', 'media', 'hosts'].map((name) => ({
    path: `src/services/${name}/`,
    modules: [`src/services/${name}/`, 'src/services/domain/', ...CONTRACTS],
    packages: [],
  })),
  { path: 'src/services/sip-service-context.ts', modules: ['src/services/sip-service.ts'], packages: ['@lit/context'] },
  { path: 'src/services/', modules: ['src/services/'], lazy: ['src/services/protocol/'], packages: [] },
  { path: 'src/components/', modules: ['src/components/', 'src/styles/', ...PUBLIC_API], packages: LIT },
  { path: 'src/styles/', modules: ['src/styles/'], packages: ['lit'] },
  { path: 'src/', modules: ['src/'], lazy: ['src/services/protocol/'], packages: [] },
  { path: 'demo/', modules: ['src/', 'demo/', 'test/support/'], packages: ['*'] },
];

/** The packages that only some layers may import, where the rest may import any. */
const GUARDED = ['sip.js'];

/**
 * @param {string} module
 * @param {string[]} allowed
 */
const isAmong = (module, allowed) => allowed.some((entry) => (entry.endsWith('/') ? module.startsWith(entry) : module === entry));

/**
 * @param {string} name
 * @param {string[]} allowed
 */
const isPackageAmong = (name, allowed) => allowed.some((entry) => name === entry || name.startsWith(`${entry}/`));

/**
 * The layer that a module belongs to.
 * @param {string} module path relative to the project
 */
function layerOf(module) {
  const matching = LAYERS.filter(({ path }) => isAmong(module, [path]));
  return matching.sort((a, b) => b.path.length - a.path.length)[0];
}

/**
 * Whether a layer may import a source, and how.
 * @param {Layer} layer
 * @param {string} source the importing module, relative to the project
 * @param {string} specifier
 * @param {boolean} onLoad whether the import is done as the module loads
 */
function mayImport(layer, source, specifier, onLoad) {
  if (!specifier.startsWith('.')) {
    if (layer.packages.includes('*')) return !isPackageAmong(specifier, GUARDED);
    return isPackageAmong(specifier, layer.packages);
  }
  const module = join(dirname(source), specifier).split(sep).join('/').replace(/\.js$/, '.ts');
  if (onLoad && layer.lazy && isAmong(module, layer.lazy)) return false;
  return isAmong(module, layer.modules);
}

/** @type {import('eslint').Rule.RuleModule} */
export const layersRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { forbidden: '{{layer}} must not import "{{specifier}}"{{how}}. See test/support/lint/layers.mjs.' },
  },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    const layer = layerOf(file);
    if (!layer) return {};
    /** @param {{source?: import('estree').Node | null, importKind?: string, exportKind?: string, type: string}} node */
    const check = (node) => {
      const { source } = node;
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const onLoad = node.type !== 'ImportExpression' && node.importKind !== 'type' && node.exportKind !== 'type';
      if (mayImport(layer, file, source.value, onLoad)) return;
      const how = onLoad && mayImport(layer, file, source.value, false) ? ' as it loads' : '';
      context.report({ node: source, messageId: 'forbidden', data: { layer: layer.path, specifier: source.value, how } });
    };
    return {
      ImportDeclaration: /** @type {never} */ (check),
      ExportNamedDeclaration: /** @type {never} */ (check),
      ExportAllDeclaration: /** @type {never} */ (check),
      ImportExpression: /** @type {never} */ (check),
      // `import('./x.js').Type` in a type position.
      TSImportType: /** @type {never} */ (
        (/** @type {{source: import('estree').Node}} */ { source }) => check({ type: 'ImportExpression', source })
      ),
    };
  },
};
