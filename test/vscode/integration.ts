import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { skippedLines } from '../../scripts/test-summary.mjs';
import { languageModelExtension } from './language-model.ts';
import { packAndUnpack } from './package.ts';

/**
 * Runs the suites of test/integration inside a real VS Code, against the packaged extension. Without VSCODE_TEST, it is
 * the one of scripts/vscode-server.mjs in Chromium; with `VSCODE_TEST=desktop`, the desktop one, in the version of
 * VSCODE_VERSION (`stable` unless set). Arguments name the suites to run; without, all.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));

interface Suite {
  /** The folder below test/integration. */
  readonly name: string;
  readonly title: string;
  readonly folder: boolean;
  readonly trust: boolean;
  /** Whether another extension brings language models. */
  readonly languageModel?: boolean;
}

const suites: readonly Suite[] = [
  { name: 'folder', title: 'With a folder open', folder: true, trust: true },
  { name: 'no-folder', title: 'With no folder open', folder: false, trust: true },
  { name: 'models', title: 'With language models', folder: true, trust: true, languageModel: true },
  { name: 'untrusted', title: 'With a folder that is not trusted', folder: true, trust: false },
];

/** The launcher is started by the Node that runs this. */
const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;

const isDesktop = process.env.VSCODE_TEST === 'desktop' || process.platform === 'win32';

/** The program of a VS Code: the desktop one, or a script that behaves like it, where scripts can be programs. */
async function vsCode(): Promise<string> {
  if (isDesktop) return downloadAndUnzipVSCode(process.env.VSCODE_VERSION ?? 'stable');
  return fileURLToPath(new URL('launcher.ts', import.meta.url));
}

async function runSuite(suite: Suite, executable: string, extension: string): Promise<boolean> {
  console.log(`\n${suite.title}`);
  const home = await mkdtemp(join(tmpdir(), 'takoss-window-'));
  const workspace = join(home, 'workspace');
  await mkdir(workspace);
  const languageModel =
    suite.languageModel === true ? await languageModelExtension(join(home, 'language-model')) : undefined;
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: languageModel === undefined ? extension : [extension, languageModel],
      extensionTestsPath: join(root, 'dist', 'test', 'vscode', 'run-suite.cjs'),
      extensionTestsEnv: {
        TAKOSS_SUITE: suite.name,
        TAKOSS_ROOT: root,
        PATH: path,
      },
      launchArgs: [
        ...(suite.folder ? [workspace] : []),
        ...(suite.trust ? [] : ['--enable-workspace-trust']),
        `--user-data-dir=${join(home, 'data')}`,
        `--extensions-dir=${join(home, 'extensions')}`,
      ],
    });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Says what does not run and why, here and in the summary of `npm test`. */
function leaveOut(title: string, reason: string): void {
  const skipped = [{ title, reason }];
  console.log(`\n${skipped.flatMap(skippedLines).join('\n')}`);
  const report = process.env.TAKOSS_TEST_REPORT;
  if (report === undefined) return;
  appendFileSync(report, `${JSON.stringify({ passes: 0, failures: 0, pending: 0, skipped })}\n`);
}

if (!existsSync(join(root, 'dist', 'extension.cjs')))
  throw new Error('There is no build to test: run `npm run build`.');
const chosen = process.argv.slice(2);
const executable = await vsCode();
const packaged = await packAndUnpack();
try {
  for (const suite of suites) {
    if (chosen.length > 0 && !chosen.includes(suite.name)) continue;
    // A desktop VS Code trusts everything while it runs tests; the end-to-end tests look at the other case.
    if (isDesktop && !suite.trust) {
      leaveOut(`The suite ${suite.name} in a desktop VS Code`, 'Run it without VSCODE_TEST=desktop.');
      continue;
    }
    if (!(await runSuite(suite, executable, packaged.extension))) process.exitCode = 1;
  }
} finally {
  await packaged.remove();
}
