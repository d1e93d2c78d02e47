import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asked } from './model-service/asked.ts';
import { files, type Reply, type ReplyFile, value } from './model-service/replies.ts';

/** A project with what a good model answers about it: `test/fixtures/model/<project>/`. */
export interface ModelProject {
  readonly requirements: string;
  readonly reply: (asked: Asked) => Reply;
  /** Slugs of the features that it writes. */
  readonly slices: readonly string[];
}

export async function modelProject(name: 'blog' | 'crm' | 'portfolio'): Promise<ModelProject> {
  const folder = join(import.meta.dirname, '../fixtures/model', name);
  const analysis: unknown = JSON.parse(await readFile(join(folder, 'analysis.json'), 'utf8'));
  const slugs = await readdir(join(folder, 'slices'));
  const slices = new Map(
    await Promise.all(slugs.map(async (slug) => [slug, await filesIn(join(folder, 'slices', slug))] as const)),
  );
  return {
    requirements: await readFile(join(folder, 'requirements.md'), 'utf8'),
    slices: slugs,
    reply: ({ wantsValue, task }) => {
      if (wantsValue) return value(analysis);
      const slug = slugs.find((candidate) => task.includes(candidate));
      return files(slices.get(slug ?? '') ?? []);
    },
  };
}

async function filesIn(folder: string): Promise<ReplyFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({
      path: path.slice(folder.length + 1).replaceAll('\\', '/'),
      content: await readFile(path, 'utf8'),
    })),
  );
}
