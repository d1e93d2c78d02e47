import type { Report } from './problem.ts';
import { type Node, nodesOf, type Parsed, textOf } from './syntax.ts';

/** Comments that stand for code that is not there. Texts that users see are never looked at. */
const standIns: readonly RegExp[] = [
  /^\W*(\.{3}|…)/,
  /\b(rest|remainder) of (the|this|your|existing)\b.{0,40}\b(code|file|component|function|implementation|fields?|form|handlers?|tests?|logic|routes?|imports?|jsx)\b/i,
  /\b(existing|previous|other|original|remaining) (code|imports?|functions?|handlers?|tests?|routes?|fields?|logic)\b.{0,40}\b(here|unchanged|as before|same|stays?|remains?|goes|omitted)\b/i,
  /\b(code|rest|everything|file|implementation|logic) (is |are |remains? |stays? |left )*(unchanged|omitted|the same|as before|as is)\b/i,
  /\b(same as (before|above|previous(ly)?)|unchanged from)\b/i,
  /\b(omitted|truncated|shortened|abbreviated) for (brevity|space|clarity|length)\b/i,
  /\b(your|add|more|actual|real) (\w+ )?(code|implementation|logic) (goes )?here\b/i,
  /\b(implementation|logic|code) (goes|comes) here\b/i,
  /\b(TODO|FIXME|XXX)\b/,
  /\b(not (yet )?implemented|to be implemented|implement (this|me|later)|left as an exercise)\b/i,
  /\bin a (real|production) (app|application|implementation|system|project)\b/i,
];

/** Looks for code that only stands for code: comments instead of it, functions that do nothing or only throw. */
export function inspectPlaceholders({ program, comments }: Parsed, report: Report): void {
  for (const { value, loc } of comments) {
    const text = value.replace(/\s*\n\s*\*?\s*/g, ' ').trim();
    if (standIns.some((pattern) => pattern.test(text))) {
      report(
        'syntax',
        loc?.start.line,
        `The comment "${shorten(text)}" stands for code that is missing. Write all of it.`,
      );
    }
  }
  for (const node of nodesOf(program)) inspectNode(node, report);
  for (const { name, body } of exportedFunctions(program)) {
    if (body.type !== 'BlockStatement') continue;
    const [first, ...others] = body.body;
    if (first === undefined) report('syntax', body, `The function "${name}" does nothing. Write what it is for.`);
    const isNothing = first?.type === 'ReturnStatement' && (!first.argument || first.argument.type === 'NullLiteral');
    if (name === 'Screen' && isNothing && others.length === 0) {
      report('syntax', body, 'The page shows nothing. Write what it shows.');
    }
  }
}

function inspectNode(node: Node, report: Report): void {
  if (node.type === 'ThrowStatement' && node.argument.type === 'NewExpression') {
    const texts = node.argument.arguments.map((argument) =>
      textOf(argument.type === 'SpreadElement' ? undefined : argument),
    );
    if (texts.some((text) => /\b(not (yet )?implemented|unimplemented|todo)\b/i.test(text ?? ''))) {
      report('syntax', node, 'The code throws because it is not implemented. Write what it is for.');
    }
  }
  const isCall = node.type === 'CallExpression' || node.type === 'NewExpression';
  if (isCall && node.arguments.some((argument) => argument.type === 'NumericLiteral' && argument.value === 501)) {
    report('syntax', node, 'The code answers 501, not implemented. Write what it is for.');
  }
}

interface ExportedFunction {
  readonly name: string;
  readonly body: Node;
}

function exportedFunctions(program: Parsed['program']): ExportedFunction[] {
  return program.body.flatMap((statement): ExportedFunction[] => {
    const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const declaration = isExport ? statement.declaration : undefined;
    if (declaration?.type === 'FunctionDeclaration') {
      return [{ name: declaration.id?.name ?? 'default', body: declaration.body }];
    }
    if (declaration?.type !== 'VariableDeclaration') return [];
    return declaration.declarations.flatMap(({ id, init }) => {
      const isFunction = init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression';
      return isFunction && id.type === 'Identifier' ? [{ name: id.name, body: init.body }] : [];
    });
  });
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
