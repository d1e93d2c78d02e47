import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Blueprint, Entity } from '../../src/core/blueprint.ts';
import { type BlueprintDraft, entitySchema } from '../../src/core/blueprint-draft.ts';
import { completeDraft } from '../../src/core/complete-draft.ts';
import { finishBlueprint } from '../../src/core/finish-blueprint.ts';
import type { ProjectRequest } from '../../src/core/request.ts';
import { sliceContribution } from '../../src/core/slice-contribution.ts';
import type { Slice, SliceFile, SlicePlan } from '../../src/core/slices.ts';
import { readSlots } from '../../src/engines/model/slices/slots.ts';
import { OfflineEngine } from '../../src/engines/offline/offline-engine.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { moduleSpecs } from '../../src/modules/catalog.ts';
import { planSlices } from '../../src/render/slice-plan.ts';

/** Projects with slices written by hand, as a good model would write them: `test/fixtures/slices/<project>/<slug>/`. */
export const sliceProjects = ['blog', 'crm', 'portfolio', 'studio'] as const;
export type SliceProjectName = (typeof sliceProjects)[number];

export interface SliceProject {
  readonly request: ProjectRequest;
  /** As it is before anything was written: the features of the slices are `custom` and not built. */
  readonly blueprint: Blueprint;
  readonly plans: readonly SlicePlan[];
  /** In the order of the plans. */
  readonly slices: readonly Slice[];
}

const fixtures = join(import.meta.dirname, '../fixtures');

const projectSchema = z.object({
  title: z.string(),
  /** The file with the rest of the requirements. */
  requirements: z.string(),
  features: z.array(
    z.object({ id: z.string(), title: z.string(), actor: z.string().optional(), sentence: z.string() }),
  ),
});

/** A project with its slices. What the offline engine reads of the requirements is completed by the features of the slices. */
export async function sliceProject(name: SliceProjectName): Promise<SliceProject> {
  const folder = join(fixtures, 'slices', name);
  const project = projectSchema.parse(JSON.parse(await readFile(join(folder, 'project.json'), 'utf8')));
  const read = await readFile(join(fixtures, 'requirements', project.requirements), 'utf8');
  const requirements = [read.trimEnd(), ...project.features.map(({ sentence }) => sentence)].join('\n');
  const request = { projectName: project.title, description: 'A sample for tests.', requirements };
  const analyzed = await analyze({ ...request, requirements: read });
  const coverage = [...analyzed.coverage];
  const features = analyzed.features.filter(({ kind }) => kind !== 'custom');
  for (const { sentence, ...feature } of project.features) {
    const start = requirements.lastIndexOf(sentence);
    features.push({ ...feature, kind: 'custom', built: false, sentences: [coverage.length] });
    coverage.push({ text: sentence, start, end: start + sentence.length, coveredBy: [], note: 'It is not built.' });
  }
  const blueprint = finishBlueprint({ ...analyzed, features, coverage }, fieldTypes);
  const plans = planSlices(blueprint, fieldTypes);
  const slices = await Promise.all(plans.map((plan) => readSlice(plan, join(folder, plan.feature.id), blueprint)));
  return { request, blueprint, plans, slices };
}

async function analyze(request: ProjectRequest): Promise<BlueprintDraft> {
  const steps = new OfflineEngine({ fieldTypes, modules: moduleSpecs }).analyze(request, {
    signal: new AbortController().signal,
  });
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

async function readSlice(plan: SlicePlan, folder: string, blueprint: Blueprint): Promise<Slice> {
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !['tables.json', 'slots.json'].includes(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  const files = await Promise.all(
    paths.map(async (path): Promise<SliceFile> => ({ path, content: await readFile(join(folder, path), 'utf8') })),
  );
  const { slots, seeds, problems } = readSlots(
    { plan, files, slots: await textOf(join(folder, 'slots.json')) },
    blueprint,
  );
  assert.deepEqual(problems, []);
  return sliceContribution(plan, { tables: await readTables(folder, blueprint), files, packages: {}, slots, seeds });
}

async function textOf(path: string): Promise<string | undefined> {
  return existsSync(path) ? await readFile(path, 'utf8') : undefined;
}

/** The tables of a slice, as the model declares them. */
async function readTables(folder: string, { name, slug }: Blueprint): Promise<Entity[]> {
  const path = join(folder, 'tables.json');
  if (!existsSync(path)) return [];
  const entities = z.array(entitySchema).parse(JSON.parse(await readFile(path, 'utf8')));
  const theme = { background: '#ffffff', component: '#000000', sentences: [] };
  const none = { actors: [], features: [], pages: [], coverage: [], theme, description: '' };
  return completeDraft({ version: 1, name, slug, entities, ...none }).entities;
}
