import type { GenerationResult, StreamEvent } from '../../../src/core/events.ts';
import { neverOverwrite, ProjectWriter } from '../../../src/core/project-writer.ts';
import type { ProjectRequest } from '../../../src/core/request.ts';
import type { WorkStore } from '../../../src/core/slices.ts';
import { writeProject } from '../../../src/core/write-project.ts';
import { ClaudeModel, type ClaudeOptions } from '../../../src/engines/claude/claude-model.ts';
import type { ModelParts } from '../../../src/engines/model/model-engine.ts';
import { createModelGenerator } from '../../../src/model-generator.ts';
import { collect } from '../generations.ts';
import { MemoryFileSystem } from '../memory-file-system.ts';

/** Finished work in memory. */
export class MemoryWorkStore implements WorkStore {
  readonly kept = new Map<string, string>();

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(key));
  }

  set(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
    return Promise.resolve();
  }
}

/** The stand-in for the service, as its clients know it. */
export interface ServiceAddress {
  readonly key: string;
  readonly url: string;
}

export interface ModelRunOptions
  extends Partial<Pick<ModelParts, 'store' | 'checker' | 'budgetUsd' | 'allowedPackages'>> {
  readonly claude?: Partial<ClaudeOptions>;
  readonly disk?: MemoryFileSystem;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: StreamEvent) => void;
}

/** What a run did. */
export interface ModelRun {
  readonly events: readonly StreamEvent[];
  readonly result: GenerationResult | undefined;
  readonly error: unknown;
  readonly disk: MemoryFileSystem;
}

const noWait = (_ms: number, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  return Promise.resolve();
};

/** Generates a project with Claude at the stand-in for its service and writes it, as hosts do. Nobody waits between attempts. */
export async function runModel(
  service: ServiceAddress,
  request: ProjectRequest,
  {
    claude,
    disk = new MemoryFileSystem(),
    signal = new AbortController().signal,
    onEvent,
    ...parts
  }: ModelRunOptions = {},
): Promise<ModelRun> {
  const port = new ClaudeModel({ apiKey: service.key, baseUrl: service.url, wait: noWait, ...claude });
  const generator = createModelGenerator({ port, store: new MemoryWorkStore(), wait: noWait, ...parts });
  const writer = new ProjectWriter(disk, neverOverwrite);
  const written = writeProject(generator.generate(request, { signal }), writer, { signal, clock: { now: () => 0 } });
  const { events, result, error } = await collect(written, onEvent);
  return { events, result, error, disk };
}
