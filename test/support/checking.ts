import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RenderedProject } from '../../src/core/rendered-project.ts';
import type { Slice } from '../../src/core/slices.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../src/modules/catalog.ts';
import { NodeSliceChecker, type NodeSliceCheckerOptions } from '../../src/node/node-slice-checker.ts';
import { ProjectRenderer } from '../../src/render/renderer.ts';
import { type SliceProjectName, sliceProject } from './slices.ts';

/** Kept between runs of the tests, so that the packages are fetched once; here, where no other user can put something. */
const sharedStacks = resolve('.cache', 'test-stacks');

/** A cache of its own but for the packages: others may run these tests at the same time. */
export class CheckingPlace {
  readonly cacheDir: string;
  /** How often somebody was asked whether packages may be installed. */
  asked = 0;

  private constructor(cacheDir: string) {
    this.cacheDir = cacheDir;
  }

  static async create(): Promise<CheckingPlace> {
    const cacheDir = await mkdtemp(join(tmpdir(), 'takoss-cache-'));
    await mkdir(sharedStacks, { recursive: true });
    await symlink(sharedStacks, join(cacheDir, 'stacks'), 'junction');
    return new CheckingPlace(cacheDir);
  }

  checker(options: Partial<NodeSliceCheckerOptions> = {}): NodeSliceChecker {
    return new NodeSliceChecker({
      cacheDir: this.cacheDir,
      consent: () => {
        this.asked += 1;
        return Promise.resolve(true);
      },
      // The environment of whoever runs the tests, with something in it that tests must not see.
      environment: { ...process.env, ANTHROPIC_API_KEY: 'sk-secret' },
      ...options,
      // A busy machine may take long over what is good.
      limits: { silence: 120_000, test: 60_000, ...options.limits },
    });
  }

  async remove(): Promise<void> {
    await rm(this.cacheDir, { recursive: true, force: true });
  }
}

/** A project of the fixtures with its slices, changed as a test needs it. */
export async function renderSlices(
  name: SliceProjectName,
  change: (slice: Slice) => Slice = (slice) => slice,
): Promise<{ project: RenderedProject; slices: readonly Slice[] }> {
  const { blueprint, request, slices: good } = await sliceProject(name);
  const slices = good.map(change);
  return {
    project: new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(blueprint, request, slices),
    slices,
  };
}

/** A slice with code added to the end of its files, and with files that it has not. */
export function withAdded(slice: Slice, code: Readonly<Record<string, string>>): Slice {
  const paths = new Set(slice.files.map(({ path }) => path));
  const extra = Object.entries(code).filter(([path]) => !paths.has(path));
  return {
    ...slice,
    files: [
      ...slice.files.map((file) => ({ ...file, content: `${file.content}${code[file.path] ?? ''}` })),
      ...extra.map(([path, content]) => ({ path, content })),
    ],
  };
}
