import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../test/vscode/server.ts';

/** Builds the extension and serves a VS Code with it, to be tried by hand in any browser. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, '.vscode-test', 'workspace');

const { status } = spawnSync(process.execPath, [join(root, 'esbuild.mjs')], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

mkdirSync(folder, { recursive: true });
const server = await startServer({ trust: true, linked: root });
const endedByItself = (code) => {
  console.error(`VS Code ended with ${code}.`);
  process.exit(1);
};
server.process.once('exit', endedByItself);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.process.off('exit', endedByItself);
    void server.stop().finally(() => process.exit(0));
  });
}

console.log(`
VS Code with Takoss is at

  ${server.windowUrl({ folder })}

Press F1 there and type "Takoss: Generate Project". The open folder is .vscode-test/workspace.
After a change, run \`npm run build\` and reload the page. Ctrl-C ends it.
`);
