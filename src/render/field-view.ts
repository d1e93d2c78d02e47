import type { Field } from '../core/blueprint.ts';
import type { Code } from '../core/code.ts';
import { escapes } from '../emit/escape.ts';
import type { FieldFacts, FieldTraits, FieldView } from '../emit/project-view.ts';
import type { FieldType, FieldTypes } from '../field-types/contract.ts';
import { NameSpace, optionValue, pascal, snake } from './names.ts';

/** What describing a field needs to know of its entity. */
export interface FieldOwner {
  readonly titleField: string | undefined;
  readonly pascal: string;
  readonly camel: string;
  /** The module with the constants of its choices; undefined for the table of a slice, whose columns write them out. */
  readonly module: string | undefined;
}

/** Describes a field of an entity. */
export function viewField(
  field: Field,
  owner: FieldOwner,
  names: { readonly name: string; readonly column: string },
  types: FieldTypes,
): FieldView {
  const type = types.get(field.type);
  const { traits, client, wrong, sampleCount } = type.build;
  const facts = factsOf(field, owner, names, type);
  const { fallback } = traits;
  const baseType = facts.options.length > 0 ? facts.enumType : type.spec.json;
  const column = type.build.column(facts);
  const input = type.build.input(facts);
  return {
    ...facts,
    ...traits,
    baseType,
    zodInput: facts.required ? input : wrapped('optional', 'src/shared/fields/optional.ts', input),
    zodRecord: recordCode(facts, type),
    drizzle: { ...column.code, code: column.code.code + constraints(facts, fallback) },
    sqlType: column.sqlType,
    client: client(facts),
    sampleCount: sampleCount?.(facts) ?? Number.POSITIVE_INFINITY,
    wrongValue: wrong(facts),
  };
}

function factsOf(
  field: Field,
  owner: FieldOwner,
  names: { readonly name: string; readonly column: string },
  { spec, build }: FieldType,
): FieldFacts {
  const ownType = owner.pascal + pascal(names.name);
  // `PostInput` is the type of a request's body.
  const enumType = ownType === `${owner.pascal}Input` ? `${ownType}Value` : ownType;
  const options = spec.facets.includes('values') ? viewOptions(field.values ?? []) : [];
  const hasFallback = build.traits.fallback !== undefined;
  return {
    blueprintName: field.name,
    name: names.name,
    pascal: pascal(names.name),
    column: names.column,
    label: field.label,
    type: spec.id,
    required: field.required || hasFallback,
    // One true and one false record are all that a unique boolean would allow.
    unique: field.unique && !hasFallback,
    isTitle: field.name === owner.titleField,
    options,
    optionsConst: `${owner.camel + pascal(names.name)}Options`,
    enumType: owner.module === undefined ? options.map(({ value }) => escapes.ts(value)).join(' | ') : enumType,
    optionsModule: owner.module,
    ...(build.bounds?.(field) ?? { min: undefined, max: undefined }),
    unit: field.unit,
    currency: field.currency,
    decimals: field.decimals,
  };
}

function viewOptions(labels: readonly string[]): { value: string; label: string }[] {
  const names = new NameSpace();
  return labels.map((label) => ({ value: names.claim(optionValue(label), '-'), label }));
}

function recordCode(facts: FieldFacts, { spec, build }: FieldType): Code {
  const { code, imports } = build.record?.(facts) ?? {
    code: `z.${spec.json}()`,
    imports: [{ name: 'z', from: 'zod' }],
  };
  return { code: facts.required ? code : `${code}.nullable()`, imports };
}

function wrapped(name: string, from: string, { code, imports }: Code): Code {
  return { code: `${name}(${code})`, imports: [...imports, { name, from }] };
}

function constraints({ required, unique }: FieldFacts, fallback: FieldTraits['fallback']): string {
  return [
    required ? '.notNull()' : '',
    fallback === undefined ? '' : `.default(${fallback})`,
    unique ? '.unique()' : '',
  ].join('');
}

/** `column` for a field name. */
export function columnName(name: string): string {
  return snake(name);
}
