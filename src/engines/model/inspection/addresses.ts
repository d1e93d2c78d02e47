import type { ConstantTexts } from './constant-text.ts';
import type { Report } from './problem.ts';
import { type Node, nodesOf, type Parsed } from './syntax.ts';

/** An address of another site. Browsers read `\` as `/`, and leave out tabs and line breaks. */
const outside = /^\s*([a-z][a-z0-9+.-]*:|[\\/]\s*[\\/])/i;
const code = /^[\s\p{Cc}]*(j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript)\s*:|^\s*data:(text\/html|image\/svg)/iu;
/** What a browser fetches by itself as soon as the page is shown. */
const fetched = new Set(['src', 'srcSet', 'poster', 'background', 'data', 'archive', 'xlinkHref', 'imageSrcSet']);
const fetchedBy = new Set(['image', 'use', 'feImage', 'link', 'pattern', 'script']);
const sent = new Set(['action', 'formAction', 'encType', 'ping']);
const refusedElements = /^(script|iframe|frame|object|embed|base|link|meta|portal|fencedframe|applet|area)$/i;
/** Texts of styles that fetch something. */
const fetchingStyle = /(url\(\s*['"]?\s*|@import\s+['"]?\s*|image-set\(\s*['"]?\s*)([a-z][a-z0-9+.-]*:|[\\/]{2})/i;
/** Texts of styles that fetch what follows, which is not fixed. */
const openStyle = /(url|image-set)\(\s*['"]?$|@import\s*['"]?$/i;
const harmless = /^(data:image\/(png|jpe?g|gif|webp|avif);|blob:)/i;

/**
 * Looks for addresses of other sites that a page would fetch, send forms to or go to by itself: each of them can carry what the page shows. Where links lead is looked at
 * in links.ts, and pictures of records come from wherever these say.
 */
export function inspectAddresses({ program }: Parsed, texts: ConstantTexts, report: Report): void {
  for (const node of nodesOf(program)) {
    if (node.type === 'JSXOpeningElement') inspectElement(node, texts, report);
    else if (isCall(node)) inspectCall(node, texts, report);
    else if (node.type === 'AssignmentExpression') inspectAssignment(node, texts, report);
    else if (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') {
      const text = texts.startOf(node) ?? '';
      const parts = node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.raw) : [];
      if ([text, ...parts].some((part) => fetchingStyle.test(part))) {
        report('syntax', node, 'Styles may not fetch anything from other sites.');
      } else if ([text, ...parts].some((part) => openStyle.test(part))) {
        report('syntax', node, 'Addresses in styles may not be put together. Show pictures with Picture.');
      }
    }
  }
}

function inspectElement(node: Node & { type: 'JSXOpeningElement' }, texts: ConstantTexts, report: Report): void {
  const named = node.name.type === 'JSXIdentifier' ? node.name.name : '';
  // `const Tag = 'script'` makes an element of that name of `<Tag>`.
  const element = /^[A-Z]/.test(named) ? (texts.textOfName(named) ?? '') : named;
  if (refusedElements.test(element)) report('syntax', node, `<${element}> may not be used.`);
  for (const attribute of node.attributes) {
    if (attribute.type !== 'JSXAttribute') continue;
    const name = attributeName(attribute);
    const { value } = attribute;
    const expression = value?.type === 'JSXExpressionContainer' ? value.expression : value;
    const start = expression?.type === 'JSXEmptyExpression' ? undefined : texts.startOf(expression);
    inspectAttribute(element, name, start, attribute, report);
  }
}

function inspectAttribute(element: string, name: string, start: string | undefined, node: Node, report: Report): void {
  if (name === 'dangerouslySetInnerHTML' || name === 'srcDoc') {
    report('syntax', node, `"${name}" may not be used. Return elements instead.`);
  }
  if (name === 'ping') report('syntax', node, '"ping" may not be used.');
  if (start === undefined) return;
  const isFetched = fetched.has(name) || (name === 'href' && fetchedBy.has(element));
  if (code.test(start) && !harmless.test(start)) {
    report('syntax', node, `"${name}" may not hold code.`);
  } else if (sent.has(name) && outside.test(start)) {
    report('syntax', node, `"${name}" may not be an address of another site. Handle the form in the page.`);
  } else if (isFetched && outside.test(start) && !harmless.test(start)) {
    report(
      'syntax',
      node,
      `"${name}" may not be an address of another site. Use pictures of records or of the project.`,
    );
  }
}

/** `createElement('a', { … })`, `element.setAttribute('src', …)`. */
function inspectCall(
  node: Node & { type: 'CallExpression' | 'OptionalCallExpression' | 'NewExpression' },
  texts: ConstantTexts,
  report: Report,
): void {
  const { callee } = node;
  const [first, second] = node.arguments.map((argument) => (argument.type === 'SpreadElement' ? undefined : argument));
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  const method = isMember
    ? callee.property.type === 'Identifier' && !callee.computed
      ? callee.property.name
      : (texts.textOf(callee.property) ?? '')
    : callee.type === 'Identifier'
      ? callee.name
      : '';
  if (/^(createElement(NS)?|cloneElement)$/.test(method)) {
    const element = texts.textOf(method === 'createElementNS' ? second : first);
    if (element !== undefined && refusedElements.test(element)) report('syntax', node, `<${element}> may not be made.`);
    if (isDocument(callee) && texts.textOf(first) === undefined) {
      report('syntax', node, '"document.createElement" may only be given a text.');
    }
    if (second?.type === 'ObjectExpression') inspectProperties(element ?? '', second, texts, report);
  }
  if (/^setAttribute(NS)?$/.test(method)) {
    const name = texts.textOf(first);
    if (name === undefined || /^(on|src|href|action|ping|style|xlink)/i.test(name)) {
      report('syntax', node, `"${method}" may not be used for this. Return elements instead.`);
    }
  }
}

function inspectProperties(
  element: string,
  object: Node & { type: 'ObjectExpression' },
  texts: ConstantTexts,
  report: Report,
): void {
  for (const property of object.properties) {
    if (property.type !== 'ObjectProperty') continue;
    const { key, value } = property;
    const name = key.type === 'Identifier' && !property.computed ? key.name : texts.textOf(key as Node);
    if (name !== undefined) inspectAttribute(element, name, texts.startOf(value as Node), property, report);
  }
}

/** `image.src = …`, `link.href = …`. */
function inspectAssignment(
  { left, right }: Node & { type: 'AssignmentExpression' },
  texts: ConstantTexts,
  report: Report,
): void {
  if (left.type !== 'MemberExpression') return;
  const { property, computed } = left;
  const name = property.type === 'Identifier' && !computed ? property.name : (texts.textOf(property) ?? '');
  const start = texts.startOf(right);
  if (start === undefined) return;
  if (name === 'href' && code.test(start)) report('syntax', right, '"href" may not hold code.');
  // A link that is made by code is clicked by code, too: to save a file, which is a blob.
  else if (/^(src|srcset|action|formAction|ping|poster|href)$/.test(name) && leavesSite(start)) {
    report('syntax', right, `"${name}" may not be an address of another site.`);
  }
}

/** Whether an address that begins like this is another site's, as far as can be told. */
export function leavesSite(start: string): boolean {
  return outside.test(start) && !harmless.test(start);
}

function isCall(node: Node): node is Node & { type: 'CallExpression' | 'OptionalCallExpression' | 'NewExpression' } {
  return /^(Call|OptionalCall|New)Expression$/.test(node.type);
}

function isDocument(callee: Node): boolean {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'document';
}

function attributeName({ name }: Node & { type: 'JSXAttribute' }): string {
  return name.type === 'JSXIdentifier'
    ? name.name
    : `${name.namespace.name}${name.name.name.replace(/^./, (c) => c.toUpperCase())}`;
}
