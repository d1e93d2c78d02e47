import { join } from 'node:path';

/** Where a check happens: absolute folders, without links in their names. */
export interface CheckPlace {
  /** The project, with its packages. */
  readonly project: string;
  /** The folder that has the packages. */
  readonly packages: string;
  /** A folder for what the tools need besides. */
  readonly scratch: string;
  readonly slicePaths: ReadonlySet<string>;
  /** Tests of the application that are run beside those of the slices. */
  readonly applicationTests?: readonly string[];
}

/** The folders of a scratch folder: what Vitest is given, which it cannot change, and where it and what it starts may write. */
export function scratchFolders(scratch: string): {
  readonly given: string;
  readonly home: string;
  readonly out: string;
} {
  return { given: join(scratch, 'given'), home: join(scratch, 'home'), out: join(scratch, 'out') };
}
