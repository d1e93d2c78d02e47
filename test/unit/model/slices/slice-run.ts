import assert from 'node:assert/strict';
import type { Blueprint } from '../../../../src/core/blueprint.ts';
import { cancelledError } from '../../../../src/core/errors.ts';
import { finishBlueprint } from '../../../../src/core/finish-blueprint.ts';
import type { EngineStep, SliceWork } from '../../../../src/core/ports.ts';
import type { RenderedFile, RenderedProject } from '../../../../src/core/rendered-project.ts';
import { projectChecks, type SliceOutcome } from '../../../../src/core/slice-outcome.ts';
import type {
  CheckResult,
  CheckScope,
  Slice,
  SliceChecker,
  SlicePlan,
  SliceProblem,
  SliceReport,
} from '../../../../src/core/slices.ts';
import { AnalysisFormat } from '../../../../src/engines/model/analysis/analysis-format.ts';
import type { ModelSession } from '../../../../src/engines/model/session.ts';
import { writeSlices } from '../../../../src/engines/model/slices/write-slices.ts';
import { UsageMeter } from '../../../../src/engines/model/usage-meter.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { blueprint, customFeature, entity } from '../../../support/blueprints.ts';
import {
  FakeModel,
  type FakeModelOptions,
  type FilesReply,
  MemoryWorkStore,
  type Reply,
} from '../../../support/fake-model.ts';
import { outlineOfFiles } from '../../../support/outline.ts';

/** The places of a slice, as the renderer gives them. */
export function planOf(slug: string): SlicePlan {
  const name = slug.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return {
    feature: customFeature(slug, `Feature ${slug}`),
    sentences: [`Please do ${slug}.`],
    slug,
    page: `/${slug}`,
    api: `/api/${slug}`,
    serverFile: `src/server/modules/${slug}/routes.ts`,
    serverFolder: `src/server/modules/${slug}/`,
    routesExport: `${name}Routes`,
    sharedFile: `src/shared/modules/${slug}.ts`,
    screenFile: `src/client/modules/${slug}/screen.tsx`,
    clientFolder: `src/client/modules/${slug}/`,
    serverTestFile: `tests/server/modules/${slug}.test.ts`,
    clientTestFile: `tests/client/modules/${slug}.test.tsx`,
  };
}

/** A page and its test: the least that a slice is. */
export function goodFiles(slug: string, words = 'Hello'): { path: string; content: string }[] {
  const { screenFile, clientTestFile } = planOf(slug);
  return [
    { path: screenFile, content: `export function Screen() {\n  return <h1>${words} of ${slug}</h1>;\n}\n` },
    {
      path: clientTestFile,
      content: `import { expect, it } from 'vitest';\nimport { Screen } from '../../../${screenFile}';\n\nit('has a page', () => {\n  expect(Screen()).toBeDefined();\n});\n`,
    },
  ];
}

/** Does not parse. */
export function brokenFiles(slug: string, fault = 'return <h1>'): { path: string; content: string }[] {
  const [, test] = goodFiles(slug);
  assert.ok(test !== undefined);
  return [{ path: planOf(slug).screenFile, content: `export function Screen() {\n  ${fault}\n}\n` }, test];
}

const dependencies = { react: '19.3.1', zod: '4.6.7', hono: '4.13.19', vitest: '4.1.12' };

export function workOf(...slugs: readonly string[]): SliceWork {
  const plans = slugs.map(planOf);
  const drafted: Blueprint = finishBlueprint(
    {
      ...blueprint(
        [entity('Post', 'Posts')],
        plans.map(({ feature: { id, title } }) => ({ id, title, kind: 'custom', built: false, sentences: [0] })),
      ),
      coverage: [{ text: 'Please.', start: 0, end: 7, coveredBy: [] }],
    },
    fieldTypes,
  );
  const base = projectOf([
    { path: 'package.json', content: JSON.stringify({ dependencies }) },
    { path: 'src/server/db/schema.ts', content: 'export const posts = { id: 1 };\n' },
    { path: 'src/client/app/layout.tsx', content: 'export function Layout() {\n  return <main />;\n}\n' },
  ]);
  const render = (slices: readonly Slice[]): RenderedProject => {
    const tables = slices.map(({ plan, tables: own }) => ({
      path: `src/server/modules/${plan.slug}/tables.ts`,
      content: own
        .map(({ plural }) => `export const ${plural.charAt(0).toLowerCase()}${plural.slice(1)} = {};\n`)
        .join(''),
    }));
    return projectOf([...base.files, ...tables, ...slices.flatMap((slice) => slice.files)]);
  };
  return { blueprint: drafted, plans, base, render };
}

function projectOf(files: readonly { path: string; content: string }[]): RenderedProject {
  return {
    files: files.map(({ path, content }): RenderedFile => ({ path, content, phase: 'frontend', task: 'Test' })),
    database: { dialect: 'postgresql', tables: [] },
    frontend: { components: [], pages: [] },
    deployment: { targets: [] },
    outline: outlineOfFiles(files),
  };
}

/** What the model answers to the requests for each slice, one after another. */
export type Replies = Readonly<Record<string, Reply | readonly Reply[]>>;

export function modelFor(replies: Replies, options: FakeModelOptions = {}): FakeModel {
  const asked = new Map<string, number>();
  return new FakeModel(({ task }) => {
    const slug = slugOf(task);
    const turn = asked.get(slug) ?? 0;
    asked.set(slug, turn + 1);
    const own = replies[slug];
    const reply = Array.isArray(own) ? own[turn] : turn === 0 ? own : undefined;
    if (reply === undefined) throw new Error(`The script has no reply ${turn + 1} for ${slug}.`);
    return reply;
  }, options);
}

/** The slice that a request is for. */
export function slugOf(task: string): string {
  return /`src\/client\/modules\/([^/]+)\/screen\.tsx`/.exec(task)?.[1] ?? '';
}

export function files(...list: { path: string; content: string; isCut?: boolean }[]): FilesReply {
  return { files: list };
}

/** A checker that is ready, and finds what the test says. */
export class FakeChecker implements SliceChecker {
  readonly checked: string[][] = [];
  readonly #find: (slices: readonly Slice[], project: RenderedProject) => readonly SliceProblem[];
  readonly #scope: CheckScope;
  mostParallel = 0;
  /** How often it was made ready: each time, the user may be asked. */
  prepared = 0;
  #running = 0;

  constructor(
    find: (slices: readonly Slice[], project: RenderedProject) => readonly SliceProblem[] = () => [],
    why?: string,
    checks: CheckScope['checks'] = why === undefined ? projectChecks : [],
  ) {
    this.#find = find;
    this.#scope = { checks, why };
  }

  prepare(): Promise<CheckScope> {
    this.prepared += 1;
    return Promise.resolve(this.#scope);
  }

  async check(
    project: RenderedProject,
    slices: readonly Slice[],
    { signal }: { signal: AbortSignal },
  ): Promise<CheckResult> {
    this.checked.push(slices.map(({ plan }) => plan.slug));
    this.#running += 1;
    this.mostParallel = Math.max(this.mostParallel, this.#running);
    await new Promise((resolve) => setImmediate(resolve));
    this.#running -= 1;
    if (signal.aborted) throw cancelledError();
    return { ...this.#scope, problems: this.#find(slices, project) };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

export interface SessionOptions {
  readonly checker?: SliceChecker;
  readonly store?: MemoryWorkStore;
  readonly budgetUsd?: number;
  readonly waits?: number[];
  /** Asked where the model declines. */
  readonly fallbacks?: readonly FakeModel[];
}

export function sessionOf(
  port: FakeModel,
  { checker, store = new MemoryWorkStore(), budgetUsd, waits = [], fallbacks = [] }: SessionOptions = {},
): ModelSession {
  return {
    format: new AnalysisFormat(fieldTypes, []),
    port,
    fallbacks,
    meter: new UsageMeter(port, budgetUsd),
    store,
    checker,
    allowedPackages: {},
    wait: async (ms) => {
      waits.push(ms);
      await Promise.resolve();
    },
  };
}

export interface Outcome {
  readonly steps: readonly EngineStep[];
  readonly report: SliceReport | undefined;
  readonly error: unknown;
}

/** Takes all steps. `onStep` may pause the consumer. */
export async function run(
  work: SliceWork,
  session: ModelSession,
  {
    signal = new AbortController().signal,
    onStep,
  }: { signal?: AbortSignal; onStep?: (step: EngineStep) => Promise<void> | void } = {},
): Promise<Outcome> {
  const steps: EngineStep[] = [];
  try {
    const generator = writeSlices(work, session, { signal });
    for (;;) {
      const step = await generator.next();
      if (step.done) return { steps, report: step.value, error: undefined };
      steps.push(step.value);
      await onStep?.(step.value);
    }
  } catch (error) {
    return { steps, report: undefined, error };
  }
}

/** What the pieces of each file add up to. Fails where a piece is out of place, or says that a file is complete. */
export function streamed(steps: readonly EngineStep[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const step of steps) {
    if (step.kind !== 'chunk') continue;
    const { file, chunk, offset, isComplete, isDiscarded } = step.data;
    assert.equal(isComplete, false, `${file} is said to be complete`);
    if (isDiscarded === true) {
      assert.ok(texts.delete(file), `${file} is given up and was never begun`);
      continue;
    }
    const before = offset === 0 ? '' : (texts.get(file) ?? '');
    assert.equal(offset, before.length, `a piece of ${file} is out of place`);
    assert.ok(!/\p{Surrogate}/u.test(chunk), `a piece of ${file} is no text by itself`);
    texts.set(file, before + chunk);
  }
  return texts;
}

/** What was accepted, by path. */
export function acceptedFiles(report: SliceReport | undefined): Map<string, string> {
  return new Map((report?.accepted ?? []).flatMap((slice) => slice.files).map(({ path, content }) => [path, content]));
}

/** The states a slice went through. */
export function statesOf(steps: readonly EngineStep[], slug: string): SliceOutcome['status'][] {
  return steps.flatMap((step) => (step.kind === 'slice' && step.outcome.feature === slug ? [step.outcome.status] : []));
}

export function outcomeOf(report: SliceReport | undefined, slug: string): SliceOutcome | undefined {
  return report?.outcomes.find(({ feature: id }) => id === slug);
}

export function noticesOf(steps: readonly EngineStep[]): string[] {
  return steps.flatMap((step) => (step.kind === 'notice' ? [step.text] : []));
}

/** A problem that the compiler found. */
export const typeProblem = (path: string, message = "Type 'string' is not assignable to type 'number'.", line = 2) =>
  ({ check: 'types', path, line, message }) as const;

/** Good answers for these slices. */
export function good(...slugs: readonly string[]): Record<string, Reply> {
  return Object.fromEntries(slugs.map((slug) => [slug, files(...goodFiles(slug))]));
}
