#!/usr/bin/env node
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';
import { mark } from './mark.ts';
import { type Server, startServer, withoutKeys } from './server.ts';

/**
 * Stands in for the program of desktop VS Code: takes the arguments that a test run passes to it, opens the window in
 * Chromium instead, and ends with the exit code of the tests.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    // Ours: test runs always pass the opposite, which this one outweighs.
    'enable-workspace-trust': { type: 'boolean' },
  },
});

/** A window in a browser takes one extension that is being developed; a second one is installed as it stands. */
const [extension, linked] = (values.extensionDevelopmentPath ?? []).map(path);

const results = fileURLToPath(new URL('../../test-results/', import.meta.url));
const timeout = Number(process.env.TAKOSS_TEST_TIMEOUT ?? 600_000);

function path(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? resolve(value) : undefined;
}

/** Opens the window and waits until the extension host has ended: the exit code of the tests. */
async function runWindow(page: Page, server: Server, messages: string[]): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<number>((done, fail) => {
    timer = setTimeout(() => fail(new Error(`The tests did not end within ${timeout / 1000} s.`)), timeout);
    server.process.once('exit', (code) => fail(new Error(`VS Code ended with ${code} in the middle of the tests.`)));
    page.once('crash', () => fail(new Error('The window of VS Code crashed.')));
    page.exposeFunction('codeAutomationExit', done).catch(fail);
  });
  await page.exposeFunction('codeAutomationLog', (_level: string, parts: unknown[]) => {
    const line = parts.map(String).join(' ');
    if (line.startsWith(mark)) console.log(line.slice(mark.length));
    else messages.push(line);
  });
  const folder = path(positionals[0]);
  const tests = path(values.extensionTestsPath);
  await page.goto(
    server.windowUrl({
      ...(folder === undefined ? {} : { folder }),
      ...(extension === undefined ? {} : { extension }),
      ...(tests === undefined ? {} : { tests }),
    }),
  );
  return ended.finally(() => clearTimeout(timer));
}

async function explain(error: unknown, page: Page, server: Server, messages: readonly string[]): Promise<void> {
  await mkdir(results, { recursive: true });
  const picture = join(results, 'vscode-failure.png');
  await page.screenshot({ path: picture, timeout: 10_000 }).catch(() => undefined);
  console.error(error instanceof Error ? error.message : String(error));
  console.error(`What the window looked like: ${picture}`);
  console.error(`The last messages of the window:\n${messages.slice(-30).join('\n')}`);
  console.error(`The last messages of VS Code:\n${server.output().slice(-4000)}`);
}

async function main(): Promise<number> {
  const executablePath = await findChromium();
  const server = await startServer({
    isForTests: true,
    trust: values['enable-workspace-trust'] !== true,
    environment: withoutKeys(process.env),
    ...(linked === undefined ? {} : { linked }),
  });
  let browser: Browser | undefined;
  const end = async () => {
    await browser?.close().catch(() => undefined);
    await server.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void end().finally(() => process.exit(130)));
  }
  try {
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(120_000);
    const messages: string[] = [];
    return await runWindow(page, server, messages).catch(async (error: unknown) => {
      await explain(error, page, server, messages);
      return 1;
    });
  } finally {
    await end();
  }
}

process.exitCode = await main();
