import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ProjectRequest } from '../../../src/core/request.ts';
import type { Asked } from './asked.ts';
import { files, type Reply, type ReplyFile, value } from './replies.ts';

/** Requirements with things that rules cannot build, and what a good model answers to them: `test/fixtures/model/<name>/`. */
export const modelProjects = ['blog', 'crm', 'portfolio'] as const;
export type ModelProjectName = (typeof modelProjects)[number];

const fixtures = join(import.meta.dirname, '../../fixtures/model');

/** Models think before they answer; it is charged and not shown. */
const thinking = 'Which entities does it read, and what could go wrong? '.repeat(5);

export class ModelProject {
  readonly request: ProjectRequest;
  /** The draft of the analysis. */
  readonly analysis: unknown;
  /** The files of each slice, its tables first, by the slug of its plan. */
  readonly slices: ReadonlyMap<string, readonly ReplyFile[]>;

  private constructor(request: ProjectRequest, analysis: unknown, slices: ModelProject['slices']) {
    this.request = request;
    this.analysis = analysis;
    this.slices = slices;
  }

  static async read(name: ModelProjectName): Promise<ModelProject> {
    const folder = join(fixtures, name);
    const requirements = await readFile(join(folder, 'requirements.md'), 'utf8');
    const analysis: unknown = JSON.parse(await readFile(join(folder, 'analysis.json'), 'utf8'));
    const slices = new Map<string, readonly ReplyFile[]>();
    for (const slug of await readdir(join(folder, 'slices'))) {
      slices.set(slug, await readFiles(join(folder, 'slices', slug)));
    }
    const request = { projectName: `The ${name}`, description: 'A project for tests.', requirements };
    return new ModelProject(request, analysis, slices);
  }

  /** What a good model answers. */
  reply(asked: Asked): Reply {
    if (asked.wantsValue) return { ...value(this.analysis), thinking };
    const whole = wholeFiles(asked);
    const missing = this.filesFor(asked).filter(({ path }) => !whole.has(path));
    return { ...files(missing, 'I write the files of this feature.'), thinking };
  }

  /** The files of the slice that is asked for. */
  filesFor(asked: Asked): readonly ReplyFile[] {
    const slug = slugOf(asked) ?? '';
    const list = this.slices.get(slug);
    if (list === undefined) throw new Error(`There is no slice "${slug}" among the fixtures.`);
    return list;
  }
}

/** The slug of the slice that a request asks for: its places name it. */
export function slugOf({ task }: Asked): string | undefined {
  return /src\/client\/modules\/([\w-]+)\/screen\.tsx/.exec(task)?.[1];
}

/** The files that are there already, where the rest of an answer is asked for. */
function wholeFiles({ task }: Asked): ReadonlySet<string> {
  const [, whole = ''] = task.split('These files arrived whole.');
  return new Set([...whole.matchAll(/<file path="([^"]+)">/g)].map(([, path = '']) => path));
}

async function readFiles(folder: string): Promise<ReplyFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = await Promise.all(
    paths.map(async (path) => ({
      path: relative(folder, path).split(sep).join('/'),
      content: await readFile(path, 'utf8'),
    })),
  );
  // In the order in which a model writes them: tables, what both sides share, server, client, tests.
  const order = ['tables.json', 'slots.json', 'src/shared/', 'src/server/', 'src/client/', 'tests/'];
  const rank = ({ path }: ReplyFile): number => order.findIndex((start) => path.startsWith(start));
  return read.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}
