/** The manifest of the elements: what they are, their attributes, properties, events, slots, parts and custom properties. */

/** An element's module, whose folder bears its tag. */
const ELEMENT_MODULE = /^src\/components\/([a-z]+(?:-[a-z]+)+)\/\1\.ts$/;

/** @param {string} tag */
const classOf = (tag) => tag.replace(/(?:^|-)([a-z])/g, (_all, letter) => letter.toUpperCase());

/** @typedef {{name: string, tagName?: string, customElement?: boolean}} Declaration */

/** Elements are registered by `defineElement`, which the analyzer does not know; and what is published are the modules in dist/. */
const asPublished = {
  name: 'as-published',
  /** @param {{customElementsManifest: {modules: {path: string, declarations?: Declaration[]}[]}}} context */
  packageLinkPhase({ customElementsManifest: manifest }) {
    for (const { path, declarations = [] } of manifest.modules) {
      const tag = ELEMENT_MODULE.exec(path)?.[1];
      const element = tag && declarations.find(({ name }) => name === classOf(tag));
      if (element) Object.assign(element, { tagName: tag, customElement: true });
    }
    const published = JSON.stringify(manifest.modules).replace(/"(\/?)src\/([^"]+)\.(?:ts|js)"/g, '"$1dist/$2.js"');
    manifest.modules = JSON.parse(published);
  },
};

export default {
  globs: ['src/components/**/*.ts'],
  // Of what elements are built on only their base, whose properties they inherit.
  exclude: ['src/components/internal/!(base-element).ts', 'src/components/internal/*/**', 'src/components/**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [asPublished],
};
