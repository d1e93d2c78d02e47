import { bindingNames } from './module-exports.ts';
import { childrenOf, type Node, type Program, type Statement } from './syntax.ts';

/** The use of a name that the file does not declare, so that the platform must provide it. */
export interface GlobalName {
  readonly name: string;
  readonly node: Node;
  readonly parent: Node;
  /** The property of `parent` that the name is. */
  readonly key: string;
}

interface Scope {
  readonly names: ReadonlySet<string>;
  readonly outer: Scope | undefined;
}

/** Every use of a global name in a program. Types do not count, for nothing of them is left when the program runs. */
export function globalNames(program: Program): readonly GlobalName[] {
  const found: GlobalName[] = [];
  const visit = (node: Node, scope: Scope | undefined): void => {
    const names = declaredBy(node);
    const inner = names.length === 0 ? scope : { names: new Set(names), outer: scope };
    for (const { key, child } of childrenOf(node)) {
      if (isErased(child) || isPassedOn(child)) continue;
      const name = usedName(child, key, node);
      if (name !== undefined && !isDeclared(name, inner)) found.push({ name, node: child, parent: node, key });
      visit(child, inner);
    }
  };
  visit(program, undefined);
  return found;
}

function isDeclared(name: string, scope: Scope | undefined): boolean {
  for (let current = scope; current !== undefined; current = current.outer) if (current.names.has(name)) return true;
  return false;
}

/** The name that is looked up there, if any: `<Chart />` looks up `Chart`, and `<chart.Bar />` looks up `chart`; `<p>` looks up nothing. */
function usedName(child: Node, key: string, parent: Node): string | undefined {
  if (child.type === 'Identifier') return isUse(key, parent) ? child.name : undefined;
  // Names within elements are not part of the union of nodes: told by their type alone.
  const { type, name }: { type: string; name?: unknown } = child;
  if (type !== 'JSXIdentifier' || typeof name !== 'string') return undefined;
  const parentType: string = parent.type;
  if (parentType === 'JSXMemberExpression') return key === 'object' ? name : undefined;
  return parentType === 'JSXOpeningElement' && /^[^a-z]/.test(name) ? name : undefined;
}

/** What is passed on from other modules, and types that are: no name of this file is looked up for it. */
function isPassedOn(node: Node): boolean {
  if (node.type === 'ExportNamedDeclaration' && !node.declaration)
    return Boolean(node.source) || node.exportKind === 'type';
  return node.type === 'ExportSpecifier' && node.exportKind === 'type';
}

/** Parts of TypeScript that are gone when the program runs. Expressions and declarations with TypeScript in them stay. */
function isErased({ type }: Node): boolean {
  const stays =
    /^TS(AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression|Enum\w*|Module\w*|ParameterProperty|ExportAssignment|ImportEqualsDeclaration)$/;
  return type.startsWith('TS') && !stays.test(type);
}

/** Whether an identifier there is a name that is looked up, not a property, a label or a name in another module. */
function isUse(key: string, parent: Node): boolean {
  const isComputed = 'computed' in parent && parent.computed === true;
  // Names within patterns, labels and the like are not all part of the union of nodes: told by their type alone.
  const type: string = parent.type;
  if (/^(Optional)?MemberExpression$/.test(type)) return key !== 'property' || isComputed;
  if (/^(Object|Class)(Private)?(Property|Method|AccessorProperty)$/.test(type)) return key !== 'key' || isComputed;
  if (/^(Labeled|Break|Continue)Statement$/.test(type)) return key !== 'label';
  if (type === 'ExportSpecifier') return key === 'local';
  if (type === 'TSEnumMember') return key !== 'id';
  if (type === 'PrivateName') return false;
  return !/^(Import\w*Specifier|ExportNamespaceSpecifier|ImportAttribute|MetaProperty)$/.test(type);
}

/** The names a node declares for everything below it. */
export function declaredBy(node: Node): string[] {
  switch (node.type) {
    case 'Program':
      return [...hoisted(node), ...node.body.flatMap(declaredByStatement)];
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body.flatMap(declaredByStatement);
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent.flatMap(declaredByStatement));
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod': {
      const own = node.type === 'FunctionExpression' && node.id ? [node.id.name] : [];
      return [...own, ...node.params.flatMap(bindingNames), ...hoisted(node)];
    }
    case 'ClassExpression':
      return node.id ? [node.id.name] : [];
    case 'CatchClause':
      return bindingNames(node.param);
    case 'ForStatement':
      return node.init?.type === 'VariableDeclaration' ? declaredByStatement(node.init) : [];
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration' ? declaredByStatement(node.left) : [];
    default:
      return [];
  }
}

/** What `declare` announces and what is imported as a type exists elsewhere or nowhere: it declares no name of the file. */
function declaredByStatement(statement: Statement): string[] {
  if ('declare' in statement && statement.declare === true) return [];
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      return statement.declaration ? declaredByStatement(statement.declaration) : [];
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement;
      const isNamed = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
      return isNamed && declaration.id ? [declaration.id.name] : [];
    }
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => bindingNames(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return statement.id ? [statement.id.name] : [];
    case 'ImportDeclaration':
      if (statement.importKind === 'type') return [];
      return statement.specifiers
        .filter((specifier) => !('importKind' in specifier && specifier.importKind === 'type'))
        .map(({ local }) => local.name);
    default:
      return [];
  }
}

/** The names of `var` below a node, functions within it left out. */
function hoisted(root: Node): string[] {
  const names: string[] = [];
  const visit = (node: Node): void => {
    for (const { child } of childrenOf(node)) {
      if (/Function|Method|^TS/.test(child.type)) continue;
      if (child.type === 'VariableDeclaration' && child.kind === 'var') names.push(...declaredByStatement(child));
      visit(child);
    }
  };
  visit(root);
  return names;
}
