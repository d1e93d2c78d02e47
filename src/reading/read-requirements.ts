import type { BlueprintDraft } from '../core/blueprint-draft.ts';
import { breathe } from '../core/breathe.ts';
import { throwIfCancelled } from '../core/errors.ts';
import type { ModuleSpec } from '../core/module-spec.ts';
import type { EngineStep } from '../core/ports.ts';
import { recogniseModules } from '../core/recognise-modules.ts';
import { type ProjectRequest, slugify } from '../core/request.ts';
import type { FieldTypeSpec } from '../field-types/contract.ts';
import { planActors } from './actors.ts';
import { assembleEntities } from './assembly.ts';
import { EvidenceCollector } from './collector.ts';
import { readTheme } from './colours.ts';
import { coverageOf } from './coverage.ts';
import { chooseEntities } from './entities.ts';
import { planFeatures } from './features.ts';
import { FieldWords } from './field-words.ts';
import { noteIntroduction, withPlaces } from './introduction.ts';
import { isStaticSite, namesStatic } from './kind.ts';
import { planPages } from './pages.ts';
import { type ReadStatement, readStatement } from './reading.ts';
import { planRelations } from './relations.ts';
import { splitStatements } from './sentences.ts';
import { loadTagger } from './tagger.ts';

/** How much is read before others get a turn, in characters: some 30 ms. */
const batchLength = 20_000;

interface ReadOptions {
  readonly signal: AbortSignal;
  readonly fieldTypes: readonly FieldTypeSpec[];
  /** Those that texts can ask for. */
  readonly modules: readonly ModuleSpec[];
}

/**
 * Reads requirements by rules, without a network or a model. Deterministic: the same request gives the same blueprint,
 * byte for byte. Any text gives a valid blueprint; what was not understood stands in its coverage. Throws `cancelled`.
 *
 * Text → statements → words and clauses → evidence → entities → relations and fields → features and pages → coverage → modules.
 */
export async function* readRequirements(
  request: ProjectRequest,
  { signal, fieldTypes, modules }: ReadOptions,
): AsyncGenerator<EngineStep, BlueprintDraft, void> {
  throwIfCancelled(signal);
  const total = 4;
  const split = splitStatements(request.requirements);
  yield {
    kind: 'task',
    task: `Reading ${split.length} ${split.length === 1 ? 'sentence' : 'sentences'}`,
    index: 1,
    total,
  };
  const tagger = await loadTagger();
  throwIfCancelled(signal);
  const statements: ReadStatement[] = [];
  let sinceBreak = 0;
  for (const statement of split) {
    statements.push(readStatement(statement, tagger));
    sinceBreak += statement.body.length + 20;
    if (sinceBreak < batchLength) continue;
    sinceBreak = 0;
    await breathe(signal);
  }

  yield { kind: 'task', task: 'Finding entities', index: 2, total };
  await breathe(signal);
  const theme = readTheme(statements);
  const themeSentences = new Set(theme.sentences);
  const fieldWords = new FieldWords(fieldTypes);
  const collector = new EvidenceCollector(fieldWords);
  for (const [index, statement] of statements.entries()) {
    collector.add(statement, index, statements, themeSentences.has(index));
    sinceBreak += statement.body.length + 20;
    if (sinceBreak < batchLength * 4) continue;
    sinceBreak = 0;
    await breathe(signal);
  }
  const { evidence } = collector;
  const isStatic = isStaticSite(request, statements);
  let choice = chooseEntities(evidence, isStatic);
  if (choice.entities.length === 0 && !isStatic && !namesStatic(request.description)) {
    // "Recipe manager", and requirements that say no more than to build it.
    noteIntroduction(collector, request, tagger, statements.length);
    choice = chooseEntities(evidence, isStatic);
  }

  yield { kind: 'task', task: 'Relating entities', index: 3, total };
  await breathe(signal);
  const relations = planRelations(evidence, choice);
  const assembled = assembleEntities(choice, relations, fieldWords);

  yield { kind: 'task', task: 'Planning features and pages', index: 4, total };
  await breathe(signal);
  const actors = withPlaces(planActors(evidence), statements.length);
  const pagePlan = planPages(request, statements, choice.entities, themeSentences);
  const planned = planFeatures(evidence, choice, statements, actors, theme.sentences);
  const features = [...withPlaces(planned, statements.length), ...pagePlan.features];
  const { fields, relations: relationSentences, remarks } = assembled;
  const entities = withPlaces(assembled.entities, statements.length);
  const { pages } = pagePlan;
  const draft: BlueprintDraft = {
    version: 1,
    name: request.projectName,
    slug: slugify(request.projectName),
    description: request.description,
    actors,
    entities,
    features,
    pages: [...pages],
    theme,
    coverage: coverageOf({
      statements,
      entities,
      features,
      actors,
      pages,
      theme,
      introduction: pagePlan.introduction,
      fields,
      relations: relationSentences,
      remarks,
    }),
  };
  return recogniseModules(draft, modules);
}
