import { close } from './close.ts';
import { type EarlierDesign, earlierDesignSchema } from './earlier-design.ts';
import type { StreamEvent } from './events.ts';
import type { FieldTypeSet } from './field-type-set.ts';
import type { Clock, FileSystem, Generation, Generator } from './ports.ts';
import { projectFileName, readProjectFile } from './project-file.ts';
import type { ProjectRequest } from './request.ts';

interface ContinueOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** What the project file is held against. */
  readonly fieldTypes: FieldTypeSet;
}

/**
 * Generates as the generator does, and keeps the ids of the project that is in the folder already, where one is. A
 * project file that cannot be read does not stop the run: a notice after its first event says why ids are given
 * anew.
 */
export async function* continueProject(
  generator: Generator,
  request: ProjectRequest,
  fileSystem: Pick<FileSystem, 'kind' | 'read'>,
  { signal, clock, fieldTypes }: ContinueOptions,
): Generation {
  const { previous, notice } = await readEarlierDesign(fileSystem, fieldTypes);
  const generation = generator.generate(previous === undefined ? request : { ...request, previous }, { signal });
  let unsaid = notice;
  try {
    for (;;) {
      const next = await generation.next();
      if (next.done) return next.value;
      yield next.value;
      if (unsaid !== undefined && next.value.type !== 'error') yield noticeEvent(unsaid, next.value, clock);
      unsaid = undefined;
    }
  } finally {
    await close(generation);
  }
}

/** What a folder says of the project in it: nothing where there is none, or why that cannot be told. */
async function readEarlierDesign(
  fileSystem: Pick<FileSystem, 'kind' | 'read'>,
  fieldTypes: FieldTypeSet,
): Promise<{ readonly previous?: EarlierDesign; readonly notice?: string }> {
  try {
    if ((await fileSystem.kind(projectFileName)) !== 'file') return {};
    const text = new TextDecoder().decode(await fileSystem.read(projectFileName));
    return { previous: earlierDesignSchema.parse(readProjectFile(text, fieldTypes).blueprint) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { notice: `Entities and fields get new ids, because those from before are not known. ${reason}` };
  }
}

/** Says it in the phase of the event before. */
function noticeEvent(notice: string, { phase, progress }: StreamEvent, clock: Clock): StreamEvent {
  return {
    type: 'phase_progress',
    phase,
    message: notice,
    ...(progress === undefined ? {} : { progress }),
    data: { notice },
    at: clock.now(),
  };
}
