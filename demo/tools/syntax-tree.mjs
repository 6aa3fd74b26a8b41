/**
 * Every node of a syntax tree, as Rollup parses it.
 * @param {unknown} node
 * @returns {Generator<import('estree').Node & {start: number, end: number}>}
 */
export function* nodesOf(node) {
  if (Array.isArray(node)) {
    for (const item of node) yield* nodesOf(item);
  } else if (node !== null && typeof node === 'object' && 'type' in node) {
    yield /** @type {never} */ (node);
    for (const value of Object.values(node)) yield* nodesOf(value);
  }
}
