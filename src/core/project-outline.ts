/**
 * What a rendered project offers to whoever builds on it, told by those who made it: nobody reads the files to find out.
 */

/** What a file offers under a name. Classes and constants are values. */
export type ExportKind = 'function' | 'value' | 'type';

export interface OutlinedExport {
  readonly name: string;
  readonly kind: ExportKind;
}

/** A name that a declaration needs to be understood: a type that it speaks of. */
export interface NeededName {
  readonly name: string;
  /** The file of the project that declares it; undefined for the same file. */
  readonly from?: string;
}

/** A declaration at the top of a file as far as others see it: with its comment, without bodies and long values. */
export interface Declaration {
  readonly name: string;
  readonly isExported: boolean;
  readonly text: string;
  readonly needs: readonly NeededName[];
}

/** What a TypeScript file offers and what it builds on. */
export interface FileOutline {
  readonly exports: readonly OutlinedExport[];
  /** The files of the project that it imports, also those that it loads later. */
  readonly imports: readonly string[];
  /** In the order of the file. Undefined for a file whose declarations depend on the blueprint. */
  readonly declarations?: readonly Declaration[];
}

/** One kind of record, for whoever writes code about it. */
export interface EntityOutline {
  /** The id and the name in the blueprint. */
  readonly id: string;
  readonly name: string;
  /** The name of its files: `blog-post`. */
  readonly kebab: string;
  /** What it is called in `entities` of `src/client/resources/entities.ts`. */
  readonly key: string;
  /** `/api/posts` */
  readonly api: string;
  /** What its list can be sorted by, and the query parameters that filter it. */
  readonly sort: readonly string[];
  readonly filters: readonly string[];
  /** The names of entities that it refers to or that refer to it. */
  readonly neighbours: readonly string[];
  /** The declarations of its table and of its tables of links in `src/server/db/schema.ts`. */
  readonly tables: readonly string[];
  /** Its sample records, by the names of JSON, in the order of their ids, which count from 1. */
  readonly samples: readonly object[];
}

/** Tables that a module keeps beside those of entities. */
export interface ModuleTables {
  readonly module: string;
  /** The file that declares them, and the declarations. */
  readonly file: string;
  readonly tables: readonly string[];
}

export interface ProjectOutline {
  /** By path, every file of TypeScript. */
  readonly files: ReadonlyMap<string, FileOutline>;
  /** In the order of the blueprint. */
  readonly entities: readonly EntityOutline[];
  /** Of modules; those of slices are their own. */
  readonly moduleTables: readonly ModuleTables[];
  /** The colours of the theme, as they stand in the names of classes. */
  readonly colours: readonly string[];
  /** What package.json asks for. */
  readonly packages: readonly string[];
}

/** The outline of nothing. */
export const emptyOutline: ProjectOutline = {
  files: new Map(),
  entities: [],
  moduleTables: [],
  colours: [],
  packages: [],
};
