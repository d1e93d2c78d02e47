import { accessReferences } from './access-notes.ts';
import { type Blueprint, blueprintSchema } from './blueprint.ts';
import { type BlueprintDraft, blueprintDraftSchema } from './blueprint-draft.ts';
import { referenceFault } from './blueprint-faults.ts';
import { completeDraft } from './complete-draft.ts';
import { draftFault } from './draft-faults.ts';
import type { EarlierDesign } from './earlier-design.ts';
import { TakossError } from './errors.ts';
import type { FieldTypeSet } from './field-type-set.ts';
import { repairNames } from './repair-names.ts';

/**
 * Makes a blueprint of what an engine found, and holds it against what it promises, whoever filled it: its schema, names that are used once, types of fields
 * that there are, references that lead somewhere. Names that cannot stand in code are repaired wherever they are used; a claim of coverage by something that is not there is taken
 * back. Items keep the ids that they have in `previous`. Throws `internal` where the rest is not right: nothing is rendered then.
 */
export function finishBlueprint(draft: BlueprintDraft, types: FieldTypeSet, previous?: EarlierDesign): Blueprint {
  const { blueprint, fault } = checkDraft(draft, types, previous);
  if (blueprint === undefined) throw invalid(fault);
  return blueprint;
}

type CheckedDraft =
  | { readonly blueprint: Blueprint; readonly fault?: undefined }
  | { readonly blueprint?: undefined; readonly fault: string };

/** What {@link finishBlueprint} does, with what is wrong as a value: a draft from a file may be anybody's. */
export function checkDraft(draft: BlueprintDraft, types: FieldTypeSet, previous?: EarlierDesign): CheckedDraft {
  const read = blueprintDraftSchema.safeParse(repairNames(draft));
  if (!read.success) return { fault: describeIssue(read.error.issues[0]) };
  const wrong = draftFault(read.data, types);
  if (wrong !== undefined) return { fault: wrong };
  const finished = blueprintSchema.safeParse(completeDraft(withTrueCoverage(read.data), previous));
  if (!finished.success) return { fault: describeIssue(finished.error.issues[0]) };
  const fault = referenceFault(finished.data, types);
  return fault === undefined ? { blueprint: finished.data } : { fault };
}

/** Coverage by what is there. A sentence that loses all of it says so. */
function withTrueCoverage(blueprint: BlueprintDraft): BlueprintDraft {
  const { entities, features, modules = [], actors, pages } = blueprint;
  const known = new Set([
    'theme:colors',
    'project:name',
    ...entities.flatMap(accessReferences),
    ...features.map(({ id }) => `feature:${id}`),
    ...modules.map(({ id }) => `module:${id}`),
    ...actors.map(({ id }) => `actor:${id}`),
    ...pages.map(({ id }) => `page:${id}`),
    ...entities.flatMap(({ name, fields, relations }) => [
      `entity:${name}`,
      ...fields.map((field) => `field:${name}.${field.name}`),
      ...relations.map((relation) => `relation:${name}.${relation.name}`),
    ]),
  ]);
  if (blueprint.coverage.every(({ coveredBy }) => coveredBy.every((item) => known.has(item)))) return blueprint;
  const coverage = blueprint.coverage.map((sentence) => {
    const coveredBy = sentence.coveredBy.filter((item) => known.has(item));
    const note =
      coveredBy.length === 0 && sentence.note === undefined
        ? { note: 'Nothing in the application covers this yet.' }
        : {};
    return { ...sentence, coveredBy, ...note };
  });
  return { ...blueprint, coverage };
}

/** What a schema found wrong, and where. */
export function describeIssue(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): string {
  return issue === undefined ? 'its schema' : `${issue.path.map(String).join('.')}: ${issue.message}`;
}

function invalid(fault: string): TakossError {
  const message = `The requirements were read into a design that is not valid (${fault}), so nothing was generated. This is a fault in Takoss: please report it with the log.`;
  return new TakossError('internal', message);
}
