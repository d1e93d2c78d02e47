import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { mark } from './mark.ts';

/**
 * Runs inside the extension host: mocha over the bundled test files of one suite, the folder below test/integration that
 * TAKOSS_SUITE names. Rejects when a test fails.
 */
export async function run(): Promise<void> {
  const suite = join(__dirname, '..', 'integration', process.env.TAKOSS_SUITE ?? '');
  const reporterPath = join(process.env.TAKOSS_ROOT ?? '', 'scripts', 'mocha-reporter.mjs');
  const { default: Mocha } = await import('mocha');
  const { default: Reporter } = await import(pathToFileURL(reporterPath).href);

  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    for (const line of format(...parts).split('\n')) console.log(mark + line);
  };
  const mocha = new Mocha({ timeout: 60_000, forbidOnly: true, failZero: true, reporter: Reporter });
  for (const entry of readdirSync(suite).sort()) {
    if (entry.endsWith('.test.cjs')) mocha.addFile(join(suite, entry));
  }
  const failures = await new Promise<number>((resolve) => void mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
