import assert from 'node:assert/strict';
import type { BlueprintDraft } from '../../../src/core/blueprint-draft.ts';
import { TakossError } from '../../../src/core/errors.ts';
import { generationResultSchema, streamEventSchema } from '../../../src/core/events.ts';
import { neverOverwrite, ProjectWriter } from '../../../src/core/project-writer.ts';
import { initialRunState, reduceRun } from '../../../src/core/run-state.ts';
import type { RunWarning } from '../../../src/core/run-warning.ts';
import { writeProject } from '../../../src/core/write-project.ts';
import { blueprint } from '../../support/blueprints.ts';
import { collect, fakeOrchestrator, tickingClock } from '../../support/generations.ts';
import { MemoryFileSystem } from '../../support/memory-file-system.ts';

const sentence = { text: 'Glarp the xyzzy.', start: 0, end: 16, coveredBy: [], note: 'Nothing was built for this.' };
const nothing: BlueprintDraft = { ...blueprint([], []), coverage: [sentence] };
const request = { projectName: 'Glarp', description: '', requirements: 'Glarp the xyzzy.' };

function run(disk: MemoryFileSystem, onWarning?: (warning: RunWarning) => boolean) {
  const { signal } = new AbortController();
  const files = [{ path: 'README.md', content: '# Glarp\n', phase: 'deployment', task: 'README' }] as const;
  const options = { signal, clock: tickingClock(), ...(onWarning === undefined ? {} : { onWarning }) };
  const generation = fakeOrchestrator(nothing, files).generate(request, { signal });
  return collect(writeProject(generation, new ProjectWriter(disk, neverOverwrite), options));
}

describe('a run that understood nothing', () => {
  it('says so with its last event and in its result, in fields that older clients leave alone', async () => {
    const { events, result } = await run(new MemoryFileSystem());
    const last = streamEventSchema.parse(events.at(-1));
    assert.ok(last.type === 'complete');
    assert.deepEqual([last.message, last.progress], ['Successfully generated Glarp', 100]);
    assert.equal(last.data?.warning?.code, 'nothing-understood');
    assert.deepEqual(generationResultSchema.parse(result).warning, last.data?.warning);
    assert.equal(result?.success, true);
  });

  it('stands as a warning in the state that surfaces show', async () => {
    const { events } = await run(new MemoryFileSystem());
    const state = events.reduce(reduceRun, initialRunState);
    assert.equal(state.status, 'succeeded');
    assert.match(state.warning?.message ?? '', /did not understand any/);
  });

  it('tells the host before anything is written, which can keep it from being written', async () => {
    const disk = new MemoryFileSystem();
    const { error, events } = await run(disk, ({ code }) => {
      assert.equal(code, 'nothing-understood');
      assert.deepEqual(disk.snapshot(), {});
      return false;
    });
    assert.ok(error instanceof TakossError && error.code === 'cancelled');
    assert.equal(events.at(-1)?.type, 'error');
    assert.deepEqual(disk.snapshot(), {});
  });

  it('is written where the host says so', async () => {
    const disk = new MemoryFileSystem();
    const { result } = await run(disk, () => true);
    assert.ok(result);
    assert.ok('README.md' in disk.snapshot());
  });
});
