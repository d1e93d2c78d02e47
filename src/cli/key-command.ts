import { toTakossError } from '../core/errors.ts';
import { KeyStore } from '../server/key-store.ts';
import { dataDirectory } from '../server/settings.ts';

export interface KeyOptions {
  /** What the key is for, for whoever looks at the list. */
  readonly name: string;
  readonly dataDir: string | undefined;
}

/** Runs `takoss key create`: the key goes to standard output, alone, and is never seen again. */
export async function runKeyCreate({ name, dataDir }: KeyOptions): Promise<void> {
  const folder = dataDirectory(dataDir, process.env);
  const key = await new KeyStore(folder).create(name).catch((error: unknown) => {
    throw toTakossError(error);
  });
  process.stderr.write(`The key "${name}" is shown once; its hash is kept in ${folder}.\n`);
  process.stdout.write(`${key}\n`);
}
