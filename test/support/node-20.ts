import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../../src/node/node-program.ts';

const run = promisify(execFile);
const version = '20.20.2';
/** Ignored by git. */
const folder = join(import.meta.dirname, '../../.cache/node-20');

/** A Node 20: the machine's own, or one that is fetched once from the npm registry. Undefined where it cannot be had. */
export async function findNode20(): Promise<string | undefined> {
  for (const part of (process.env.PATH ?? '').split(delimiter)) {
    const file = await findProgram('node', part);
    if (file !== undefined && (await isNode20(file))) return file;
  }
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = join(
    folder,
    'node_modules',
    `node-${platform}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (!existsSync(file)) {
    const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
    await run('npm', [...args, `node-${platform}@${version}`], { shell: process.platform === 'win32' }).catch(() => {});
  }
  return (await isNode20(file)) ? file : undefined;
}

async function isNode20(file: string): Promise<boolean> {
  const { stdout } = await run(file, ['--version']).catch(() => ({ stdout: '' }));
  return stdout.startsWith('v20.');
}
