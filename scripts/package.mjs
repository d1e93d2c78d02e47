import { spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages what `npm run build` left in dist/ as a .vsix. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @param {string} out the path of the .vsix to write
 * @returns {string} what vsce said about it
 * @throws when vsce fails or warns: a warning is a mistake not yet made
 */
export function packageExtension(out) {
  // Links of the README stay as they are: what they point at is in the package.
  const options = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, 'package', ...options, '--out', out], {
    cwd: root,
    encoding: 'utf8',
  });
  const output = `${stdout}${stderr}`;
  if (status !== 0) throw new Error(`vsce failed.\n${output}`);
  if (/warning/i.test(output)) throw new Error(`vsce warns.\n${output}`);
  return output;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = join(root, 'takoss.vsix');
  console.log(packageExtension(out).trim());
  const { size } = await stat(out);
  console.log(`${relative(process.cwd(), out)}: ${(size / 1024 / 1024).toFixed(2)} MB`);
}
