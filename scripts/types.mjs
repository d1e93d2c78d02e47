import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Checks the types of every part of the house, each with the globals of the place it runs in and no others. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const parts = readdirSync(root).filter((name) => /^tsconfig\.(?!base\.|types\.)\w+\.json$/.test(name));

let failed = 0;
for (const part of parts) {
  console.log(part);
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, part), '--pretty'], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
