import { resolveFrom } from './module-path.ts';
import type { Report } from './problem.ts';
import { childrenOf, type Node, nodesOf, type Parsed, textOf } from './syntax.ts';
import { wordList } from './word-list.ts';

type Call = Node & { type: 'CallExpression' };

const switchedOff = new Set(['skip', 'only', 'todo', 'fails', 'skipIf', 'runIf']);

/** What describes tests, of all that Vitest offers. A hotel may have a suite: only what a file imports from Vitest counts. */
const describing = ['it', 'test', 'describe', 'suite'];

/** Checks that a test file tests: it has tests that run and that can fail. */
export function inspectTests(path: string, { program }: Parsed, report: Report): void {
  const imported = importedFromVitest(program);
  const describes = (name: string | undefined): boolean =>
    name !== undefined && describing.includes(name) && imported.has(name);
  inspectVitest(path, program, { imported, describes }, report);
  const calls = [...nodesOf(program)].filter((node): node is Call => node.type === 'CallExpression');
  for (const node of nodesOf(program)) {
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') continue;
    if (switchedOff.has(node.property.name) && describes(rootOf(node))) {
      report('tests', node, `"${rootOf(node)}.${node.property.name}" leaves tests out. Every test must run.`);
    }
  }
  for (const call of calls) {
    const name = call.callee.type === 'Identifier' ? call.callee.name : '';
    if (/^(xit|xtest|xdescribe|fit|fdescribe)$/.test(name)) {
      report('tests', call, `"${name}" leaves tests out. Every test must run.`);
    }
  }
  if (!calls.map(({ callee }) => rootOf(callee)).some((name) => describes(name) && /^(it|test)$/.test(name ?? ''))) {
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
const offered = wordList(
  'describe it test suite expect vi beforeAll beforeEach afterAll afterEach onTestFinished onTestFailed assert expectTypeOf assertType',
);
/** What a file takes from Vitest. */
interface Vitest {
  readonly imported: ReadonlySet<string>;
  /** Whether a name describes tests. */
  readonly describes: (name: string | undefined) => boolean;
}
/** What `vi` is asked for. It also loads modules by any path, changes settings of the runner and reads its state. */
const offeredByVi = wordList(
  `fn spyOn mocked isMockFunction mock unmock clearAllMocks resetAllMocks restoreAllMocks stubGlobal unstubAllGlobals useFakeTimers useRealTimers
  isFakeTimers setSystemTime getMockedSystemTime getRealSystemTime getTimerCount clearAllTimers runAllTicks runAllTimers runAllTimersAsync
  runOnlyPendingTimers runOnlyPendingTimersAsync advanceTimersByTime advanceTimersByTimeAsync advanceTimersToNextTimer
  advanceTimersToNextTimerAsync advanceTimersToNextFrame waitFor waitUntil`,
);
/** What describes tests besides the call itself. `for`, `extend` and their like hand the runner's own objects to the test. */
const variants = wordList('each concurrent sequential shuffle');
/** What hands the runner's own objects out, writes files or changes how values are compared for all tests. */
const refusedOfExpect = /^(extend|getState|setState|addSnapshotSerializer|addEqualityTesters|poll)$|snapshot/i;
/** What is given a function that Vitest calls with its own objects, as far as they are written without parameters. */
const hooks = /^(it|test|beforeAll|beforeEach|afterAll|afterEach|describe|suite|onTestFinished|onTestFailed)$/;

/** Checks that Vitest is used by its own names, so that `vi.mock` of anything else and tests that are left out are found. */
function inspectVitest(path: string, program: Parsed['program'], vitest: Vitest, report: Report): void {
  const { imported, describes } = vitest;
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
  const harmless = harmlessNames(program);
  const isCalled = (name: string): boolean => describes(name) || (name === 'vi' && imported.has(name));
  for (const node of nodesOf(program)) {
    if (/^(Import|Export)/.test(node.type)) continue;
    for (const { key, child } of childrenOf(node)) {
      if (child.type === 'Identifier' && isCalled(child.name)) inspectUse(child, node, key, report);
    }
    if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
      inspectMember(node, vitest, report);
    if (node.type !== 'CallExpression') continue;
    inspectVi(path, node, harmless, report);
    if (describes(rootOf(node.callee))) inspectOptions(node, report);
    if (node.callee.type === 'Identifier' && hooks.test(node.callee.name)) {
      inspectParameters(node, harmless, report);
    }
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

/** `vi.dynamicImport…`, `it.extend`, `expect.getState`, `expect(x).toMatchSnapshot`. */
function inspectMember(
  node: Node & { type: 'MemberExpression' | 'OptionalMemberExpression' },
  { describes }: Vitest,
  report: Report,
): void {
  const name = node.property.type === 'Identifier' && !node.computed ? node.property.name : textOf(node.property);
  const root = node.object.type === 'Identifier' ? node.object.name : undefined;
  if (name === undefined) {
    if (rootOf(node) === 'expect') report('tests', node, 'What is expected must be called by its name.');
  } else if (root === 'vi' && !offeredByVi.has(name)) {
    report(
      'tests',
      node,
      `"vi.${name}" may not be used. Tests may use vi.fn, vi.spyOn, vi.stubGlobal and fake timers.`,
    );
  } else if (rootOf(node) === 'expect' && refusedOfExpect.test(name)) {
    report('tests', node, `"${name}" may not be used. Say what you expect, as in toEqual(…).`);
  } else if (describes(root) && !variants.has(name) && !switchedOff.has(name)) {
    report('tests', node, `"${root}.${name}" may not be used. Use ${root}() or ${root}.each().`);
  }
}

function inspectVi(path: string, node: Call, harmless: ReadonlySet<string>, report: Report): void {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || rootOf(callee) !== 'vi') return;
  const method = callee.property.name;
  const [first, second] = node.arguments.map((argument) => (argument.type === 'SpreadElement' ? undefined : argument));
  if (/^(mock|unmock)$/.test(method)) {
    const text = textOf(first);
    const target = text === undefined ? undefined : resolveFrom(path, text);
    if (target === undefined || !/^(src|tests)\//.test(target)) {
      report('syntax', node, `"vi.${method}" may only be given a module of this project, as a text.`);
    }
    inspectParameters(node, harmless, report);
  } else if (/^(stubGlobal|spyOn)$/.test(method)) {
    if (textOf(method === 'spyOn' ? second : first) === undefined) {
      report('tests', node, `Give "vi.${method}" the name itself, as a text.`);
    }
  }
}

/** `it('…', ({ task }) => …)` is given what belongs to the runner. Rows of `it.each` are the test's own. */
function inspectParameters(node: Call, harmless: ReadonlySet<string>, report: Report): void {
  const title = /^(it|test|describe|suite)$/.test(rootOf(node.callee) ?? '') ? 1 : 0;
  for (const argument of node.arguments.slice(title)) {
    const isFunction = argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression';
    if (isFunction && argument.params.length > 0) {
      report(
        'tests',
        argument,
        'Functions that Vitest calls take no parameters here. Take what you need from imports.',
      );
    } else if (argument.type === 'Identifier' && !harmless.has(argument.name)) {
      report('tests', argument, 'Write the function that Vitest calls where it is given, without parameters.');
    }
  }
}

/** Names that may be given to Vitest to be called: functions and constants of the file that take nothing, and `cleanup` of the testing library. */
function harmlessNames({ body }: Parsed['program']): ReadonlySet<string> {
  const names = body.flatMap((statement): string[] => {
    if (statement.type === 'FunctionDeclaration') {
      return statement.params.length === 0 && statement.id ? [statement.id.name] : [];
    }
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return [];
    return statement.declarations.flatMap(({ id, init }) => {
      const isFunction = init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression';
      const isHarmless = isFunction
        ? init.params.length === 0
        : /^(Numeric|String|Template)Literal$/.test(init?.type ?? '');
      return id.type === 'Identifier' && isHarmless ? [id.name] : [];
    });
  });
  return new Set(['cleanup', 'undefined', ...names]);
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

/** The names that a file imports from Vitest. Under other names they are refused. */
function importedFromVitest({ body }: Parsed['program']): ReadonlySet<string> {
  return new Set(
    body.flatMap((statement) =>
      statement.type === 'ImportDeclaration' && statement.source.value === 'vitest'
        ? statement.specifiers.map(({ local }) => local.name)
        : [],
    ),
  );
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
