import { join, resolve } from 'node:path';
import type { Clock, Generator } from '../core/ports.ts';
import type { RenderedProject } from '../core/rendered-project.ts';
import type { CheckScope } from '../core/slices.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { credentialOf, environmentRemedy } from '../hosts/credentials.ts';
import { prepareModel } from '../hosts/prepare-model.ts';
import type { ModelRunOptions } from '../hosts/run-options.ts';
import { environmentAddress } from '../hosts/service-address.ts';
import { type CheckInstall, checkConsent } from '../hosts/slice-checks.ts';

/** What a host with Node gives runs with a language model. */
export interface NodeHost {
  readonly environment: NodeJS.ProcessEnv;
  /** Where finished work and the packages for checks are kept. */
  readonly folder: string;
  /** Asked before packages are downloaded for the checks, unless the options want them in full. */
  readonly consent: (info: CheckInstall) => Promise<boolean>;
  /** Told why tests that a model wrote are not run, as a sentence, where they cannot be shut in and the options do not allow them all the same. */
  readonly onTestsRefused: (why: string) => void;
}

/** Runs with a language model, with the same options for all. */
export interface ModelRuns {
  /** The model's id. */
  readonly model: string;
  /** Makes the generator of a run. `projectId` is the id of its project; without it the run gets a new one. */
  create(clock?: Clock, projectId?: string): Generator;
  /** Makes the packages for the checks ready before the first run. Returns which checks runs will make; undefined where the options want none. */
  installChecks(options: { signal: AbortSignal; say: (what: string) => void }): Promise<CheckScope | undefined>;
}

/**
 * Gets ready for runs with a provider, and loads what they need. Throws `model-key` when there is no key, and `invalid-request` for an address
 * that cannot be used or a budget that cannot be kept.
 */
export async function prepareModelRuns(
  provider: ModelProvider,
  options: ModelRunOptions,
  host: NodeHost,
): Promise<ModelRuns> {
  const { environment } = host;
  const variable = (name: string): string | undefined => environment[name];
  const baseUrl = environmentAddress(provider, variable);
  const credential = credentialOf(provider, variable);
  const { model, budgetUsd, price, effort, fallbackModels, checks, unconfinedTests, allowedPackages } = options;
  const prepared = await prepareModel(provider, {
    keyRemedy: environmentRemedy(provider),
    priceRemedy: 'State it with --price or TAKOSS_PRICE, such as 3/15.',
    now: Date.now(),
    ...(credential === undefined ? {} : { credential }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(model === undefined ? {} : { model }),
    ...(budgetUsd === undefined ? {} : { budgetUsd }),
    ...(price === undefined ? {} : { price }),
    ...(effort === undefined ? {} : { effort }),
    ...(fallbackModels === undefined ? {} : { fallbackModels }),
  });
  const [{ createModelGenerator }, { FileWorkStore }, { NodeSliceChecker }] = await Promise.all([
    import('../model-generator.ts'),
    import('../node/file-work-store.ts'),
    import('../node/node-slice-checker.ts'),
  ]);
  const folder = resolve(host.folder);
  const store = new FileWorkStore(join(folder, 'work'));
  const consent = checkConsent(
    { checks, unconfinedTests: unconfinedTests || undefined },
    {
      install: host.consent,
      unconfinedTests: (why) => {
        host.onTestsRefused(why);
        return Promise.resolve(false);
      },
    },
  );
  const createChecker = () =>
    consent === undefined ? undefined : new NodeSliceChecker({ cacheDir: folder, environment, ...consent });
  return {
    model: prepared.port.model,
    create(clock, projectId) {
      const checker = createChecker();
      const parts = { ...prepared, store, allowedPackages, ...(checker === undefined ? {} : { checker }) };
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
  const [{ OfflineEngine }, { ProjectRenderer }, { fieldTypes }, { moduleCatalog, moduleSpecs }, { finishBlueprint }] =
    await Promise.all([
      import('../engines/offline/offline-engine.ts'),
      import('../render/renderer.ts'),
      import('../field-types/catalog.ts'),
      import('../modules/catalog.ts'),
      import('../core/finish-blueprint.ts'),
    ]);
  const request = { projectName: 'Sample', description: '', requirements: 'Authors write posts with a title.' };
  const steps = new OfflineEngine({ fieldTypes, modules: moduleSpecs }).analyze(request, { signal });
  for (;;) {
    const step = await steps.next();
    if (step.done)
      return new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
        finishBlueprint(step.value, fieldTypes),
        request,
      );
  }
}
