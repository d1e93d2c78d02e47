import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const build = resolve('esbuild.mjs');

describe('A build for the debugger', function () {
  this.timeout(180_000);
  let out = '';
  let watcher: ChildProcessWithoutNullStreams | undefined;
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), 'takoss debug '));
  });
  afterEach(async () => {
    if (watcher !== undefined && watcher.exitCode === null) {
      const exited = once(watcher, 'exit');
      watcher.kill();
      await exited;
    }
    watcher = undefined;
    await rm(out, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  /** Where the debugger would stop for a piece of code, by the maps in the built files: the path of the source and its line. */
  async function sourceOf(code: RegExp): Promise<readonly [path: string, line: string]> {
    for (const name of await readdir(out)) {
      const text = await readFile(join(out, name), 'utf8');
      const lines = text.split('\n');
      const line = lines.findIndex((candidate) => code.test(candidate));
      if (line === -1) continue;
      const maps = [...text.matchAll(/^\/\/# sourceMappingURL=data:application\/json;base64,(.+)$/gm)];
      assert.equal(maps.length, 1, name);
      const payload = JSON.parse(Buffer.from(maps[0]?.[1] ?? '', 'base64').toString());
      const column = lines[line]?.search(/\S/) ?? 0;
      const entry = new SourceMap(payload).findEntry(line, column);
      assert.ok('originalSource' in entry, name);
      // Sources are addresses, relative to the file.
      const path = fileURLToPath(new URL(entry.originalSource, pathToFileURL(join(out, name))));
      const source = (await readFile(path, 'utf8')).split('\n');
      return [path, source[entry.originalLine] ?? ''];
    }
    assert.fail(`no built file has ${code}`);
  }

  it('leads from the code of the extension to its sources, in the first file and in those loaded later', async () => {
    await promisify(execFile)(process.execPath, [build, '--debug', '--only=extension', `--out=${out}`]);
    const [activation, activate] = await sourceOf(/^function activate\(/);
    assert.equal(activation, resolve('src/vscode/extension.ts'));
    assert.match(activate, /function activate\(/);
    const [reduction, reduce] = await sourceOf(/^function reduceRun\(/);
    assert.equal(reduction, resolve('src/core/run-state.ts'));
    assert.match(reduce, /function reduceRun\(/);
  });

  it('that watches says when everything is built, which the debugger waits for', async () => {
    watcher = spawn(process.execPath, [build, '--watch', '--only=extension', `--out=${out}`]);
    let output = '';
    for await (const text of watcher.stdout.setEncoding('utf8')) {
      output += text;
      if (/^Watching for changes\.$/m.test(output)) break;
    }
    assert.match(output, /^Building…\n(?:.*\n)*Watching for changes\.\n/m);
    assert.ok((await readdir(out)).includes('extension.cjs'));
  });
});
