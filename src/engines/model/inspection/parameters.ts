import type { Node, Program } from './syntax.ts';

/** How many parameters a function has that a module exports; undefined where it exports no function of that name. */
export function parametersOf({ body }: Program, name: string): number | undefined {
  for (const statement of body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : undefined;
    if (declaration?.type === 'FunctionDeclaration' && declaration.id?.name === name) return declaration.params.length;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      const value = functionOf(init);
      if (id.type === 'Identifier' && id.name === name && value !== undefined) return value.params.length;
    }
  }
  return undefined;
}

/** The function that an expression is, whatever is said of its type. */
function functionOf(node: Node | null | undefined) {
  if (node?.type === 'TSSatisfiesExpression' || node?.type === 'TSAsExpression') return functionOf(node.expression);
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression' ? node : undefined;
}
