#!/usr/bin/env node
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { type ErrorCode, TakossError } from '../core/errors.ts';
import { type Invocation, parseInvocation } from './arguments.ts';
import { withoutSecrets } from './secrets.ts';
import { usageText } from './usage-text.ts';

/** 0 done, 1 failed, 2 invalid input or key, 130 cancelled. */
function exitCode(code: ErrorCode): number {
  if (code === 'invalid-request' || code === 'model-key') return 2;
  return code === 'cancelled' ? 130 : 1;
}

async function main(): Promise<number> {
  const controller = new AbortController();
  const cancel = () => {
    // A second Ctrl-C does not wait.
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  // The reader of a pipe has gone: nobody is left to generate for.
  process.stdout.on('error', () => controller.abort());

  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 12)) {
    process.stderr.write(
      `takoss: Takoss needs Node 20.12 or newer; this is ${process.version}. Install one from nodejs.org.\n`,
    );
    return 1;
  }
  try {
    await run(parseInvocation(process.argv.slice(2)), controller.signal);
    return 0;
  } catch (error) {
    const code = error instanceof TakossError ? error.code : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    const details = code === 'internal' && process.env.TAKOSS_DEBUG ? `${inspect(error)}\n` : '';
    process.stderr.write(withoutSecrets(`takoss: ${message}\n${details}`, process.env));
    return exitCode(code);
  }
}

async function run(invocation: Invocation, signal: AbortSignal): Promise<void> {
  switch (invocation.command) {
    case 'help':
      process.stdout.write(usageText());
      return;
    case 'version':
      process.stdout.write(`${packageVersion()}\n`);
      return;
    case 'generate': {
      // Loaded on use: help and mistakes answer at once.
      const { runGenerate } = await import('./generate-command.ts');
      return runGenerate(invocation, signal);
    }
    case 'serve': {
      const { runServe } = await import('./serve-command.ts');
      return runServe(invocation.flags, packageVersion(), signal);
    }
    case 'key': {
      const { runKeyCreate } = await import('./key-command.ts');
      return runKeyCreate(invocation.options);
    }
  }
}

function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../package.json');
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

// The code is set rather than exited with, so that output still in pipes is delivered; signal handlers keep nothing alive.
process.exitCode = await main();
