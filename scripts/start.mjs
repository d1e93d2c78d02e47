import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Builds Takoss and generates a sample application with the offline engine into takoss-sample/. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run('esbuild.mjs');
console.log('\nGenerating Riverside Library from scripts/sample-requirements.md\n');
run(
  join('dist', 'cli.js'),
  'generate',
  ...['--name', 'Riverside Library'],
  ...['--description', 'Members borrow books from a small town library'],
  ...['--requirements-file', join('scripts', 'sample-requirements.md')],
  ...['--out', 'takoss-sample'],
  '--overwrite',
);
