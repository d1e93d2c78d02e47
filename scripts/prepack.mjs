import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Builds before npm packs or publishes, so that no package is without a build or with an old one. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

// Standard output belongs to npm, which prints the name of the package there, or JSON.
const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: ['inherit', 2, 2] });
process.exitCode = status ?? 1;
