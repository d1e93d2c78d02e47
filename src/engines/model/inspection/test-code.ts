import { resolveFrom } from './module-path.ts';
import type { Report } from './problem.ts';
import { childrenOf, type Node, nodesOf, type Parsed, textOf } from './syntax.ts';

type Call = Node & { type: 'CallExpression' };

const switchedOff = new Set(['skip', 'only', 'todo', 'fails', 'skipIf', 'runIf']);

/** Checks that a test file tests: it has tests that run and that can fail. */
export function inspectTests(path: string, { program }: Parsed, report: Report): void {
  inspectVitest(path, program, report);
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

/** What tests take from Vitest: what describes tests and what stands in for parts of the feature. */
const offered = new Set(
  `describe it test suite expect vi beforeAll beforeEach afterAll afterEach onTestFinished onTestFailed assert expectTypeOf assertType`.split(
    ' ',
  ),
);
const called = /^(it|test|describe|suite|vi)$/;

/** Checks that Vitest is used by its own names, so that `vi.mock` of anything else and tests that are left out are found. */
function inspectVitest(path: string, program: Parsed['program'], report: Report): void {
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== 'vitest') continue;
    if (statement.importKind === 'type') continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue;
      const name =
        specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier' ? specifier.imported.name : '';
      if (!offered.has(name) || specifier.local.name !== name) {
        report('tests', specifier, `Import from "vitest" by name: ${[...offered].join(', ')}.`);
      }
    }
  }
  for (const node of nodesOf(program)) {
    if (/^(Import|Export)/.test(node.type)) continue;
    for (const { key, child } of childrenOf(node)) {
      if (child.type === 'Identifier' && called.test(child.name)) inspectUse(child, node, key, report);
    }
    if (node.type === 'CallExpression') inspectMock(path, node, report);
    if (node.type === 'CallExpression' && /^(it|test|describe|suite)$/.test(rootOf(node.callee) ?? ''))
      inspectOptions(node, report);
  }
}

/** `const t = it` would let `t.skip` through, and `vi[name]` anything. */
function inspectUse(node: Node & { type: 'Identifier' }, parent: Node, key: string, report: Report): void {
  const isMember = parent.type === 'MemberExpression';
  if (isMember && (key === 'object' ? !parent.computed : !parent.computed)) return;
  if (/^(Object|Class)(Property|Method)$/.test(parent.type) && key === 'key') return;
  if (parent.type === 'CallExpression' && key === 'callee' && node.name !== 'vi') return;
  if (parent.type === 'JSXAttribute' || parent.type.startsWith('TS')) return;
  report('tests', node, `"${node.name}" may only be used as in ${node.name === 'vi' ? 'vi.fn()' : `${node.name}()`}.`);
}

function inspectMock(path: string, node: Call, report: Report): void {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || rootOf(callee) !== 'vi') return;
  if (!/^(mock|doMock|unmock|doUnmock)$/.test(callee.property.name)) return;
  const [first] = node.arguments;
  const text = first === undefined || first.type === 'SpreadElement' ? undefined : textOf(first);
  const target = text === undefined ? undefined : resolveFrom(path, text);
  if (target === undefined || !/^(src|tests)\//.test(target)) {
    report('syntax', node, `"vi.${callee.property.name}" may only be given a module of this project, as a text.`);
  }
}

function inspectOptions(node: Call, report: Report): void {
  for (const argument of node.arguments) {
    if (argument.type !== 'ObjectExpression') continue;
    for (const property of argument.properties) {
      const name = property.type !== 'SpreadElement' && property.key.type === 'Identifier' ? property.key.name : '';
      if (switchedOff.has(name)) report('tests', property, `"${name}" leaves tests out. Every test must run.`);
    }
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
