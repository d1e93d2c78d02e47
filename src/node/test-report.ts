import * as z from 'zod';
import type { Finding } from './tool-problems.ts';
import { relativePath } from './tool-problems.ts';

/** As much of what tests say as anyone reads: characters of a message and a difference, errors of a test, places of an error, characters of a report. */
const most = { message: 4000, diff: 800, errors: 10, places: 20, report: 20_000_000 };

/**
 * A reporter for Vitest that writes what happens to a file as it happens, a JSON value a line: the reporters it comes with write at the end, which
 * never comes for a test that does not end. `attempts` is a function, as text, that is run at the end and returns the names of what was not refused to Vitest.
 */
export function testReporter(reportFile: string, attempts = 'undefined'): string {
  return `import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const most = ${JSON.stringify(most)};
const attempts = ${attempts};
let written = 0;
const say = (event) => {
  const line = JSON.stringify(event) + '\\n';
  written += line.length;
  // What is left then is how it ended.
  const isEnd = event.kind === 'end' || event.kind === 'done';
  if (written < most.report * (isEnd ? 2 : 1)) appendFileSync(${JSON.stringify(reportFile)}, line);
};
const cut = (value, length) => {
  const text = typeof value === 'string' ? value : String(value);
  return text.length > length ? text.slice(0, length) + '…' : text;
};
const errorsOf = (errors) => (errors ?? []).slice(0, most.errors).map((error) => ({
  message: cut(error.message ?? error, most.message),
  diff: typeof error.diff === 'string' ? cut(error.diff, most.diff) : undefined,
  places: (error.stacks ?? []).slice(0, most.places).map(({ file, line }) => ({ file: cut(file, 1000), line })),
}));
const nameOf = (test) => cut(test.fullName, 500);
export default class {
  onTestModuleQueued(module) { say({ kind: 'file', file: module.moduleId }); }
  onTestCaseReady(test) { say({ kind: 'test', file: test.module.moduleId, name: nameOf(test) }); }
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    say({ kind: 'result', file: test.module.moduleId, name: nameOf(test), state, errors: errorsOf(errors) });
  }
  onTestSuiteResult(suite) {
    say({ kind: 'result', file: suite.module.moduleId, name: nameOf(suite), state: suite.state(), errors: errorsOf(suite.errors()) });
  }
  onTestModuleEnd(module) { say({ kind: 'end', file: module.moduleId, errors: errorsOf(module.errors()) }); }
  async onTestRunEnd(modules, errors) {
    if (attempts !== undefined) say({ kind: 'attempts', passed: await attempts() });
    say({ kind: 'done', errors: errorsOf(errors) });
  }
}
`;
}

const errorSchema = z.object({
  message: z.string(),
  diff: z.string().optional(),
  places: z.array(z.object({ file: z.string().catch(''), line: z.int().catch(0) })),
});
const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), file: z.string() }),
  z.object({ kind: z.literal('test'), file: z.string(), name: z.string() }),
  z.object({
    kind: z.literal('result'),
    file: z.string(),
    name: z.string(),
    state: z.string().optional(),
    errors: z.array(errorSchema),
  }),
  z.object({ kind: z.literal('end'), file: z.string(), errors: z.array(errorSchema) }),
  z.object({ kind: z.literal('ended'), reason: z.literal('output') }),
  z.object({ kind: z.literal('attempts'), passed: z.array(z.string()) }),
  z.object({ kind: z.literal('done'), errors: z.array(errorSchema) }),
]);
type TestError = z.infer<typeof errorSchema>;

/** What a run of tests came to, as far as it got. */
export interface TestReport {
  readonly findings: readonly Finding[];
  /** Files whose tests ran to the end, relative to the project. */
  readonly ended: ReadonlySet<string>;
  /** Files that had begun and did not end. Which of their tests runs is not known: what a busy thread says arrives late. */
  readonly begun: ReadonlySet<string>;
  /** Whether a process that ran tests was ended because it said too much. */
  readonly saidTooMuch: boolean;
  /** What Vitest itself tried and was not refused; undefined where it tried nothing. */
  readonly passedAttempts: readonly string[] | undefined;
  readonly isDone: boolean;
}

/** Reads what the reporter wrote. A line that was cut off is left out. */
export function readTestReport(text: string, project: string): TestReport {
  const findings: Finding[] = [];
  const ended = new Set<string>();
  const begun = new Set<string>();
  let saidTooMuch = false;
  let passedAttempts: readonly string[] | undefined;
  let isDone = false;
  const add = (file: string | undefined, name: string, errors: readonly TestError[]): void => {
    for (const error of errors) findings.push(findingOf(file, name, error, project));
  };
  for (const line of text.slice(0, 3 * most.report).split('\n')) {
    const event = readEvent(line);
    if (event === undefined) continue;
    const file = 'file' in event ? (relativePath(event.file, project) ?? event.file) : '';
    if (event.kind === 'file') begun.add(file);
    if (event.kind === 'result') {
      add(file, event.name, event.errors);
      if (event.state === 'skipped' && event.errors.length === 0) {
        findings.push({ check: 'tests', file, line: undefined, message: `The test "${event.name}" was left out.` });
      }
    }
    if (event.kind === 'end') {
      begun.delete(file);
      ended.add(file);
      add(file, '', event.errors);
    }
    if (event.kind === 'ended') saidTooMuch = true;
    if (event.kind === 'attempts') passedAttempts = event.passed;
    if (event.kind === 'done') {
      isDone = true;
      add(undefined, '', event.errors);
    }
  }
  return { findings, ended, begun, saidTooMuch, passedAttempts, isDone };
}

function findingOf(file: string | undefined, name: string, error: TestError, project: string): Finding {
  const places = error.places
    .map((place) => ({ file: relativePath(place.file, project), line: place.line }))
    .filter((place) => place.file !== undefined && !place.file.startsWith('node_modules/') && place.line > 0);
  const [origin] = places;
  // The line of a test file is where it expected something; what it called says where it came from.
  const own = file === undefined ? origin : places.find((place) => place.file === file);
  const title = name === '' ? '' : `The test "${name}" fails: `;
  const from = origin === undefined || origin === own ? '' : ` (${origin.file}, line ${origin.line})`;
  const diff = error.diff === undefined ? '' : `\n${error.diff}`;
  return {
    check: 'tests',
    file: file ?? origin?.file,
    line: own?.line,
    message: `${title}${error.message}${from}${diff}`,
  };
}

function readEvent(line: string): z.infer<typeof eventSchema> | undefined {
  if (line === '') return undefined;
  try {
    return eventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
