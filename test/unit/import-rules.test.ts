import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** For each file, what it may import and what it may not. */
const table: Record<string, { allowed: string[]; refused: string[] }> = {
  'src/core/a.ts': {
    allowed: ['./b.ts', 'zod'],
    refused: [
      'node:fs',
      'fs',
      'vscode',
      '../render/b.ts',
      '../node/b.ts',
      '../engines/b.ts',
      '../protocol/b.ts',
      '../local-generator.ts',
    ],
  },
  'src/reading/a.ts': {
    allowed: ['./b.ts', '../core/b.ts', 'wink-nlp', 'wink-eng-lite-web-model', 'pluralize', 'zod'],
    refused: [
      'node:fs',
      'vscode',
      '../render/b.ts',
      '../node/b.ts',
      '../vscode/b.ts',
      '../engines/claude/claude-model.ts',
      '@anthropic-ai/sdk',
    ],
  },
  'src/engines/offline/a.ts': {
    allowed: ['./b.ts', '../../core/b.ts', '../../reading/b.ts', 'zod'],
    refused: [
      'node:fs',
      'vscode',
      '../../render/b.ts',
      'wink-nlp',
      '@anthropic-ai/sdk',
      '../claude/b.ts',
      '../catalog.ts',
      '../model/b.ts',
    ],
  },
  'src/engines/model/slices/a.ts': {
    allowed: ['./b.ts', '../session.ts', '../../../core/b.ts', '../../../reading/b.ts', '@babel/parser', 'zod'],
    refused: [
      'node:fs',
      'vscode',
      '../../../render/b.ts',
      '@anthropic-ai/sdk',
      '../../claude/b.ts',
      '../../catalog.ts',
      '../../../hosts/b.ts',
      '../../offline/b.ts',
    ],
  },
  'src/engines/claude/claude-model.ts': {
    allowed: ['../../core/b.ts', '../model/b.ts', '../contract.ts', '@anthropic-ai/sdk'],
    refused: ['node:http', 'vscode', '../../transport/b.ts', '../../server/b.ts', '../../hosts/b.ts'],
  },
  'src/hosts/a.ts': {
    allowed: ['./b.ts', '../core/b.ts', '../engines/contract.ts', '../transport/b.ts', 'zod'],
    refused: [
      'node:process',
      'vscode',
      '../engines/catalog.ts',
      '../engines/claude/b.ts',
      '../engines/model/b.ts',
      '../render/b.ts',
      '../server/b.ts',
      '../model-generator.ts',
      '@anthropic-ai/sdk',
    ],
  },
  'src/emit/a.ts': {
    allowed: ['./b.ts', '../core/b.ts'],
    refused: ['node:path', 'vscode', '../render/b.ts', '../field-types/contract.ts', '../modules/contract.ts'],
  },
  'src/field-types/money/a.ts': {
    allowed: ['./b.ts', '../contract.ts', '../../core/b.ts', '../../emit/b.ts', 'zod'],
    refused: [
      'node:path',
      'vscode',
      '../../render/b.ts',
      '../../reading/b.ts',
      '../../modules/contract.ts',
      'pluralize',
    ],
  },
  'src/modules/comments/a.ts': {
    allowed: ['./b.ts', '../contract.ts', '../../core/b.ts', '../../emit/b.ts', 'zod'],
    refused: ['node:path', 'vscode', '../../render/b.ts', '../../reading/b.ts', '../../field-types/contract.ts'],
  },
  'src/render/a.ts': {
    allowed: ['./b.ts', '../core/b.ts', '../emit/b.ts', '../field-types/contract.ts', '../modules/contract.ts'],
    refused: [
      '../field-types/catalog.ts',
      '../modules/comments/build.ts',
      'node:path',
      'vscode',
      '../engines/offline/b.ts',
      '../reading/b.ts',
      '../cli/b.ts',
      'eta',
      'pluralize',
    ],
  },
  'src/transport/a.ts': {
    allowed: ['./b.ts', '../core/b.ts', 'eventsource-parser', 'zod'],
    refused: ['node:http', 'vscode', '../engines/b.ts', '../render/b.ts', '../server/b.ts'],
  },
  'src/protocol/a.ts': {
    allowed: ['./b.ts', '../core/run-state.ts'],
    refused: ['node:fs', 'vscode', '../render/b.ts', '../vscode/b.ts', 'zod', 'preact'],
  },
  'src/node/a.ts': {
    allowed: ['./b.ts', '../core/b.ts', 'node:fs', 'node:fs/promises', 'zod'],
    refused: [
      'vscode',
      'fs',
      'pluralize',
      '../engines/b.ts',
      '../render/b.ts',
      '../server/b.ts',
      '../model-generator.ts',
    ],
  },
  'src/server/a.ts': {
    allowed: [
      '../node/b.ts',
      './b.ts',
      '../core/b.ts',
      '../render/b.ts',
      '../transport/b.ts',
      'node:http',
      '../local-generator.ts',
    ],
    refused: ['vscode', '../cli/b.ts', '../vscode/b.ts', '../protocol/b.ts', '../../webview/b.ts'],
  },
  'src/cli/a.ts': {
    allowed: ['../node/b.ts', './b.ts', '../core/b.ts', '../server/b.ts', 'node:fs', '../local-generator.ts'],
    refused: ['vscode', '../vscode/b.ts', '../protocol/b.ts', '../../webview/b.ts'],
  },
  'src/vscode/panel/a.ts': {
    allowed: ['./b.ts', '../b.ts', '../../core/b.ts', '../../protocol/b.ts', '../../local-generator.ts', 'vscode'],
    refused: [
      'node:fs',
      'path',
      '../../cli/b.ts',
      '../../server/b.ts',
      '../../node/b.ts',
      '../../../webview/b.ts',
      'preact',
    ],
  },
  'src/extension-node.ts': {
    allowed: ['./vscode/b.ts', './node/b.ts', 'vscode'],
    refused: ['./server/b.ts', './cli/b.ts', '../webview/b.ts', 'node:fs'],
  },
  'src/extension-web.ts': {
    allowed: ['./vscode/b.ts', 'vscode'],
    refused: ['./node/b.ts', './core/b.ts', './extension-node.ts', 'node:fs', 'zod'],
  },
  'src/local-generator.ts': {
    allowed: ['./core/b.ts', './engines/offline/b.ts', './render/b.ts', './node/b.ts'],
    refused: ['vscode', 'node:fs', './vscode/b.ts', './cli/b.ts'],
  },
  'webview/components/a.tsx': {
    allowed: [
      './b.tsx',
      '../b.ts',
      '../../src/protocol/messages.ts',
      '../../src/core/run-state.ts',
      'preact',
      'preact/hooks',
    ],
    refused: [
      'vscode',
      'node:fs',
      'zod',
      '../../src/core/orchestrator.ts',
      '../../src/render/b.ts',
      '../../src/vscode/b.ts',
    ],
  },
};

interface Diagnostic {
  category: string;
  location: { path: string; start: { line: number } };
}

function lint(folder: string): Promise<Diagnostic[]> {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const rules = ['--only=style/noRestrictedImports', '--only=suspicious/noImportCycles'];
  const args = [biome, 'lint', ...rules, '--max-diagnostics=none', '--reporter=json', '.'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }, (_error, stdout) => {
      resolve(JSON.parse(stdout).diagnostics);
    });
  });
}

describe('Import rules', () => {
  let folder: string;
  let diagnostics: Diagnostic[];

  before(async function () {
    this.timeout(180_000);
    folder = await mkdtemp(join(tmpdir(), 'takoss-imports-'));
    await cp(join(root, 'biome.json'), join(folder, 'biome.json'));
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, '.gitignore'), 'node_modules\n');
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const [file, { allowed, refused }] of Object.entries(table)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      const lines = [...allowed, ...refused].map((from, index) => `export { x as x${index} } from '${from}';`);
      await writeFile(join(folder, file), `${lines.join('\n')}\n`);
    }
    await mkdir(join(folder, 'src', 'cycle'), { recursive: true });
    await writeFile(join(folder, 'src/cycle/a.ts'), "import { b } from './b.ts';\nexport const a = () => b;\n");
    await writeFile(join(folder, 'src/cycle/b.ts'), "import { a } from './a.ts';\nexport const b = () => a;\n");
    diagnostics = await lint(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const refusedIn = (file: string) =>
    diagnostics
      .filter(({ category, location }) => category === 'lint/style/noRestrictedImports' && location.path === file)
      .map(({ location }) => location.start.line - 1);

  for (const [file, { allowed, refused }] of Object.entries(table)) {
    it(`hold for ${file}`, () => {
      const all = [...allowed, ...refused];
      const found = [...new Set(refusedIn(file))].map((index) => all[index]);
      assert.deepEqual(found.sort(), [...refused].sort());
    });
  }

  it('keep the model engine from every provider, also from those whose folders they do not name', async () => {
    const engines = join(root, 'src/engines');
    const entries = await readdir(join(engines, 'model'), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    assert.ok(files.length > 20);
    for (const file of files) {
      for (const [, from = ''] of (await readFile(file, 'utf8')).matchAll(/ from '(\.[^']+)'/g)) {
        const target = join(dirname(file), from);
        const [folder, next] = relative(join(root, 'src'), target).split(sep);
        // Examples of what a model writes have imports too, of files of other projects.
        const isOfProvider = folder === 'engines' && next !== 'model' && existsSync(target);
        assert.ok(!isOfProvider, `${file} imports ${from}`);
      }
    }
  });

  it('allow no cycle', () => {
    const cycles = diagnostics.filter(({ category }) => category === 'lint/suspicious/noImportCycles');
    assert.deepEqual([...new Set(cycles.map(({ location }) => location.path))].sort(), [
      'src/cycle/a.ts',
      'src/cycle/b.ts',
    ]);
  });
});
