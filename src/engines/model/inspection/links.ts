import type { ConstantTexts } from './constant-text.ts';
import { destinationOf } from './destinations.ts';
import type { Report } from './problem.ts';
import { childrenOf, type Node, nodesOf, type Parsed } from './syntax.ts';

type Element = Node & { type: 'JSXOpeningElement' };
type Attribute = Node & { type: 'JSXAttribute' };

const useOutsideLink =
  'Addresses of other sites are shown with OutsideLink of src/client/app/outside-link.tsx, as they stand in a record or in the code.';
const startsFixed = 'Begin the address with a fixed part, as in "/posts/…", or take it from recordPath().';
/** Components of React Router that lead to pages, by the property that says where. */
const routerLinks = /^(Link|NavLink|Navigate)$/;

/**
 * Looks at links. They lead within the application; other sites are reached by the project's own component, which shows where it leads, and is given
 * whole addresses: one that is put together when the page runs could carry what the page shows.
 */
export function inspectLinks({ program }: Parsed, texts: ConstantTexts, report: Report): void {
  const navigates = new Set(
    [...nodesOf(program)].flatMap((node) =>
      node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && isCallOf(node.init, 'useNavigate')
        ? [node.id.name]
        : [],
    ),
  );
  for (const node of nodesOf(program)) {
    if (node.type === 'JSXOpeningElement') inspectElement(node, texts, report);
    else if (node.type === 'CallExpression') inspectCall(node, navigates, texts, report);
    else if (node.type === 'AssignmentExpression') inspectAssignment(node, texts, report);
    if (!/^(Import|Export|TS)/.test(node.type)) inspectNames(node, report);
  }
}

/** `const Away = Link` and `const { go } = { go: useNavigate() }` would lead anywhere under another name. */
function inspectNames(node: Node, report: Report): void {
  for (const { key, child } of childrenOf(node)) {
    const isKey = key === 'key' || (key === 'property' && 'computed' in node && node.computed === false);
    if (child.type === 'Identifier' && /^(Link|NavLink|Navigate|OutsideLink)$/.test(child.name) && !isKey) {
      report('syntax', child, `Use ${child.name} as an element: <${child.name} …>.`);
    }
    const isKept = node.type === 'VariableDeclarator' && key === 'init' && node.id.type === 'Identifier';
    if (isCallOf(child, 'useNavigate') && !isKept) {
      report('syntax', child, 'Keep what useNavigate() returns in a constant of its own, and call that.');
    }
  }
}

function inspectElement(node: Element, texts: ConstantTexts, report: Report): void {
  const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
  const where = name === 'a' || name === 'area' ? 'href' : routerLinks.test(name) ? 'to' : undefined;
  const isOutsideLink = name === 'OutsideLink';
  if (where === undefined && !isOutsideLink) return;
  for (const attribute of node.attributes) {
    if (attribute.type !== 'JSXAttribute') {
      report('syntax', attribute, `Write the attributes of <${name}> one by one.`);
      continue;
    }
    const value = attributeValue(attribute);
    if (isOutsideLink) {
      if (/^(href|to|address|url)$/.test(String(attribute.name.name)) && isBuilt(value, texts)) {
        report('syntax', attribute, useOutsideLink);
      }
    } else if (attribute.name.name === where) leadsInside(name, value, attribute, texts, report);
  }
}

function leadsInside(name: string, value: Node | undefined, node: Node, texts: ConstantTexts, report: Report): void {
  // `{ pathname, search }` of React Router.
  if (value?.type === 'ObjectExpression' && name !== 'a') {
    for (const property of value.properties) {
      const key = property.type === 'ObjectProperty' && property.key.type === 'Identifier' ? property.key.name : '';
      if (key === 'pathname' && property.type === 'ObjectProperty') {
        leadsInside(name, property.value as Node, node, texts, report);
      } else if (!/^(search|hash|pathname)$/.test(key)) report('syntax', node, startsFixed);
    }
    return;
  }
  const destination = destinationOf(value, texts);
  if (destination === 'outside') report('syntax', node, useOutsideLink);
  else if (destination === 'unknown')
    report('syntax', node, `<${name}> leads to pages of the application. ${startsFixed}`);
}

/** `navigate(…)` of React Router, `createElement('a', …)`. */
function inspectCall(
  node: Node & { type: 'CallExpression' },
  navigates: ReadonlySet<string>,
  texts: ConstantTexts,
  report: Report,
): void {
  const [first, second] = node.arguments;
  if (node.callee.type === 'Identifier' && navigates.has(node.callee.name)) {
    const isStep = first?.type === 'NumericLiteral' || first?.type === 'UnaryExpression';
    if (!isStep && first?.type !== 'SpreadElement') leadsInside('navigate', first, node, texts, report);
  }
  if (isCallOf(node, 'createElement') && first !== undefined) {
    const element =
      first.type === 'Identifier' ? first.name : first.type === 'SpreadElement' ? '' : texts.textOf(first);
    if (!/^(a|area|Link|NavLink|Navigate|OutsideLink)$/.test(element ?? '')) return;
    const hasOwn = second !== undefined && second.type !== 'NullLiteral';
    if (hasOwn) report('syntax', node, `Write <${element}> as an element.`);
  }
}

/** `link.href = …`: a link that is made by code is clicked by code, too. */
function inspectAssignment(
  { left, right }: Node & { type: 'AssignmentExpression' },
  texts: ConstantTexts,
  report: Report,
): void {
  if (left.type !== 'MemberExpression') return;
  const name = left.property.type === 'Identifier' && !left.computed ? left.property.name : texts.textOf(left.property);
  if (!/^(src|srcset|action|formAction|ping|poster|href)$/.test(name ?? '')) return;
  // How `location.href` may be set is looked at where pages are kept from leaving.
  const isLocation =
    left.object.type === 'Identifier' ? left.object.name === 'location' : memberOf(left.object) === 'location';
  if (!isLocation && destinationOf(right, texts) === 'unknown') {
    report(
      'syntax',
      right,
      `"${name}" may only be set to an address that begins with a fixed part, or to that of a blob.`,
    );
  }
}

function attributeValue({ value }: Attribute): Node | undefined {
  const inner = value?.type === 'JSXExpressionContainer' ? value.expression : value;
  return !inner || inner.type === 'JSXEmptyExpression' ? undefined : inner;
}

/** Whether an address of another site is put together of parts. */
function isBuilt(node: Node | undefined, texts: ConstantTexts): boolean {
  if (node === undefined || texts.textOf(node) !== undefined) return false;
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return isBuilt(node.expression, texts);
    case 'LogicalExpression':
      return isBuilt(node.left, texts) || isBuilt(node.right, texts);
    case 'ConditionalExpression':
      return isBuilt(node.consequent, texts) || isBuilt(node.alternate, texts);
    case 'Identifier': {
      const value = texts.valueOfName(node.name);
      return value !== undefined && isBuilt(value, texts);
    }
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return false;
    default:
      return true;
  }
}

function memberOf(node: Node): string | undefined {
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' ? node.property.name : undefined;
}

function isCallOf(node: Node | null | undefined, name: string): boolean {
  return node?.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name;
}
