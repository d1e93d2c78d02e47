/** Something that emitted code uses of another file or of a package. */
export interface Import {
  readonly name: string;
  /** A package, or the path of a file from the root of the generated project: `src/shared/fields/money.ts`. */
  readonly from: string;
  /** Whether only its type is used. */
  readonly isType?: boolean;
}

/** Code for a generated file, with what it needs there. Nobody reads the code to find that out. */
export interface Code {
  readonly code: string;
  readonly imports: readonly Import[];
}
