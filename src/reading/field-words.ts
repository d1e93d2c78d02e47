import { basicTypes, type FieldFacet, type FieldTypeSpec } from '../field-types/contract.ts';
import { singular } from './words.ts';

/** What words tell of the types of fields, by what the types say of themselves. */
export class FieldWords {
  readonly #specs: ReadonlyMap<string, FieldTypeSpec>;
  readonly #byTypeWord: ReadonlyMap<string, string>;
  readonly #rules: readonly { readonly pattern: RegExp; readonly order: number; readonly spec: FieldTypeSpec }[];

  constructor(specs: readonly FieldTypeSpec[]) {
    this.#specs = new Map(specs.map((spec) => [spec.id, spec]));
    this.#byTypeWord = new Map(specs.flatMap(({ id, typeWords }) => typeWords.map((word) => [word, id] as const)));
    this.#rules = specs
      .flatMap((spec) => spec.names.map((rule) => ({ ...rule, spec })))
      .sort((a, b) => a.order - b.order);
  }

  /** The type that people call by a word: `varchar`. */
  typeCalled(text: string): string | undefined {
    return this.#byTypeWord.get(text.toLowerCase().replace(/[ _-]/g, '').replace(/\d+$/, ''));
  }

  /** The type of fields with such a name; of a plural, only one whose fields hold as much. */
  specFor(name: string, isPlural = false): FieldTypeSpec | undefined {
    const found = this.#matching(name);
    if (found || !isPlural) return found;
    const last = name.slice(name.lastIndexOf(' ') + 1);
    const spec = this.#matching(name.slice(0, name.length - last.length) + singular(last));
    return spec?.takesPlural ? spec : undefined;
  }

  /** What a type says of itself. The type of one line, where there is none of that id. */
  specOf(id: string): FieldTypeSpec {
    const spec = this.#specs.get(id) ?? this.#specs.get(basicTypes.line);
    if (spec === undefined) throw new Error(`There is no type of field called "${id}".`);
    return spec;
  }

  has(id: string, facet: FieldFacet): boolean {
    return this.specOf(id).facets.includes(facet);
  }

  /** The first type of which something can be said. */
  typeWith(facet: FieldFacet): string | undefined {
    return [...this.#specs.values()].find(({ facets }) => facets.includes(facet))?.id;
  }

  #matching(name: string): FieldTypeSpec | undefined {
    return this.#rules.find(({ pattern }) => pattern.test(name))?.spec;
  }
}
