import type { Blueprint, Entity } from '../../../src/core/blueprint.ts';
import { phrasesOfSentences } from '../../../src/core/sentence-phrases.ts';
import { sliceContribution } from '../../../src/core/slice-contribution.ts';
import type { Slice, SliceFile, SlicePlan } from '../../../src/core/slices.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { planSlices } from '../../../src/render/slice-plan.ts';

/** Slices as small as they can be, for what the renderer makes of them. */

/** A blueprint with a feature of this title that nobody builds, and its plan. */
export function planned(blueprint: Blueprint, id: string, title = id): { blueprint: Blueprint; plan: SlicePlan } {
  const sentence = { text: `It shall ${id}.`, start: 0, end: 0 };
  const origin = { by: 'text' as const, phrases: [blueprint.phrases.length] };
  const asking = phrasesOfSentences([{ ...sentence, coveredBy: [] }]).phrases;
  const extended: Blueprint = {
    ...blueprint,
    features: [...blueprint.features, { id, title, kind: 'custom', built: false, origin }],
    sentences: [...blueprint.sentences, sentence],
    phrases: [...blueprint.phrases, ...asking.map((phrase) => ({ ...phrase, sentence: blueprint.sentences.length }))],
  };
  const plan = planSlices(extended, fieldTypes).find(({ feature }) => feature.id === id);
  if (plan === undefined) throw new Error(`There is no plan for ${id}.`);
  return { blueprint: extended, plan };
}

export function slicePaths(plan: SlicePlan): string[] {
  const { serverFile, sharedFile, screenFile, serverTestFile, clientTestFile } = plan;
  return [serverFile, sharedFile, screenFile, serverTestFile, clientTestFile];
}

interface Parts {
  readonly tables?: readonly Entity[];
  readonly files?: readonly SliceFile[];
  readonly packages?: Readonly<Record<string, string>>;
  /** The routes' function up to its body; undefined without routes. */
  readonly routes?: string;
}

/** A slice with a screen and, where asked for, routes. */
export function slice(plan: SlicePlan, { tables = [], files = [], packages = {}, routes }: Parts = {}): Slice {
  const server = routes === undefined ? [] : [{ path: plan.serverFile, content: `${routes} {}\n` }];
  const screen = { path: plan.screenFile, content: 'export function Screen() {\n  return null;\n}\n' };
  const all = [...server, screen, { path: plan.clientTestFile, content: 'it();\n' }, ...files];
  return sliceContribution(plan, { tables, files: all.sort((a, b) => (a.path < b.path ? -1 : 1)), packages });
}
