import assert from 'node:assert/strict';
import { readTestReport } from '../../../src/node/test-report.ts';
import { problemsOf, readLintErrors, readTypeErrors } from '../../../src/node/tool-problems.ts';

const folders = { project: '/cache/checks/ab/project', packages: '/cache/stacks/cd' };
const slicePaths = new Set(['src/server/modules/a/routes.ts', 'tests/server/modules/a.test.ts']);

describe('What tools say', () => {
  it('of types becomes problems with lines, and explanations stay with their error', () => {
    const output = [
      "src/server/modules/a/routes.ts(12,5): error TS2322: Type 'A' is not assignable to type 'B'.",
      "  Property 'x' is missing.",
      "src/server/app.ts(3,1): error TS2305: Module './modules/a.ts' has no exported member 'aRoutes'.",
      "error TS2688: Cannot find type definition file for 'node'.",
    ].join('\n');
    assert.deepEqual(problemsOf(readTypeErrors(output), slicePaths, folders), [
      {
        check: 'types',
        path: 'src/server/modules/a/routes.ts',
        line: 12,
        message: "Type 'A' is not assignable to type 'B'. (TS2322) Property 'x' is missing.",
      },
      {
        check: 'types',
        path: undefined,
        line: undefined,
        message: "In src/server/app.ts, line 3: Module './modules/a.ts' has no exported member 'aRoutes'. (TS2305)",
      },
      {
        check: 'types',
        path: undefined,
        line: undefined,
        message: "Cannot find type definition file for 'node'. (TS2688)",
      },
    ]);
  });

  it('of style becomes problems, warnings left out', () => {
    const diagnostic = (severity: string) => ({
      severity,
      category: 'lint/suspicious/noDebugger',
      message: 'No debugger.',
      location: { path: 'src/server/modules/a/routes.ts', start: { line: 4, column: 1 } },
    });
    const output = `${JSON.stringify({ diagnostics: [diagnostic('warning'), diagnostic('error')] })}\n`;
    assert.deepEqual(problemsOf(readLintErrors(output) ?? [], slicePaths, folders), [
      {
        check: 'lint',
        path: 'src/server/modules/a/routes.ts',
        line: 4,
        message: 'No debugger. (suspicious/noDebugger)',
      },
    ]);
    assert.equal(readLintErrors('biome crashed'), undefined);
  });

  it('names no folder of this machine and has no colours', () => {
    const message = `Cannot find ${folders.project}/src/x.ts from file://${folders.packages}/node_modules/vite\u001b[31m!\u001b[0m`;
    const [problem] = problemsOf([{ check: 'tests', file: undefined, line: undefined, message }], slicePaths, folders);
    assert.equal(problem?.message, 'Cannot find src/x.ts from node_modules/vite!');
  });

  it('has nothing that a terminal obeys, nobody sees, or turns what follows', () => {
    const start = '\u001b';
    const message = [
      `${start}]8;;https://evil.example${'\u0007'}link${start}]8;;${'\u0007'}`,
      `${start}[2J${start}[?25l${start}[38;5;1mred${start}c`,
      '\u009b31mone\u0000\u0008\u007f',
      'left\u202eright\u2066\u200b\u200d\ufeff\u{e0041}\u00ad',
      'next\u2028line\r\nlast\rend\ttab\ud800',
    ].join('|');
    const [problem] = problemsOf(
      [{ check: 'tests', file: `${folders.project}/src/x\u202e.ts`, line: 2, message }],
      slicePaths,
      folders,
    );
    assert.equal(problem?.message, 'In src/x.ts, line 2: link|red|one|leftright|next\nline\nlast\nend\ttab');
  });

  it('of tests is known as far as it got, and which file did not end', () => {
    const file = (name: string) => `${folders.project}/tests/server/modules/${name}.test.ts`;
    const error = {
      message: 'expected 1 to be 2',
      diff: '- 2\n+ 1',
      places: [
        { file: `${folders.packages}/node_modules/vitest/x.js`, line: 9 },
        { file: file('a'), line: 7 },
      ],
    };
    const deeper = { message: 'boom', places: [{ file: `${folders.project}/src/server/app.ts`, line: 3 }] };
    const events = [
      { kind: 'file', file: file('a') },
      { kind: 'test', file: file('a'), name: 'adds' },
      { kind: 'result', file: file('a'), name: 'adds', state: 'failed', errors: [error] },
      { kind: 'result', file: file('a'), name: 'waits', state: 'skipped', errors: [] },
      { kind: 'end', file: file('a'), errors: [deeper] },
      { kind: 'file', file: file('b') },
    ];
    const text = `${events.map((event) => JSON.stringify(event)).join('\n')}\n{"kind":"en`;
    const report = readTestReport(text, folders.project);
    assert.equal(report.isDone, false);
    assert.deepEqual([...report.ended], ['tests/server/modules/a.test.ts']);
    assert.deepEqual([...report.begun], ['tests/server/modules/b.test.ts']);
    const path = 'tests/server/modules/a.test.ts';
    assert.deepEqual(problemsOf(report.findings, slicePaths, folders), [
      { check: 'tests', path, line: 7, message: 'The test "adds" fails: expected 1 to be 2\n- 2\n+ 1' },
      { check: 'tests', path, line: undefined, message: 'The test "waits" was left out.' },
      { check: 'tests', path, line: undefined, message: 'boom (src/server/app.ts, line 3)' },
    ]);
  });
});
