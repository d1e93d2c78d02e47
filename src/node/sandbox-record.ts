import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runnerAttempts, workerTests } from './sandbox-probe.ts';
import { levelSchema, type SandboxLevel, sandboxArguments } from './test-sandbox.ts';
import type { NodeIdentity } from './tool-runner.ts';

/** Remembers what was found out about an install and a Node, beside the packages. */
export function sandboxRecord(
  packages: string,
  node: NodeIdentity,
): { read(): Promise<SandboxLevel | undefined>; write(level: SandboxLevel): Promise<void> } {
  const nowhere = { project: '/project', packages: '/packages', scratch: '/scratch' };
  const shell = [sandboxArguments('full', node.version, nowhere, []), workerTests(nowhere), runnerAttempts(nowhere)];
  const everything = [node, process.platform, process.arch, shell];
  const digest = createHash('sha256').update(JSON.stringify(everything)).digest('hex').slice(0, 16);
  const file = join(packages, `.sandbox-${digest}`);
  return {
    async read() {
      return levelSchema.safeParse(await readFile(file, 'utf8').catch(() => undefined)).data;
    },
    async write(level) {
      // It is found out again where it cannot be kept.
      await writeFile(file, level).catch(() => {});
    },
  };
}
