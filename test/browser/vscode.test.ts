import assert from 'node:assert/strict';
import { neverOverwrite, ProjectWriter } from '../../src/core/project-writer.ts';
import type { ProjectRequest } from '../../src/core/request.ts';
import { writeProject } from '../../src/core/write-project.ts';
import { createLocalGenerator } from '../../src/local-generator.ts';
import type { TrackerState } from '../../src/protocol/messages.ts';
import { collect } from '../support/generations.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { ModelProject } from '../support/model-service/model-project.ts';
import { ModelService } from '../support/model-service/model-service.ts';
import { VsCodeWindow, workspace } from './vscode-window.ts';

const blog: ProjectRequest = {
  projectName: 'Blog Platform',
  description: 'A small blog',
  requirements: 'Authors write posts with a title and a body. Visitors leave comments on posts. Posts have tags.',
};

describe('The extension in a VS Code without a server', function () {
  this.timeout(180_000);
  let window: VsCodeWindow;
  let service: ModelService;
  let project: ModelProject;

  before(async () => {
    project = await ModelProject.read('blog');
    service = await ModelService.start({ reply: (asked) => project.reply(asked) });
    window = await VsCodeWindow.open();
  });
  after(async () => {
    await window?.close();
    await service?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await window.page.screenshot({ path: `test-results/failed-${this.currentTest.title.slice(0, 40)}.png` });
  });

  const generate = (request: ProjectRequest, folder: string) =>
    window.order({ kind: 'command', command: 'takoss.generateProject', argument: request, folder });
  // Both are what the driver answers with.
  const filesOf = async (folder: string) => (await window.order({ kind: 'files', folder })) as Record<string, string>;
  const state = async () => (await window.order({ kind: 'state' })) as TrackerState;
  const set = (name: string, value: unknown) => window.order({ kind: 'setting', name, value });
  const run = (command: string, argument?: unknown) => window.order({ kind: 'command', command, argument });

  it('reads little when it starts', async () => {
    assert.equal((await state()).run.status, 'idle');
    const scripts = [...window.read].filter(([path]) => path.endsWith('.cjs'));
    assert.deepEqual(
      scripts.slice(0, 2).map(([path]) => path),
      ['dist/extension-web.cjs', 'dist/extension.cjs'],
    );
    const bytes = scripts.reduce((sum, [, length]) => sum + length, 0);
    assert.ok(bytes < 250_000, `${bytes} bytes in ${scripts.length} files`);
  });

  it('generates a project by rules: the one that Node generates, file for file', async () => {
    await set('engine', 'offline');
    const folder = `${workspace}/by-rules`;
    await generate(blog, folder);
    assert.equal((await state()).run.status, 'succeeded');
    const disk = new MemoryFileSystem();
    const signal = new AbortController().signal;
    const generation = createLocalGenerator().generate(blog, { signal });
    const clock = { now: () => 0 };
    const inNode = await collect(writeProject(generation, new ProjectWriter(disk, neverOverwrite), { signal, clock }));
    assert.equal(inNode.error, undefined);
    const expected = Object.entries(disk.snapshot()).filter(([, content]) => content !== '<directory>');
    assert.ok(expected.length > 20);
    assert.deepEqual(await filesOf(folder), Object.fromEntries(expected));
  });

  it('shows it in the tracker, and the files where files are', async () => {
    await window.tracker.getByText('Blog Platform').first().waitFor();
    await window.page.locator('.explorer-folders-view').getByText('by-rules').waitFor();
  });

  it('says that a project cannot be run here, and does not offer it', async () => {
    assert.deepEqual((await state()).actions, ['open-readme', 'undo', 'clear']);
    await run('takoss.runProject');
    await window.page.getByText('Programs cannot be started in a browser.').first().waitFor();
  });

  it('takes back what it wrote', async () => {
    await run('takoss.undoGeneration', { confirmed: true });
    assert.ok(!Object.keys(await filesOf(workspace)).some((path) => path.startsWith('by-rules/')));
  });

  describe('with Claude', () => {
    before(async () => {
      await set('engine', 'claude');
      await set('claude.baseUrl', service.url);
    });

    it('says that a key is refused, and takes one that is not', async () => {
      await assert.rejects(run('takoss.setClaudeApiKey', { key: 'sk-ant-of-someone-else' }), { code: 'model-key' });
      assert.equal(await run('takoss.setClaudeApiKey', { key: service.key }), true);
    });

    it('writes what rules cannot, and says that it was not tested, and why', async () => {
      const folder = `${workspace}/by-claude`;
      await generate(project.request, folder);
      const { run, engine } = await state();
      assert.equal(engine?.kind, 'claude');
      assert.deepEqual(
        run.slices.map(({ status }) => status),
        [...project.slices].map(() => 'accepted'),
      );
      assert.ok((run.usage?.costUsd ?? 0) > 0);
      assert.match(JSON.stringify(run.notices), /not type-checked, linted or tested: .*cannot be started in a browser/);
      const written = await filesOf(folder);
      for (const { path, content } of [...project.slices.values()].flat()) {
        if (!/^(tables|slots)\.json$/.test(path)) assert.equal(written[path], content, path);
      }
      assert.ok(!JSON.stringify(written).includes(service.key));
    });

    it('keeps what was paid for', async () => {
      service.reset();
      await generate(project.request, `${workspace}/again`);
      assert.equal(service.messages.length, 0);
      const [first, again] = [await filesOf(`${workspace}/by-claude`), await filesOf(`${workspace}/again`)];
      assert.deepEqual(Object.keys(again), Object.keys(first));
    });
  });
});
