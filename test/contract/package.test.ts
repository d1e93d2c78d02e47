import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Packaged, packAndUnpack } from '../vscode/package.ts';

describe('The extension package', function () {
  this.timeout(180_000);
  let packaged: Packaged;
  before(async () => {
    packaged = await packAndUnpack();
  });
  after(() => packaged.remove());

  it('holds what runs and what is read, and nothing else', () => {
    const chunk = /^extension\/dist\/extension-[A-Z0-9]+\.cjs$/;
    assert.deepEqual(
      packaged.entries.filter((path) => !chunk.test(path)),
      [
        '[Content_Types].xml',
        'extension.vsixmanifest',
        'extension/LICENSE.txt',
        'extension/changelog.md',
        'extension/dist/codicon.ttf',
        'extension/dist/extension-web.cjs',
        'extension/dist/extension.cjs',
        'extension/dist/third-party-notices.txt',
        'extension/dist/webview.css',
        'extension/dist/webview.js',
        'extension/media/icon.png',
        'extension/media/icon.svg',
        'extension/media/tracker.png',
        'extension/media/walkthrough/describe.md',
        'extension/media/walkthrough/run.md',
        'extension/media/walkthrough/watch.md',
        'extension/package.json',
        'extension/readme.md',
      ],
    );
    assert.ok(packaged.entries.some((path) => chunk.test(path)));
  });

  it('has every file that the manifest and the README speak of', async () => {
    // The command and the library are of the npm package.
    const {
      bin: _bin,
      exports: _exports,
      ...manifest
    } = JSON.parse(await readFile(join(packaged.extension, 'package.json'), 'utf8'));
    const readme = await readFile(join(packaged.extension, 'readme.md'), 'utf8');
    const named = [
      ...[...JSON.stringify(manifest).matchAll(/"(?:\.\/)?((?:dist|media)\/[\w./-]+\.(?:cjs|svg|png|md))"/g)].map(
        ([, path]) => path,
      ),
      ...[...readme.matchAll(/\]\((media\/[^)]+)\)/g)].map(([, path]) => path),
    ];
    assert.ok(named.length >= 3);
    for (const path of named) assert.ok(packaged.entries.includes(`extension/${path}`), path);
  });

  it('lets no workspace say where keys go, what a run may cost or which model is paid for', async () => {
    const manifest = JSON.parse(await readFile(join(packaged.extension, 'package.json'), 'utf8'));
    const settings: Record<string, { scope?: string }> = manifest.contributes.configuration.properties;
    const open = Object.keys(settings).filter((name) => !/^(application|machine)$/.test(settings[name]?.scope ?? ''));
    assert.deepEqual(open, []);
  });

  it('loads little at first: engines and renderer are in files of their own', async () => {
    const { size } = await stat(join(packaged.extension, 'dist', 'extension.cjs'));
    assert.ok(size < 50_000, `${size} bytes`);
  });

  it('is the same files for browsers, whose host gives an extension one file, and to that nothing but VS Code', async () => {
    const text = await readFile(join(packaged.extension, 'dist', 'extension-web.cjs'), 'utf8');
    assert.deepEqual([...new Set([...text.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name))], ['"vscode"']);
    assert.ok(text.length < 10_000, `${text.length} bytes`);
  });

  it('is small', async () => {
    const { size } = await stat(packaged.vsix);
    assert.ok(size < 2_500_000, `${size} bytes`);
  });
});
