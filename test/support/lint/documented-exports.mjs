/** @typedef {import('estree').Node & {parent?: import('estree').Node}} AnyNode */

/**
 * The lint rule that every export declared in a module has a doc comment.
 * @type {import('eslint').Rule.RuleModule}
 */
export const documentedExportsRule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'Say in a doc comment what this export is, its units and the errors it raises.' },
  },
  create(context) {
    const { sourceCode } = context;
    /** @param {AnyNode} node */
    const isDocumented = (node) => {
      const last = sourceCode.getCommentsBefore(/** @type {never} */ (node)).at(-1);
      return last?.type === 'Block' && last.value.startsWith('*');
    };
    return {
      'ExportNamedDeclaration[declaration!=null], ExportDefaultDeclaration'(
        /** @type {AnyNode & {declaration: AnyNode & {decorators?: AnyNode[]}}} */ node,
      ) {
        const first = node.declaration.decorators?.[0];
        // The implementation of an overloaded function stands below documented signatures.
        const before = sourceCode.getTokenBefore(/** @type {never} */ (node));
        const above = before && sourceCode.getNodeByRangeIndex(before.range[0]);
        if (above?.type === /** @type {string} */ ('TSDeclareFunction')) return;
        if (!isDocumented(node) && !(first && isDocumented(first))) context.report({ node, messageId: 'missing' });
      },
    };
  },
};
