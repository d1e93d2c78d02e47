import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../../dist/test/integration/language-model/extension.cjs', import.meta.url));

const manifest = {
  name: 'language-model',
  publisher: 'takoss-test',
  version: '0.0.1',
  engines: { vscode: '^1.104.0' },
  main: './extension.cjs',
  contributes: { languageModelChatProviders: [{ vendor: 'takoss-test', displayName: 'Takoss Test' }] },
};

/** Puts the extension of test/integration/language-model into a folder, as VS Code has extensions, from what `npm run build` left in dist/. */
export async function languageModelExtension(folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await copyFile(bundle, join(folder, 'extension.cjs'));
  return folder;
}
