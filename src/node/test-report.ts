import * as z from 'zod';
import type { Finding } from './tool-problems.ts';
import { relativePath } from './tool-problems.ts';

/**
 * A reporter for Vitest that writes what happens to a file as it happens, a JSON value a line: the reporters it comes with write at the end, which
 * never comes for a test that does not end.
 */
export function testReporter(reportFile: string): string {
  return `import { appendFileSync } from 'node:fs';
const say = (event) => appendFileSync(${JSON.stringify(reportFile)}, JSON.stringify(event) + '\\n');
const errorsOf = (errors) => (errors ?? []).map((error) => ({
  message: String(error.message ?? error),
  diff: typeof error.diff === 'string' ? error.diff : undefined,
  places: (error.stacks ?? []).map(({ file, line }) => ({ file, line })),
}));
export default class {
  onTestModuleQueued(module) { say({ kind: 'file', file: module.moduleId }); }
  onTestCaseReady(test) { say({ kind: 'test', file: test.module.moduleId, name: test.fullName }); }
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    say({ kind: 'result', file: test.module.moduleId, name: test.fullName, state, errors: errorsOf(errors) });
  }
  onTestSuiteResult(suite) {
    say({ kind: 'result', file: suite.module.moduleId, name: suite.fullName, state: suite.state(), errors: errorsOf(suite.errors()) });
  }
  onTestModuleEnd(module) { say({ kind: 'end', file: module.moduleId, errors: errorsOf(module.errors()) }); }
  onTestRunEnd(modules, errors) { say({ kind: 'done', errors: errorsOf(errors) }); }
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
  readonly isDone: boolean;
}

/** Reads what the reporter wrote. A line that was cut off is left out. */
export function readTestReport(text: string, project: string): TestReport {
  const findings: Finding[] = [];
  const ended = new Set<string>();
  const begun = new Set<string>();
  let isDone = false;
  const add = (file: string | undefined, name: string, errors: readonly TestError[]): void => {
    for (const error of errors) findings.push(findingOf(file, name, error, project));
  };
  for (const line of text.split('\n')) {
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
    if (event.kind === 'done') {
      isDone = true;
      add(undefined, '', event.errors);
    }
  }
  return { findings, ended, begun, isDone };
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
  const diff = error.diff === undefined ? '' : `\n${error.diff.slice(0, 800)}`;
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
