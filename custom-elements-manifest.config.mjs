/** The manifest of the elements: what they are, their attributes, properties, events, slots, parts and custom properties. */
export default {
  globs: ['src/components/**/*.ts'],
  exclude: ['src/components/internal/**', 'src/components/**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
};
