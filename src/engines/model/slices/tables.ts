import * as z from 'zod';
import { openAccess } from '../../../core/access.ts';
import { type Blueprint, type Entity, entitySchema } from '../../../core/blueprint.ts';
import { IdMint } from '../../../core/id-mint.ts';
import type { SlicePlan, SliceProblem } from '../../../core/slices.ts';
import type { FieldTypes } from '../../../field-types/contract.ts';
import { isReservedMember } from '../analysis/reserved-words.ts';
import { type SliceDraft, tablesPath } from './draft.ts';

/** Far more than a feature needs. */
const maxTables = 8;
const maxFields = 40;
const maxRelations = 20;

/** What the model declares of a table: what is not needed for storing is made up. */
const declarationSchemaFor = (fieldTypes: FieldTypes) =>
  z
    .array(
      z.object({
        name: z.string(),
        plural: z.string(),
        label: z.string().optional(),
        pluralLabel: z.string().optional(),
        description: z.string().optional(),
        titleField: z.string().optional(),
        fields: z
          .array(
            z.object({
              name: z.string(),
              label: z.string().optional(),
              type: z.enum(fieldTypes.ids),
              required: z.boolean().default(false),
              unique: z.boolean().default(false),
              values: z.array(z.string()).optional(),
              min: z.number().optional(),
              max: z.number().optional(),
              unit: z.string().optional(),
              currency: z.string().optional(),
              decimals: z.number().optional(),
            }),
          )
          .min(1)
          .max(maxFields),
        relations: z
          .array(
            z.object({
              name: z.string(),
              label: z.string().optional(),
              kind: z.enum(['many-to-one', 'one-to-one', 'many-to-many']).default('many-to-one'),
              target: z.string(),
              required: z.boolean().default(false),
            }),
          )
          .max(maxRelations)
          .default([]),
      }),
    )
    .max(maxTables);

export interface DeclaredTables {
  readonly tables: readonly Entity[];
  readonly problems: readonly SliceProblem[];
}

/**
 * Reads the tables that a draft declares. What other slices call theirs does not matter: the renderer keeps them apart. The names of the
 * project's entities are taken, because relations lead to tables by name.
 */
export function readTables(draft: SliceDraft, blueprint: Blueprint, fieldTypes: FieldTypes): DeclaredTables {
  if (draft.tables === undefined || draft.tables.trim() === '') return { tables: [], problems: [] };
  const declared = declarationSchemaFor(fieldTypes).safeParse(parseJson(draft.tables));
  if (!declared.success) return { tables: [], problems: declared.error.issues.map(issueProblem) };
  const tables = z.array(entitySchema).safeParse(declared.data.map((table) => completed(table, draft.plan)));
  if (!tables.success) return { tables: [], problems: tables.error.issues.map(issueProblem) };
  const problems = tables.data.flatMap((table, index) => [
    ...nameProblems(table, [...blueprint.entities, ...tables.data.slice(0, index)]),
    ...memberProblems(table, fieldTypes),
    ...targetProblems(table, [...blueprint.entities, ...tables.data]),
  ]);
  return { tables: tables.data, problems };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Declaration = z.infer<ReturnType<typeof declarationSchemaFor>>[number];

function completed({ fields, relations, ...table }: Declaration, { slug, feature }: SlicePlan): unknown {
  const { origin } = feature;
  const mint = new IdMint();
  return {
    ...table,
    label: table.label ?? labelOf(table.name),
    pluralLabel: table.pluralLabel ?? labelOf(table.plural),
    description: table.description ?? '',
    titleField: table.titleField ?? fields[0]?.name,
    fields: fields.map((field) => ({
      ...field,
      id: mint.of(field.name),
      label: field.label ?? labelOf(field.name),
      origin,
    })),
    relations: relations.map((relation) => ({
      ...relation,
      id: mint.of(relation.name),
      origin,
      label: relation.label ?? labelOf(relation.name),
      // Nothing shows it, and it must not clash with what other tables call their own.
      inverse: camelOf(`${slug}-${table.plural}-${relation.name}`).slice(0, 50),
    })),
    id: new IdMint().of(table.name),
    access: openAccess,
    samples: [],
    origin,
  };
}

/** `fileName` → `File name`. */
function labelOf(identifier: string): string {
  const words = identifier.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function camelOf(words: string): string {
  const [first = '', ...rest] = words.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = first.toLowerCase() + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[a-z]/.test(name) ? name : `in${name}`;
}

function nameProblems({ name, plural }: Entity, others: readonly Entity[]): SliceProblem[] {
  if (name === plural) return [problem(`The table ${name} needs a plural that differs from its name.`)];
  const taken = new Set(others.flatMap((other) => [other.name, other.plural]).map((other) => other.toLowerCase()));
  return [name, plural]
    .filter((own) => taken.has(own.toLowerCase()))
    .map((own) => problem(`There is an entity or another table called ${own}. Choose another name for the table.`));
}

const generatedMembers = ['id', 'createdAt', 'updatedAt'];

function memberProblems({ name, fields, relations, titleField }: Entity, fieldTypes: FieldTypes): SliceProblem[] {
  const problems: SliceProblem[] = [];
  const members = new Set<string>(generatedMembers);
  for (const member of [
    ...fields.map((field) => field.name),
    ...relations.flatMap((relation) => [relation.name, `${relation.name}Id`]),
  ]) {
    if (generatedMembers.includes(member))
      problems.push(problem(`Every table has ${member}: do not declare it in ${name}.`));
    else if (isReservedMember(member))
      problems.push(problem(`${name}.${member} is called by a reserved word. Use another name.`));
    else if (members.has(member)) problems.push(problem(`The table ${name} has ${member} twice.`));
    members.add(member);
  }
  for (const field of fields) {
    if (fieldTypes.takesValues(field.type) && field.values === undefined)
      problems.push(problem(`The field ${name}.${field.name} is of the type ${field.type} without values.`));
  }
  if (!fields.some((field) => field.name === titleField))
    problems.push(problem(`The titleField of ${name} is none of its fields.`));
  return problems;
}

function targetProblems({ name, relations }: Entity, entities: readonly Entity[]): SliceProblem[] {
  return relations
    .filter(({ target }) => !entities.some((entity) => entity.name === target))
    .map((relation) =>
      problem(
        `The relation ${name}.${relation.name} leads to "${relation.target}", and there is no such entity or table.`,
      ),
    );
}

function issueProblem({ path, message }: z.core.$ZodIssue): SliceProblem {
  return problem(
    path.length === 0 ? `It must be a JSON array of tables: ${message}` : `At ${path.join('.')}: ${message}`,
  );
}

function problem(message: string): SliceProblem {
  return { check: 'syntax', path: tablesPath, line: undefined, message };
}
