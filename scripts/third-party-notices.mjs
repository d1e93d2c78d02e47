import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licences of the packages that were bundled, as their authors ask for it to be kept.
 * @param {string} root where node_modules is
 * @param {import('esbuild').Metafile[]} metafiles of the bundles that ship
 * @returns {Promise<string>}
 */
export async function thirdPartyNotices(root, metafiles) {
  const folders = new Set();
  for (const metafile of metafiles) {
    for (const input of Object.keys(metafile.inputs)) {
      // A folder of packages that is a link lies elsewhere, seen from the root.
      const folder = input.match(/^(?:\.\.\/.*?)?\bnode_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  }

  const notices = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : (await readFile(join(root, folder, file), 'utf8')).trim();
    notices.push(`${name} ${version} (${license})\n\n${text}`.trim());
  }
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `Takoss contains the following packages.${rule}${notices.join(rule)}\n`;
}
