import type { ConstantTexts } from './constant-text.ts';
import { destinationOf } from './destinations.ts';
import { globalNames } from './global-names.ts';
import type { Report } from './problem.ts';
import { childrenOf, type Node, type Parsed } from './syntax.ts';

type Member = Node & { type: 'MemberExpression' | 'OptionalMemberExpression' };

const mayNotLeave = 'Pages may not leave the application by themselves. Use a link, or useNavigate() of react-router.';

/**
 * Looks for pages that go elsewhere by themselves, or open what is elsewhere: the address could carry what they show. Addresses begin with a fixed part
 * that keeps them in the application. Links, which users follow, may lead anywhere.
 */
export function inspectNavigation({ program }: Parsed, texts: ConstantTexts, report: Report): void {
  const globals = new Set(globalNames(program).map(({ node }) => node));
  /** `open`, `window.open`. */
  const isOf = (node: Node, name: string): boolean => {
    if (node.type === 'Identifier') return node.name === name && globals.has(node);
    return isMember(node) && isWindow(node.object) && memberName(node, texts) === name;
  };
  const visit = (node: Node, above: readonly Node[], key: string): void => {
    const [parent] = above;
    if (parent !== undefined) {
      if (isOf(node, 'location')) inspectLocation(node, above, key, texts, report);
      else if (isOf(node, 'open')) inspectOpen(node, parent, key, texts, report);
      else if (isOf(node, 'navigation')) report('syntax', node, `"navigation" may not be used. ${mayNotLeave}`);
    }
    const path = [node, ...above.slice(0, maxAbove)];
    for (const { key: inner, child } of childrenOf(node)) visit(child, path, inner);
  };
  visit(program, [], '');
}

/** As many nodes above one as are looked at. */
const maxAbove = 8;

/** What of `location` may be read, or called without an address. */
const readable = /^(href|hash|search|pathname|host|hostname|origin|port|protocol|reload|toString)$/;

/** `location = …`, `location.href = …`, `location.assign(…)`. Taken on its own it could go anywhere. */
function inspectLocation(
  node: Node,
  [parent, outer, ...above]: readonly Node[],
  key: string,
  texts: ConstantTexts,
  report: Report,
): void {
  if (parent?.type === 'AssignmentExpression' && key === 'left') {
    goesTo(parent.right, parent, parent.operator, texts, report);
    return;
  }
  if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof') return;
  const name = parent !== undefined && isMember(parent) && key === 'object' ? memberName(parent, texts) : undefined;
  if (parent === undefined || outer === undefined || name === undefined) {
    report('syntax', node, '"location" may only be used as in location.pathname. Name what you need directly.');
  } else if (outer.type === 'AssignmentExpression' && outer.left === parent) {
    // Changes of these stay on the page.
    if (!/^(hash|search)$/.test(name)) goesTo(outer.right, outer, outer.operator, texts, report);
  } else if (/^(assign|replace)$/.test(name)) {
    const target = argumentsOf(outer, parent);
    if (target) goesTo(target[0], outer, '=', texts, report);
    else report('syntax', node, `"location.${name}" may only be called. ${mayNotLeave}`);
  } else if (!readable.test(name) || isWritten(parent, [outer, ...above])) {
    report('syntax', node, `"location.${name}" may not be used like this. ${mayNotLeave}`);
  }
}

function inspectOpen(node: Node, parent: Node, key: string, texts: ConstantTexts, report: Report): void {
  if (parent.type === 'UnaryExpression' && parent.operator === 'typeof') return;
  const args = key === 'callee' ? argumentsOf(parent, node) : undefined;
  if (args === undefined || destinationOf(args[0], texts) !== 'inside') {
    report('syntax', node, '"open" may only be called with a fixed address of the application. Return a link instead.');
  }
}

function goesTo(target: Node | undefined, node: Node, operator: string, texts: ConstantTexts, report: Report): void {
  if (operator !== '=' || destinationOf(target, texts) !== 'inside') report('syntax', node, mayNotLeave);
}

/** The arguments of a call of `callee`, or undefined where it is something else. */
function argumentsOf(call: Node, callee: Node): readonly Node[] | undefined {
  const isOwn = (call.type === 'CallExpression' || call.type === 'OptionalCallExpression') && call.callee === callee;
  return isOwn ? call.arguments : undefined;
}

/** `[location.href] = …`, `({ a: location.href } = …)`, `for (location.href of …)`, `location.href! = …`. */
function isWritten(member: Node, above: readonly Node[]): boolean {
  let inner = member;
  for (const [index, node] of above.entries()) {
    const type: string = node.type;
    if (/^TS(As|Satisfies|NonNull)Expression$|^TSTypeAssertion$|^ParenthesizedExpression$/.test(type)) {
      inner = node;
      continue;
    }
    if (/^(ArrayPattern|RestElement|UpdateExpression)$/.test(type)) return true;
    if (type === 'ObjectProperty') return String(above[index + 1]?.type) === 'ObjectPattern';
    return 'left' in node && node.left === inner && /^(Assignment|For)/.test(type);
  }
  return false;
}

function isMember(node: Node): node is Member {
  return node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
}

function isWindow(node: Node): boolean {
  return node.type === 'Identifier' && node.name === 'window';
}

function memberName({ property, computed }: Member, texts: ConstantTexts): string | undefined {
  return property.type === 'Identifier' && !computed ? property.name : texts.textOf(property);
}
