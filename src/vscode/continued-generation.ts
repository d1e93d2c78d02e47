import type { Generation, Generator } from '../core/ports.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { WorkspaceFileSystem } from './workspace-file-system.ts';

/** Generates with what the folder says of the project in it. What reads that is loaded with the first run, not when the extension starts. */
export async function continuedGeneration(
  generator: Generator,
  request: ProjectRequest,
  folder: WorkspaceFileSystem,
  signal: AbortSignal,
): Promise<Generation> {
  const [{ continueProject }, { fieldTypes }] = await Promise.all([
    import('../core/continue-project.ts'),
    import('../field-types/catalog.ts'),
  ]);
  return continueProject(generator, request, folder, { signal, clock: Date, fieldTypes });
}
