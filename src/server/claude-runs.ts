import { join, resolve } from 'node:path';
import { TakossError } from '../core/errors.ts';
import type { Clock, Generator } from '../core/ports.ts';
import type { RenderedProject } from '../core/rendered-project.ts';
import type { CheckScope } from '../core/slices.ts';
import { fieldTypes } from '../field-types/catalog.ts';
import { type ClaudeOptions, claudeBaseUrl, claudeKey } from './claude-options.ts';

/** What a host with Node gives runs with Claude. */
export interface ClaudeHost {
  readonly environment: NodeJS.ProcessEnv;
  /** Where finished work and the packages for checks are kept. */
  readonly folder: string;
  /** Asked before packages are downloaded for the checks, unless the options want them in full. */
  readonly consent: (info: { folder: string; megabytes: number }) => Promise<boolean>;
  /** Told why tests that a model wrote are not run, as a sentence, where they cannot be shut in and the options do not allow them all the same. */
  readonly onTestsRefused: (why: string) => void;
}

/** Runs with Claude, with the same options for all. */
export interface ClaudeRuns {
  /** The model's id. */
  readonly model: string;
  /** Makes the generator of a run. `projectId` is the id of its project; without it the run gets a new one. */
  create(clock?: Clock, projectId?: string): Generator;
  /** Makes the packages for the checks ready before the first run. Returns which checks runs will make; undefined where the options want none. */
  installChecks(options: { signal: AbortSignal; say: (what: string) => void }): Promise<CheckScope | undefined>;
}

/**
 * Gets ready for runs with Claude, and loads what they need. Throws `model-key` when there is no key, and `invalid-request` for an address that
 * cannot be used or a budget that cannot be kept.
 */
export async function prepareClaude(options: ClaudeOptions, host: ClaudeHost): Promise<ClaudeRuns> {
  const baseUrl = claudeBaseUrl(host.environment);
  const apiKey = claudeKey(host.environment);
  if (apiKey === undefined) {
    throw new TakossError(
      'model-key',
      'There is no key for Claude. Set the environment variable ANTHROPIC_API_KEY to yours, or use the engine offline, which needs none.',
    );
  }
  const [{ ClaudeModel }, { createModelGenerator }, { FileWorkStore }, { NodeSliceChecker }] = await Promise.all([
    import('../engines/claude.ts'),
    import('../model-generator.ts'),
    import('../node/file-work-store.ts'),
    import('../node/node-slice-checker.ts'),
  ]);
  const { model, budgetUsd, checks, unconfinedTests: mayRunUnconfined, allowedPackages } = options;
  const port = new ClaudeModel({ apiKey, model, ...(baseUrl === undefined ? {} : { baseUrl }) });
  if (budgetUsd !== undefined && port.price === undefined) {
    throw new TakossError(
      'invalid-request',
      `The price of ${port.model} is not known here, so a budget cannot be kept. Choose another model, or leave the budget out.`,
    );
  }
  const folder = resolve(host.folder);
  const store = new FileWorkStore(join(folder, 'work'));
  const consent = checks === 'full' ? () => Promise.resolve(true) : host.consent;
  const unconfinedTests = (why: string): Promise<boolean> => {
    if (!mayRunUnconfined) host.onTestsRefused(why);
    return Promise.resolve(mayRunUnconfined);
  };
  const { environment } = host;
  const createChecker = () =>
    checks === 'basic' ? undefined : new NodeSliceChecker({ cacheDir: folder, consent, unconfinedTests, environment });
  return {
    model: port.model,
    create(clock, projectId) {
      const checker = createChecker();
      const limits = budgetUsd === undefined ? {} : { budgetUsd };
      const parts = { port, store, allowedPackages, ...limits, ...(checker === undefined ? {} : { checker }) };
      return createModelGenerator(parts, clock, projectId);
    },
    async installChecks(install) {
      const checker = createChecker();
      if (checker === undefined) return undefined;
      try {
        return await checker.prepare(await renderSample(install.signal), install);
      } finally {
        await checker.dispose();
      }
    },
  };
}

/** A project with a database, whose packages are those of every project. */
async function renderSample(signal: AbortSignal): Promise<RenderedProject> {
  const [{ OfflineEngine }, { ProjectRenderer }, { finishBlueprint }] = await Promise.all([
    import('../engines/offline/offline-engine.ts'),
    import('../render/renderer.ts'),
    import('../core/finish-blueprint.ts'),
  ]);
  const request = { projectName: 'Sample', description: '', requirements: 'Authors write posts with a title.' };
  const steps = new OfflineEngine({ fieldTypes }).analyze(request, { signal });
  for (;;) {
    const step = await steps.next();
    if (step.done) return new ProjectRenderer({ fieldTypes }).render(finishBlueprint(step.value, fieldTypes), request);
  }
}
