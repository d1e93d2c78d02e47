import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { installVsCodeServer } from './vscode-server.mjs';

/**
 * Builds and runs everything, one section after the other, and sums up. Names of sections as arguments run those only:
 * `npm test -- unit contract`. Ends with one line `N passed, N failed` over all tests; a section that fails without a
 * failing test (a lint error, a missing browser) counts as one.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const mocha = join('node_modules', 'mocha', 'bin', 'mocha.js');
const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome');
const importRules = ['style/noRestrictedImports', 'suspicious/noImportCycles'];

const browser = {
  title: 'a browser',
  async install() {
    process.env.CHROMIUM_PATH = await findChromium();
  },
};
const vscode = {
  title: 'VS Code',
  async install() {
    if (process.env.VSCODE_TEST !== 'desktop') await installVsCodeServer();
  },
};

const sections = [
  { name: 'build', title: 'Build', run: ['esbuild.mjs'] },
  { name: 'format', title: 'Format', run: [biome, 'check', '--linter-enabled=false', '.'] },
  { name: 'lint', title: 'Lint', run: [biome, 'lint', '--error-on-warnings', '.'] },
  {
    name: 'imports',
    title: 'Import rules',
    run: [biome, 'lint', ...importRules.map((rule) => `--only=${rule}`), 'src', 'webview'],
  },
  { name: 'types', title: 'Types', run: [join('scripts', 'types.mjs')] },
  { name: 'unit', title: 'Unit tests', run: [mocha, 'test/unit'] },
  { name: 'contract', title: 'Contract tests', run: [mocha, 'test/contract'] },
  { name: 'server', title: 'Tests of the server', run: [mocha, 'test/server'] },
  { name: 'webview', title: 'Tests of the tracker in a browser', needs: [browser], run: [mocha, 'test/webview'] },
  {
    name: 'browser',
    title: 'Tests of Claude and VS Code in a browser',
    needs: [browser, vscode],
    run: [mocha, 'test/browser'],
  },
  {
    name: 'integration',
    title: 'Tests in a real VS Code',
    needs: [browser, vscode],
    run: [join('test', 'vscode', 'integration.ts')],
  },
  {
    name: 'e2e',
    title: 'Tests as a person, in a real VS Code',
    needs: [browser, vscode],
    run: [mocha, 'test/e2e'],
  },
  {
    name: 'apps',
    title: 'Generated applications',
    // Minutes per application: only when asked for, by name or by TAKOSS_TEST_APPS, which names the applications.
    optional: process.env.TAKOSS_TEST_APPS === undefined,
    needs: [browser],
    run: [join('test', 'apps', 'run.ts'), ...(process.env.TAKOSS_TEST_APPS?.split(/[\s,]+/) ?? [])],
  },
];

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !sections.some((section) => section.name === name));
if (unknown !== undefined) {
  console.error(`There is no section ${unknown}. There are: ${sections.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

const scratch = mkdtempSync(join(tmpdir(), 'takoss-test-'));

/** @returns {{ passes: number, failures: number, pending: number }} summed over the mocha runs of a section */
function readReport(path) {
  const total = { passes: 0, failures: 0, pending: 0 };
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  for (const line of lines) {
    const counts = JSON.parse(line);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

async function runSection(section) {
  console.log(`\n━━ ${section.title} ${'━'.repeat(Math.max(0, 76 - section.title.length))}\n`);
  const started = performance.now();
  const report = join(scratch, `${section.name}.ndjson`);
  let ok = false;
  try {
    for (const need of section.needs ?? []) await need.install();
    const env = { ...process.env, TAKOSS_TEST_REPORT: report };
    ok = spawnSync(process.execPath, section.run, { cwd: root, stdio: 'inherit', env }).status === 0;
  } catch (error) {
    console.error(`This section could not run. ${error.message}`);
  }
  const { passes, failures, pending } = readReport(report);
  return {
    ...section,
    ok,
    passes,
    pending,
    failures: ok ? failures : Math.max(1, failures),
    started,
    ended: performance.now(),
  };
}

const results = [];
for (const section of sections) {
  if (chosen.length > 0 ? !chosen.includes(section.name) : section.optional === true) continue;
  results.push(await runSection(section));
  // Nothing after the build means anything without it.
  if (section.name === 'build' && !results[0].ok) break;
}
rmSync(scratch, { recursive: true, force: true });

console.log(`\n━━ Summary ${'━'.repeat(69)}\n`);
for (const { title, ok, passes, failures, started, ended } of results) {
  const counts = passes + failures > 0 ? `${passes} passed, ${failures} failed` : '';
  console.log(
    `${ok ? '✓' : '✗'} ${title.padEnd(40)} ${((ended - started) / 1000).toFixed(1).padStart(6)} s  ${counts}`,
  );
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const skipped = sum('pending');
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
console.log(`\n${sum('passes')} passed, ${sum('failures')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
