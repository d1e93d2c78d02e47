import type { Blueprint, Page, Relation } from '../core/blueprint.ts';
import type { FeatureKind } from '../core/blueprint-draft.ts';
import type { Code, Import } from '../core/code.ts';
import type { EnvironmentVariable } from '../core/contribution.ts';
import type { CoverageParts } from '../core/coverage-parts.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { Slots } from '../core/slots.ts';
import type { PackageManifest } from './packages.ts';
import type { ThemeView } from './theme-view.ts';

/**
 * Everything a generated file may say about the project, derived from blueprint and request by `view-builder.ts` and
 * nothing else. Names in here are safe identifiers; texts of the user are as typed and go through an escape of
 * `escape.ts` into whatever they are written in.
 */
export interface ProjectView {
  /** As the user typed it: any characters. */
  readonly name: string;
  /** As the user typed it; may be empty. */
  readonly description: string;
  readonly requirements: string;
  readonly request: ProjectRequest;
  /** kebab-case. */
  readonly slug: string;
  /** A name npm accepts and that none of the application's own dependencies has. */
  readonly packageName: string;
  /** snake_case, not reserved by PostgreSQL. */
  readonly databaseName: string;
  /** Whether anything is stored: no entities and no tables of modules, no database. */
  readonly hasDatabase: boolean;
  /** Whether there are entities, with their lists, forms and sample records. */
  readonly hasRecords: boolean;
  /** Whether any record, also of a module, has a picture. */
  readonly hasPictures: boolean;
  /** In the order of the blueprint. */
  readonly entities: readonly EntityView[];
  /** So that what an entity requires comes before it: the order for creating tables and seeding. */
  readonly entitiesByDependency: readonly EntityView[];
  readonly joinTables: readonly JoinTableView[];
  /** What it does beyond keeping records: modules, then what a model wrote, in the order of the blueprint. */
  readonly modules: readonly ModuleView[];
  /** What all of them put into each slot. */
  readonly slots: Slots;
  readonly environment: readonly EnvironmentVariable[];
  /** The packages of the application that its lockfile has. */
  readonly manifest: PackageManifest;
  /** What slices need besides, with exact versions; the lockfile lacks these. */
  readonly packages: Readonly<Record<string, string>>;
  readonly pages: readonly PageView[];
  readonly home: PageView;
  readonly contentPages: readonly PageView[];
  readonly actors: readonly { readonly id: string; readonly name: string }[];
  readonly features: readonly FeatureView[];
  readonly builtFeatures: readonly FeatureView[];
  /** Asked for, not built, and said so wherever features are shown. */
  readonly unbuiltFeatures: readonly FeatureView[];
  /** Every sentence of the requirements, by what became of it. */
  readonly coverage: CoverageParts;
  /** What is not checked of the rules of access, in sentences, beyond what coverage says. */
  readonly uncheckedAccess: readonly string[];
  readonly theme: ThemeView;
  readonly blueprint: Blueprint;
}

/**
 * One kind of record. Where a name would clash with a word of TypeScript or something templates import (`Link`, `Date`),
 * `Record` is appended, in code only: labels stay as they were.
 */
export interface EntityView {
  /** The id in the blueprint. */
  readonly id: string;
  /** The name in the blueprint. */
  readonly name: string;
  /** Type name: `BlogPost`. */
  readonly pascal: string;
  readonly pascalPlural: string;
  /** Variable name: `blogPost`. Never a reserved word. */
  readonly camel: string;
  readonly camelPlural: string;
  /** File name: `blog-post`. Folders with a file per entity hold nothing else, so that these need no reserved names. */
  readonly kebab: string;
  readonly kebabPlural: string;
  /** Table name: `blog_posts`. At most 40 characters. */
  readonly table: string;
  /** The Drizzle table's constant: `blogPosts`, or with `Table` where that would clash with an import of the schema. */
  readonly tableConst: string;
  /** Sentence case: `Blog post`, `Blog posts`. */
  readonly label: string;
  readonly pluralLabel: string;
  /** For the middle of a sentence: `blog post`, `blog posts`; acronyms keep their capitals. */
  readonly labelLower: string;
  readonly pluralLabelLower: string;
  readonly description: string;
  /** `/api/blog-posts`. */
  readonly apiPath: string;
  /** Client routes: the pages of the blueprint, or made from the plural where it has none. `:id` stands for the record. */
  readonly paths: { readonly list: string; readonly detail: string; readonly create: string; readonly edit: string };
  readonly fields: readonly FieldView[];
  /** Undefined where records have no name of their own. */
  readonly titleField: FieldView | undefined;
  /** Without a title field: the relations whose labels, joined, name a record. Where there is one, its number follows; where there is none, it goes by that. */
  readonly titleLinks: readonly RelationView[];
  readonly relations: readonly RelationView[];
  /** Relations with a foreign key in this entity's table. */
  readonly toOne: readonly RelationView[];
  /** Those of them of which every record has exactly one, and is deleted with what it leads to; empty but in tables of modules. */
  readonly oneOf: readonly RelationView[];
  /** Relations by a join table. */
  readonly toMany: readonly RelationView[];
  /** Relations of other entities, or its own, that point here. */
  readonly inverses: readonly InverseView[];
  /** Fields that `q` looks in, case-insensitively. */
  readonly searchable: readonly FieldView[];
  /** Values of `sort` (with `-` in front: descending): own fields, `id`, `createdAt`, `updatedAt`. */
  readonly sortable: readonly string[];
  /** Query parameters that filter the list. */
  readonly filters: readonly FilterView[];
  /** Repeatable sample records, in the order of their ids, which count from 1 in a fresh database. */
  readonly seeds: readonly SeedRecord[];
  /** One more, that can be created beside the seeds: its unique values are free, its relations point at seeds. */
  readonly sample: SeedRecord;
}

/** Something that the application does beyond keeping records: a module, or what a model wrote for a feature. */
export interface ModuleView {
  /** The name of its folders: `import-contacts`. */
  readonly id: string;
  /** Any characters. */
  readonly title: string;
  /** The id of the feature that a model wrote it for; undefined for modules of Takoss. */
  readonly feature: string | undefined;
  /** `importContacts` */
  readonly camel: string;
  /** Whether the server registers it, and whether the client does. What only stands on screens of entities is registered nowhere. */
  readonly hasServer: boolean;
  readonly hasClient: boolean;
  /** Where its own page is and where its routes are mounted; undefined where it has none. */
  readonly page: string | undefined;
  readonly api: string | undefined;
  /** Tables of its own, without screens, routes and sample records; each after those it requires. */
  readonly tables: readonly EntityView[];
  readonly joinTables: readonly JoinTableView[];
  readonly seeds: readonly Code[];
  readonly slots: Slots;
}

/** What the name, the label and the bounds of a field come to, before its type makes anything of them. */
export interface FieldFacts {
  /** The name in the blueprint. */
  readonly blueprintName: string;
  /** camelCase name in code and JSON. */
  readonly name: string;
  readonly pascal: string;
  /** Column name. */
  readonly column: string;
  /** Sentence case. */
  readonly label: string;
  /** The id of its type. */
  readonly type: string;
  /** Always true where the type has a {@link FieldView.fallback}. */
  readonly required: boolean;
  readonly unique: boolean;
  readonly isTitle: boolean;
  /** The stored values of a field with values, and what a person reads for each, in order; empty for other types. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /**
   * The constant in `src/shared/<entity>.ts` that lists the options (`postStatusOptions`, an array of `{ value, label }`), and the type of
   * their values (`PostStatus`). The table of a slice has no such module: `optionsModule` is undefined, and the type is written out.
   */
  readonly optionsConst: string;
  readonly enumType: string;
  readonly optionsModule: string | undefined;
  /** Inclusive bounds of a number; undefined where there is none. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** What a number counts: `kg`. */
  readonly unit: string | undefined;
  /** ISO 4217, of an amount of money. */
  readonly currency: string | undefined;
  /** Decimal places, where the blueprint gives them. */
  readonly decimals: number | undefined;
}

/** How a list can be filtered by a field: not at all, by the exact text, by one of its values, by yes or no. */
export type FieldFilter = 'none' | 'text' | 'choice' | 'flag';

/** What others than its own type need to know of the type of a field. */
export interface FieldTraits {
  readonly filter: FieldFilter;
  /** Whether a list can be sorted by it. */
  readonly sorts: boolean;
  /** Whether `q` looks in it. */
  readonly isSearched: boolean;
  /** What is stored where nothing is given; such a field is never null. */
  readonly fallback?: boolean;
  /** Text in the words of a person: a line, or paragraphs. */
  readonly prose?: 'line' | 'paragraphs';
  /** Which part of a moment it holds. */
  readonly moment?: 'date' | 'time' | 'both';
  /** Whether its values are addresses of pictures. */
  readonly isPicture?: true;
}

/** What a client is told of a field: `moneyField({ currency: 'EUR' })` of `src/client/fields/money.tsx`. */
export interface FieldKindCall {
  /** The function that makes the kind. */
  readonly maker: Import;
  /** The properties of its argument, as code; without any, it has none. */
  readonly settings: readonly string[];
  /** What the settings use. */
  readonly imports: readonly Import[];
}

export interface FieldView extends FieldFacts, FieldTraits {
  /** Type in a record without null: `string`, `number`, `boolean` or the type of its options. */
  readonly baseType: string;
  /** Expression in the input schema: `text('Title', { max: 200 })`. */
  readonly zodInput: Code;
  /** Expression in the record schema: `z.string().nullable()`. */
  readonly zodRecord: Code;
  /** Column expression of Drizzle: `text('title').notNull()`. */
  readonly drizzle: Code;
  /** Column type of PostgreSQL: `timestamp with time zone`. */
  readonly sqlType: string;
  readonly client: FieldKindCall;
  /** How many different sample values there are. */
  readonly sampleCount: number;
  /** A literal that the field refuses, for tests. */
  readonly wrongValue: string;
}

/**
 * A relation, from the entity that holds it.
 *
 * - To one (`isMany` false): `categoryId: number | null` in input and record, and `category: { id, label } | null` in the
 *   record. The names are the relation's name, with `Id` for the key.
 * - To many (`isMany`): `tagIds: number[]` in input and record, and `tags: { id, label }[]` in the record. The names are
 *   the relation's singular name with `Ids`, and its plural: the target's plural where the relation is called as its
 *   target, else by English rules (`relatedPost` → `relatedPostIds`, `relatedPosts`).
 *
 * Where a name is taken by a field, `Ref` is appended to the relation's.
 */
export interface RelationView {
  readonly blueprintName: string;
  readonly kind: Relation['kind'];
  readonly isMany: boolean;
  readonly isSelf: boolean;
  /** Whether the target's table is declared after the source's, or is the same one. */
  readonly isForward: boolean;
  readonly label: string;
  /** The plural of the label for `isMany`, else the label. */
  readonly fieldLabel: string;
  /**
   * Whether there must be one. False, whatever the blueprint says, where it could never be satisfied: a relation to
   * itself, or one that closes a circle of required relations.
   */
  readonly required: boolean;
  /** One-to-one: no two records have the same target. */
  readonly unique: boolean;
  readonly source: EntityView;
  readonly target: EntityView;
  /** `categoryId` or `tagIds`. */
  readonly key: string;
  /** `category` or `tags`. */
  readonly expanded: string;
  /** The query parameter that filters the source's list: `categoryId`, or `tagId` for `tagIds`. */
  readonly filterParam: string;
  /** Foreign key column: `category_id`; undefined for `isMany`. */
  readonly column: string | undefined;
  readonly joinTable: JoinTableView | undefined;
  /**
   * What deleting the target does to the holder. An optional relation is emptied (`set null`); the rows of a join table
   * go (`cascade`). A required one takes the holder along (`cascade`) if it is the holder's first required relation and
   * nothing refers to the holder (a comment goes with its post); otherwise the delete is refused with 409 (`restrict`).
   */
  readonly onDelete: 'cascade' | 'set null' | 'restrict';
  readonly inverse: InverseView;
}

/** A relation, from its target: the `posts` of a category. Read it from the source's list, filtered by `filterParam`. */
export interface InverseView {
  /** camelCase, as in the blueprint. */
  readonly name: string;
  readonly label: string;
  /** True: a list of records. False, for one-to-one: at most one. */
  readonly isMany: boolean;
  /** The entity that holds the relation. */
  readonly source: EntityView;
  readonly relation: RelationView;
}

export interface JoinTableView {
  /** Table name: `post_tags`. */
  readonly table: string;
  /** The Drizzle table's constant: `postTags`. */
  readonly tableConst: string;
  readonly source: EntityView;
  readonly target: EntityView;
  readonly relation: RelationView;
  /** Columns and the names of their properties: `post_id`/`postId`, `tag_id`/`tagId`. */
  readonly sourceColumn: string;
  readonly sourceKey: string;
  readonly targetColumn: string;
  readonly targetKey: string;
}

export interface FilterView {
  /** Query parameter. As the field or key, with `Value` appended where it would be `page`, `pageSize`, `sort` or `q`. */
  readonly param: string;
  readonly label: string;
  readonly kind: Exclude<FieldFilter, 'none'> | 'relation';
  /** For a field. */
  readonly field: FieldView | undefined;
  /** For a relation. */
  readonly relation: RelationView | undefined;
}

/** Values by JSON name; to-one keys hold an id or null, to-many keys a list of ids. */
export type SeedRecord = Readonly<Record<string, string | number | boolean | null | readonly number[]>>;

export interface PageView {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly kind: Page['kind'];
  readonly entity: EntityView | undefined;
  /** Paragraphs; empty if there are none. */
  readonly text: readonly string[];
}

export interface FeatureView {
  readonly id: string;
  readonly title: string;
  readonly kind: FeatureKind;
  readonly entity: EntityView | undefined;
  /** The actor's name. */
  readonly actor: string | undefined;
  readonly built: boolean;
  /** The sentences that ask for it, as written. */
  readonly sentences: readonly string[];
}
