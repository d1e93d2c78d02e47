import type { GenerationResult, StreamEvent } from '../../src/core/events.ts';
import type { RenderedFile } from '../../src/core/rendered-project.ts';
import { encodeEvent, encodeResult } from '../../src/transport/sse-encode.ts';
import { blueprint, entity, feature } from './blueprints.ts';
import { collect, fakeOrchestrator } from './generations.ts';

export const request = { projectName: 'Blog', description: 'A blog', requirements: 'Authors write posts.' };

/** Files that are hard to carry: empty, long, and full of what streams of text stumble over. */
export const files: readonly RenderedFile[] = [
  { path: 'src/server/db/schema.ts', content: 'export const x = 1;\n', phase: 'database', task: 'Schema' },
  { path: 'src/empty.ts', content: '', phase: 'frontend', task: 'Pages' },
  { path: 'src/long.ts', content: '// a line of it\n'.repeat(400), phase: 'frontend', task: 'Pages' },
  {
    path: 'src/odd.ts',
    content: '\ufeffdata: x\r\ndata:\n\n\r: \u2028\u2029\u0085\u000b\u{1f600}é\0"\\u{}\n',
    phase: 'frontend',
    task: 'Pages',
  },
  { path: 'README.md', content: 'Read me.', phase: 'deployment', task: 'Documents' },
];

export interface RecordedRun {
  readonly events: readonly StreamEvent[];
  readonly result: GenerationResult;
  /** Every message as it goes over the wire, the result last. */
  readonly wire: readonly string[];
}

/** A generation on this machine and what a server would send of it. Without a `runId`, a server of the first version. */
export async function recordRun(runId?: string): Promise<RecordedRun> {
  const made = fakeOrchestrator(blueprint([entity('Post', 'Posts')], [feature('list', 'Post')]), files);
  const { events, result } = await collect(made.generate(request, { signal: new AbortController().signal }));
  if (result === undefined) throw new Error('The generation failed.');
  const id = (index: number) => (runId === undefined ? undefined : { runId, seq: index + 1 });
  const wire = events.map((event, index) => encodeEvent(event, id(index)));
  return { events, result, wire: [...wire, encodeResult(result, id(events.length))] };
}
