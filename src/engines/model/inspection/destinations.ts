import { leavesSite } from './addresses.ts';
import type { ConstantTexts } from './constant-text.ts';
import type { Node } from './syntax.ts';

/** Where an address leads: within the application, to a program for mail or calls, to another site, or nobody can tell before the program runs. */
export type Destination = 'inside' | 'contact' | 'outside' | 'unknown';

/** Functions of the project that return addresses of its pages. */
const pathFunctions = /^(recordPath|editPath|generatePath)$/;

/** Where an address leads, by what is fixed of it. One that is chosen of several leads where the worst of them does. */
export function destinationOf(node: Node | null | undefined, texts: ConstantTexts, depth = 0): Destination {
  if (!node || depth > 8) return 'unknown';
  const of = (inner: Node | null | undefined): Destination => destinationOf(inner, texts, depth + 1);
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return of(node.expression);
    case 'ConditionalExpression':
      return worst(of(node.consequent), of(node.alternate));
    case 'LogicalExpression':
      return worst(of(node.left), of(node.right));
    case 'Identifier': {
      const value = texts.valueOfName(node.name);
      return value === undefined ? 'unknown' : of(value);
    }
    case 'CallExpression':
      return ofCall(node, texts, of);
    case 'MemberExpression':
      return isPathOfEntity(node) ? 'inside' : 'unknown';
    default:
      return ofText(node, texts);
  }
}

/**
 * Begins with a fixed part that keeps it in the application whatever follows: `/` alone could become `//example.org`, and so could `/` with a tab, which
 * browsers leave out.
 */
function ofText(node: Node, texts: ConstantTexts): Destination {
  const start = texts.startOf(node);
  if (start === undefined) return 'unknown';
  if (/^(mailto|tel|sms):/.test(start)) return 'contact';
  if (leavesSite(start)) return 'outside';
  if (start === '/' || start === '') return texts.textOf(node) === start ? 'inside' : 'unknown';
  return /^([?#]|\/[\w?#.~%@-]|\.{1,2}(\/|$))/.test(start) ? 'inside' : 'unknown';
}

/** `recordPath(entities.post, 1)`, `URL.createObjectURL(blob)`, and functions of the file that only return an address. */
function ofCall(
  node: Node & { type: 'CallExpression' },
  texts: ConstantTexts,
  of: (inner: Node) => Destination,
): Destination {
  const { callee } = node;
  if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier') {
    const isBlob = callee.object.name === 'URL' && memberName(callee) === 'createObjectURL';
    return isBlob ? 'inside' : ofText(node, texts);
  }
  if (callee.type !== 'Identifier') return ofText(node, texts);
  if (pathFunctions.test(callee.name)) return 'inside';
  const value = texts.valueOfName(callee.name);
  const isReturned = value?.type === 'ArrowFunctionExpression' && value.body.type !== 'BlockStatement';
  return isReturned ? of(value.body) : ofText(node, texts);
}

/** `entities.post.paths.list`. */
function isPathOfEntity({ object }: Node & { type: 'MemberExpression' }): boolean {
  if (object.type !== 'MemberExpression' || memberName(object) !== 'paths') return false;
  const entity = object.object;
  return entity.type === 'MemberExpression' && entity.object.type === 'Identifier' && entity.object.name === 'entities';
}

function memberName({ property, computed }: Node & { type: 'MemberExpression' }): string | undefined {
  return property.type === 'Identifier' && !computed ? property.name : undefined;
}

function worst(...all: readonly Destination[]): Destination {
  const order: readonly Destination[] = ['outside', 'unknown', 'contact', 'inside'];
  return order.find((one) => all.includes(one)) ?? 'unknown';
}
