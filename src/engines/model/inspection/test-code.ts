import type { Report } from './problem.ts';
import { type Node, nodesOf, type Parsed } from './syntax.ts';

type Call = Node & { type: 'CallExpression' };

const switchedOff = new Set(['skip', 'only', 'todo', 'fails', 'skipIf', 'runIf']);

/** Checks that a test file tests: it has tests that run and that can fail. */
export function inspectTests({ program }: Parsed, report: Report): void {
  const calls = [...nodesOf(program)].filter((node): node is Call => node.type === 'CallExpression');
  for (const node of nodesOf(program)) {
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') continue;
    if (switchedOff.has(node.property.name) && /^(it|test|describe|suite)$/.test(rootOf(node) ?? '')) {
      report('tests', node, `"${rootOf(node)}.${node.property.name}" leaves tests out. Every test must run.`);
    }
  }
  for (const call of calls) {
    const name = call.callee.type === 'Identifier' ? call.callee.name : '';
    if (/^(xit|xtest|xdescribe|fit|fdescribe)$/.test(name)) {
      report('tests', call, `"${name}" leaves tests out. Every test must run.`);
    }
  }
  if (!calls.some(({ callee }) => /^(it|test)$/.test(rootOf(callee) ?? ''))) {
    report('tests', undefined, 'The file has no test. Write at least one, with it().');
  }
  const expectations = calls.filter(({ callee }) => callee.type === 'Identifier' && callee.name === 'expect');
  if (expectations.length === 0) report('tests', undefined, 'The tests expect nothing. Use expect().');
  else if (expectations.every(isAboutNothing)) {
    report(
      'tests',
      expectations[0],
      'The tests only expect something of fixed values, so they cannot fail. Expect something of the feature.',
    );
  }
}

/** `expect(true)` cannot fail. */
function isAboutNothing({ arguments: [first] }: Call): boolean {
  return first === undefined || /^(Boolean|Numeric|String|Null|BigInt)Literal$/.test(first.type);
}

/** `it` of `it.each(rows)` and `it.skip`. */
function rootOf(node: Node): string | undefined {
  let current: Node = node;
  for (;;) {
    if (current.type === 'MemberExpression') current = current.object;
    else if (current.type === 'CallExpression') current = current.callee;
    else if (current.type === 'TaggedTemplateExpression') current = current.tag;
    else return current.type === 'Identifier' ? current.name : undefined;
  }
}
