import { resolve } from 'node:path';
import { TakossError, toTakossError } from '../core/errors.ts';
import type { Generator } from '../core/ports.ts';
import { type ConflictResolver, neverOverwrite, ProjectWriter } from '../core/project-writer.ts';
import { type ProjectRequest, parseRequest, slugify } from '../core/request.ts';
import { errorEvent } from '../core/run-events.ts';
import { writeProject } from '../core/write-project.ts';
import { createLocalGenerator, systemClock } from '../local-generator.ts';
import type { ConnectionState } from '../transport/remote-parts.ts';
import type { EngineChoice, GenerateOptions } from './arguments.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { JsonOutput, type RunOutput } from './output.ts';
import { readRequirements } from './read-requirements.ts';
import { TerminalOutput } from './terminal-output.ts';

const overwriteAll: ConflictResolver = async () => ({ action: 'overwrite' });

/** Runs `takoss generate`. Throws a TakossError; one that happened during the run has been shown as an event by then. */
export async function runGenerate(options: GenerateOptions, signal: AbortSignal): Promise<void> {
  const output: RunOutput = options.json ? new JsonOutput(process.stdout) : new TerminalOutput(process.stdout);
  const { generator, request } = await prepare(options, output, signal).catch(async (thrown: unknown) => {
    const error = toTakossError(thrown, signal);
    await output.event(errorEvent(error, 'initialization', systemClock.now()));
    throw error;
  });
  const folder = resolve(options.out ?? slugify(request.projectName));
  const writer = new ProjectWriter(new NodeFileSystem(folder), options.overwrite ? overwriteAll : neverOverwrite);
  const generation = writeProject(generator.generate(request, { signal }), writer, {
    signal,
    clock: systemClock,
  });
  for (;;) {
    const next = await generation.next();
    if (next.done) return output.result(next.value, folder);
    await output.event(next.value);
  }
}

async function prepare(
  options: GenerateOptions,
  output: RunOutput,
  signal: AbortSignal,
): Promise<{ generator: Generator; request: ProjectRequest }> {
  const generator = await createGenerator(options.engine, (state) => output.connection(state));
  return { generator, request: await readRequest(options, signal) };
}

/** Throws `invalid-request` for an endpoint that cannot be used, and when there is no key or token for it. */
async function createGenerator(
  engine: EngineChoice,
  onConnection: (state: ConnectionState) => void,
): Promise<Generator> {
  if (engine.name === 'offline') return createLocalGenerator();
  const { RemoteGenerator } = await import('../transport/remote-generator.ts');
  const { systemParts } = await import('../transport/remote-parts.ts');
  const token = process.env.TAKOSS_TOKEN?.trim() ?? '';
  const generator = new RemoteGenerator({
    ...systemParts,
    endpoint: engine.endpoint,
    token: () => token,
    onConnection,
  });
  if (token === '') {
    throw new TakossError(
      'invalid-request',
      'There is no key or token for the server. Set the environment variable TAKOSS_TOKEN to the one you were given.',
    );
  }
  return generator;
}

async function readRequest(options: GenerateOptions, signal: AbortSignal): Promise<ProjectRequest> {
  const requirements = await readRequirements(options.requirements, signal);
  return parseRequest({ projectName: options.name, description: options.description, requirements });
}
