import type { ConstantTexts } from './constant-text.ts';
import type { Report } from './problem.ts';
import { childrenOf, type Node, nodesOf, type Parsed } from './syntax.ts';

const refusal =
  'A property whose name is only known when the program runs may be read, but not called or taken out. Choose what is called with if or switch.';

/**
 * Looks for properties with names that cannot be told here, and that are called: `handlers[name]()` calls `constructor` where the name says so, and
 * that makes code of text. Reading such a property is what tables and lists are for.
 */
export function inspectComputedKeys({ program }: Parsed, texts: ConstantTexts, report: Report): void {
  const isUnknown = (node: Node): boolean => isUnknownMember(node, texts);
  const taken = namesOfUnknown(program, isUnknown);
  const isRisky = (node: Node): boolean => isUnknown(node) || (node.type === 'Identifier' && taken.has(node.name));
  for (const node of nodesOf(program)) {
    for (const called of calledBy(node)) {
      if (valuesOf(called).some(isRisky)) report('syntax', node, refusal);
    }
    const type: string = node.type;
    if (type === 'ObjectPattern' && keysOf(node).some((key) => !isKnown(key, texts))) report('syntax', node, refusal);
  }
}

/** What a node calls: a function, a class, the tag of a template, and what `call`, `apply` and `bind` are taken from. */
function calledBy(node: Node): Node[] {
  const callee =
    node.type === 'TaggedTemplateExpression'
      ? node.tag
      : node.type === 'CallExpression' || node.type === 'OptionalCallExpression' || node.type === 'NewExpression'
        ? node.callee
        : undefined;
  if (callee === undefined) return [];
  const inner = valuesOf(callee).flatMap((value): Node[] => {
    const isMember = value.type === 'MemberExpression' || value.type === 'OptionalMemberExpression';
    if (!isMember || value.computed || value.property.type !== 'Identifier') return [];
    return /^(call|apply|bind)$/.test(value.property.name) ? [value.object] : [];
  });
  return [callee, ...inner];
}

/** Names that stand for such a property: `const make = table[name]`. */
function namesOfUnknown(program: Node, isUnknown: (node: Node) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  const bind = (target: unknown, value: Node | null | undefined): void => {
    if (!value || !valuesOf(value).some(isUnknown)) return;
    if (typeof target !== 'object' || target === null || !('type' in target) || !('name' in target)) return;
    if (target.type === 'Identifier') names.add(String(target.name));
  };
  for (const node of nodesOf(program)) {
    const type: string = node.type;
    if (node.type === 'VariableDeclarator') bind(node.id, node.init);
    else if (node.type === 'AssignmentExpression') bind(node.left, node.right);
    // A default: `(make = table[name]) => …`.
    else if (type === 'AssignmentPattern' && 'left' in node && 'right' in node) bind(node.left, node.right as Node);
  }
  return names;
}

/** What an expression may come to: `(a, b)` is b, `a ?? b` is either. */
function valuesOf(node: Node): Node[] {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return valuesOf(node.expression);
    case 'SequenceExpression':
      return node.expressions.slice(-1).flatMap(valuesOf);
    case 'LogicalExpression':
      return [...valuesOf(node.left), ...valuesOf(node.right)];
    case 'ConditionalExpression':
      return [...valuesOf(node.consequent), ...valuesOf(node.alternate)];
    case 'AssignmentExpression':
      return valuesOf(node.right);
    case 'AwaitExpression':
      return valuesOf(node.argument);
    default:
      return [node];
  }
}

function isUnknownMember(node: Node, texts: ConstantTexts): boolean {
  const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  return isMember && node.computed && !isKnown(node.property, texts);
}

/** Whether a key is a number or a text that stands in the file, or one of the symbols that loops use. */
function isKnown(key: Node, texts: ConstantTexts): boolean {
  if (key.type === 'NumericLiteral' || texts.textOf(key) !== undefined) return true;
  if (key.type !== 'MemberExpression' || key.computed || key.object.type !== 'Identifier') return false;
  const isSymbol = key.object.name === 'Symbol' && key.property.type === 'Identifier';
  return isSymbol && /^(asyncI|i)terator$/.test(key.property.type === 'Identifier' ? key.property.name : '');
}

/** The computed keys of a pattern. */
function keysOf(pattern: Node): Node[] {
  return [...childrenOf(pattern)].flatMap(({ child }) =>
    child.type === 'ObjectProperty' && child.computed ? [child.key as Node] : [],
  );
}
