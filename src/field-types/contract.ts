import type { Field } from '../core/blueprint-draft.ts';
import type { Code } from '../core/code.ts';
import type { EntityView, FieldFacts, FieldKindCall, FieldTraits } from '../emit/project-view.ts';
import type { Template } from '../emit/template.ts';

/**
 * A type of field is a folder here: `spec.ts` says what it means, `build.ts` what is made of it, `templates/` holds the files that it brings to a
 * generated application. Its line in `catalog.ts` is all that names it elsewhere.
 */

/** What a field of a blueprint may say besides what every field says. */
export type FieldFacet = 'values' | 'bounds' | 'unit' | 'currency' | 'decimals';

/** Names of fields that have a type. */
export interface NameRule {
  /** Tested against the words of the name in lower case, joined by spaces. */
  readonly pattern: RegExp;
  /** Of all rules that fit, the one with the lowest order decides. */
  readonly order: number;
}

/** What a type means: all that readers and models are told. */
export interface FieldTypeSpec {
  /** kebab-case: what blueprints say. */
  readonly id: string;
  readonly json: 'string' | 'number' | 'boolean';
  /** What a model is told behind the id, in brackets: `two decimals`. Empty where the id says it all. */
  readonly meaning: string;
  readonly facets: readonly FieldFacet[];
  /** What people write for the type where they name types: `varchar`. Lower case, letters only. */
  readonly typeWords: readonly string[];
  readonly names: readonly NameRule[];
  /** The lowest value that makes sense under a name, where the text gives none. */
  readonly usualMin?: (name: string) => number | undefined;
  /** Whether these bounds, which a text gives under such a name, can be those of such a field; without it, any can. */
  readonly admits?: (min: number, max: number) => boolean;
  /** How well such a field names a record in lists and links. */
  readonly title: 'best' | 'good' | 'possible' | 'never';
  /** Whether one such value is meant by a name in the plural: `prices`. */
  readonly takesPlural: boolean;
  /** Words besides its name that mean such a field when people search and sort: the `date` of an order. */
  readonly spokenOfAs?: RegExp;
  /** Whether there are so few values that records cannot have one each. */
  readonly hasFewValues?: true;
}

/** Where a sample value stands. */
export interface SamplePlace {
  /** The place of the record, from 0. */
  readonly index: number;
  readonly entity: Pick<EntityView, 'name' | 'labelLower'>;
  /** The date, time or moment of this field in this record: of the moments of one record, what begins is before what ends. */
  readonly moment: () => string;
}

/** The column that stores a field, without `notNull` and its like. */
export interface FieldColumn {
  readonly code: Code;
  /** As PostgreSQL and drizzle-kit write it. */
  readonly sqlType: string;
}

/** What the renderer makes of a field. */
export interface FieldTypeBuild {
  readonly traits: FieldTraits;
  /** The bounds of a number: those of the field within those of the column. */
  readonly bounds?: (field: Pick<Field, 'min' | 'max' | 'decimals' | 'currency'>) => {
    readonly min: number | undefined;
    readonly max: number | undefined;
  };
  readonly column: (field: FieldFacts) => FieldColumn;
  /** What checks input, for a field that is required. */
  readonly input: (field: FieldFacts) => Code;
  /** What checks a record; without it, the JSON type decides. */
  readonly record?: (field: FieldFacts) => Code;
  readonly client: (field: FieldFacts) => FieldKindCall;
  /** A value that a person would believe. Different for every index where the field is unique. */
  readonly sample: (field: FieldFacts, place: SamplePlace) => string | number | boolean | null;
  /** How many different samples there are; without it, as many as are asked for. */
  readonly sampleCount?: (field: FieldFacts) => number;
  /** A literal of TypeScript that the field refuses. */
  readonly wrong: (field: FieldFacts) => string;
  /** The files of `templates/`. */
  readonly templates: readonly Template[];
  /** npm packages that the files import besides those of every application. */
  readonly packages?: readonly string[];
}

export interface FieldType {
  readonly spec: FieldTypeSpec;
  readonly build: FieldTypeBuild;
}

/** Types that readers fall back on where names and words say no more. Every catalogue has them. */
export const basicTypes = {
  line: 'string',
  paragraphs: 'text',
  wholeNumber: 'integer',
  flag: 'boolean',
  choice: 'enum',
} as const;

/** All types of fields, as hosts pass them in. */
export class FieldTypes {
  readonly all: readonly FieldType[];
  readonly specs: readonly FieldTypeSpec[];
  readonly #byId: ReadonlyMap<string, FieldType>;

  /** Throws where an id is there twice, or a basic type is not there. */
  constructor(all: readonly FieldType[]) {
    this.all = all;
    this.specs = all.map(({ spec }) => spec);
    this.#byId = new Map(all.map((type) => [type.spec.id, type]));
    if (this.#byId.size !== all.length) throw new Error('A type of field is in the catalogue twice.');
    for (const id of Object.values(basicTypes)) this.get(id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Throws where there is none: blueprints are held against the catalogue before anything asks. */
  get(id: string): FieldType {
    const type = this.#byId.get(id);
    if (type === undefined) throw new Error(`There is no type of field called "${id}".`);
    return type;
  }

  /** The ids, in the order of the catalogue. */
  get ids(): readonly string[] {
    return this.specs.map(({ id }) => id);
  }

  /** Whether fields of the type have values to choose from. */
  takesValues(id: string): boolean {
    return this.#byId.get(id)?.spec.facets.includes('values') ?? false;
  }
}
