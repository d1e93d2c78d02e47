import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { summaryOf } from './test-summary.mjs';
import { installVsCodeServer } from './vscode-server.mjs';

/**
 * Builds and runs everything, and sums up. After the build, what drives VS Code runs beside the rest, each section after
 * the one before it; the output of a section is shown in one piece when it has ended. `TAKOSS_TEST_LANES=1` runs one section
 * after the other. Names of sections as arguments run those only: `npm test -- unit contract`. Ends with one line
 * `N passed, N failed` over all tests; a section that fails without a failing test (a lint error, a missing browser)
 * counts as one. Before it stands what was skipped or could not run, why, and what to do about it.
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

/** Sections with `drivesVsCode` mostly wait for windows; beside them there is time for the others. */
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
    drivesVsCode: true,
    run: [join('test', 'vscode', 'integration.ts')],
  },
  {
    name: 'e2e',
    title: 'Tests as a person, in a real VS Code',
    needs: [browser, vscode],
    drivesVsCode: true,
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

/** @returns what the mocha runs of a section left, summed: the counts, and what was skipped and why */
function readReport(path) {
  const total = { passes: 0, failures: 0, pending: 0, skipped: [] };
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  for (const line of lines) {
    const run = JSON.parse(line);
    for (const key of ['passes', 'failures', 'pending']) total[key] += run[key];
    total.skipped.push(...run.skipped);
  }
  return total;
}

/** Installs what sections need, one thing after the other and before any of them runs. What is missing stops only the sections that need it. */
async function installNeeds(wanted) {
  const missing = new Map();
  for (const need of new Set(wanted.flatMap(({ needs = [] }) => needs))) {
    await need.install().catch((error) => missing.set(need, error));
  }
  return missing;
}

const children = new Set();
process.once('SIGTERM', () => {
  for (const child of children) child.kill();
  process.exit(143);
});

/** Runs a script of this repository. @returns {Promise<boolean>} whether it succeeded; its output goes to `print` if there is one */
function runScript(args, env, print) {
  return new Promise((resolve) => {
    const stdio = print === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, args, { cwd: root, stdio, env });
    children.add(child);
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', print);
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('exit', (code) => {
      children.delete(child);
      const end = () => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve(code === 0);
      };
      child.once('close', end);
      // What it started and left behind may hold on to its output.
      setTimeout(end, 5000).unref();
    });
  });
}

/** Shows the output of a section at once where it runs alone, else when it has ended. */
async function runSection(section, missing, isAlone) {
  let output = '';
  const collect = (text) => {
    output += text;
  };
  const say = isAlone ? (text) => process.stdout.write(text) : collect;
  say(`\n━━ ${section.title} ${'━'.repeat(Math.max(0, 76 - section.title.length))}\n\n`);
  const started = performance.now();
  const report = join(scratch, `${section.name}.ndjson`);
  let ok = false;
  const lack = section.needs?.find((need) => missing.has(need));
  if (lack === undefined) {
    const colors = !isAlone && process.stdout.isTTY === true ? { FORCE_COLOR: '1' } : {};
    const env = { ...process.env, ...colors, TAKOSS_TEST_REPORT: report };
    ok = await runScript(section.run, env, isAlone ? undefined : collect);
  } else {
    say(`This section could not run without ${lack.title}. ${missing.get(lack).message}\n`);
  }
  process.stdout.write(output);
  const counts = readReport(report);
  return {
    ...section,
    ...counts,
    ...(lack === undefined ? {} : { lack: missing.get(lack).message }),
    ok,
    failures: ok ? counts.failures : Math.max(1, counts.failures),
    seconds: (performance.now() - started) / 1000,
  };
}

/** Runs sections one after the other, those in different lanes at the same time. @returns the results, in the order of the sections */
async function runLanes(lanes, missing) {
  const filled = lanes.filter((lane) => lane.length > 0);
  const results = await Promise.all(
    filled.map(async (lane) => {
      const done = [];
      for (const section of lane) done.push(await runSection(section, missing, filled.length === 1));
      return done;
    }),
  );
  const order = sections.map(({ name }) => name);
  return results.flat().sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

const wanted = sections.filter(({ name, optional }) => (chosen.length > 0 ? chosen.includes(name) : optional !== true));
const [build, ...rest] = wanted[0]?.name === 'build' ? wanted : [undefined, ...wanted];
const results = build === undefined ? [] : await runLanes([[build]], new Map());
// Nothing after the build means anything without it.
if (results.every(({ ok }) => ok)) {
  const missing = await installNeeds(rest);
  const most = Number(process.env.TAKOSS_TEST_LANES ?? Math.min(2, availableParallelism()));
  const drivesVsCode = (section) => section.drivesVsCode === true;
  const lanes = most > 1 ? [rest.filter(drivesVsCode), rest.filter((section) => !drivesVsCode(section))] : [rest];
  results.push(...(await runLanes(lanes, missing)));
}
rmSync(scratch, { recursive: true, force: true });

/** What runs only when it is asked for: said where somebody might think that this was everything. */
const leftOut =
  chosen.length > 0
    ? []
    : [
        ...sections
          .filter(({ optional }) => optional === true)
          .map(({ name, title }) => ({ title, why: 'minutes for each', how: `npm test -- ${name}` })),
        { title: 'The real Claude', why: 'some cents, with your key', how: 'npm run test:live' },
      ];
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
console.log(`\n━━ Summary ${'━'.repeat(69)}\n`);
console.log(summaryOf(results, leftOut));
