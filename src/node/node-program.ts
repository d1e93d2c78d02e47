import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A way to run JavaScript. */
export interface NodeProgram {
  readonly command: string;
  /** What the environment needs besides. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The Node to run tools with: the one this runs on; within an editor, which runs on Electron, the one on the path, or else the editor's own
 * as a Node.
 */
export async function findNode(path: string): Promise<NodeProgram> {
  if (process.versions.electron === undefined) return { command: process.execPath, environment: {} };
  const found = await findProgram('node', path);
  if (found !== undefined) return { command: found, environment: {} };
  return { command: process.execPath, environment: { ELECTRON_RUN_AS_NODE: '1' } };
}

/** Where a program is on the path, or undefined where it is not. */
export async function findProgram(name: string, path: string): Promise<string | undefined> {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of path.split(delimiter).filter((part) => part !== '')) {
    for (const ending of endings) {
      const file = join(folder, `${name}${ending}`);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return file;
    }
  }
  return undefined;
}
