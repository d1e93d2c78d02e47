import { resolve } from 'node:path';
import { continueProject } from '../core/continue-project.ts';
import { toTakossError } from '../core/errors.ts';
import type { Generator } from '../core/ports.ts';
import { type ConflictResolver, neverOverwrite, ProjectWriter } from '../core/project-writer.ts';
import { type ProjectRequest, parseRequest, slugify } from '../core/request.ts';
import { errorEvent } from '../core/run-events.ts';
import { writeProject } from '../core/write-project.ts';
import { systemClock } from '../local-generator.ts';
import type { GenerateOptions } from './arguments.ts';
import { createGenerator } from './create-generator.ts';
import { installCommandOf } from './install-command-of.ts';
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
  const fileSystem = new NodeFileSystem(folder);
  const writer = new ProjectWriter(fileSystem, options.overwrite ? overwriteAll : neverOverwrite);
  const host = { signal, clock: systemClock };
  const { fieldTypes } = await import('../field-types/catalog.ts');
  const continued = continueProject(generator, request, fileSystem, { ...host, fieldTypes });
  const generation = writeProject(continued, writer, {
    ...host,
    // Before the files are written; who reads it can still press Ctrl-C, and scripts find it in the result.
    onWarning: ({ message }) => {
      output.say(`Warning: ${message}`);
      return true;
    },
  });
  for (;;) {
    const next = await generation.next();
    if (next.done) return output.result(next.value, folder, await installCommandOf(folder));
    await output.event(next.value);
  }
}

async function prepare(
  options: GenerateOptions,
  output: RunOutput,
  signal: AbortSignal,
): Promise<{ generator: Generator; request: ProjectRequest }> {
  const generator = await createGenerator(options.engine, {
    ask: (question) => output.ask(question, signal),
    onConnection: (state) => output.connection(state),
    say: (text) => output.say(text),
  });
  return { generator, request: await readRequest(options, signal) };
}

async function readRequest(options: GenerateOptions, signal: AbortSignal): Promise<ProjectRequest> {
  const requirements = await readRequirements(options.requirements, signal);
  return parseRequest({ projectName: options.name, description: options.description, requirements });
}
