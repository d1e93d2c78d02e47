import { assertSafePath } from '../../../core/safe-path.ts';
import type { SliceFile, SlicePlan } from '../../../core/slices.ts';

/** Where the model declares tables. It is no file of the project: the renderer makes tables of it. */
export const tablesPath = 'tables.json';

/** What a model has written of a slice so far. */
export class SliceDraft {
  readonly plan: SlicePlan;
  /** The text of `tables.json`, where there is one. */
  tables: string | undefined;
  readonly #files = new Map<string, string>();
  #strays: SliceFile[] = [];

  constructor(plan: SlicePlan, files: readonly SliceFile[] = []) {
    this.plan = plan;
    this.take(files);
  }

  /** Takes whole files, in place of earlier ones of the same path. */
  take(files: readonly SliceFile[]): void {
    for (const { path, content } of files) {
      if (path === tablesPath) this.tables = content;
      else if (isPlaceOf(this.plan, path)) this.#files.set(path, normalized(content));
      else this.#strays.push({ path, content });
    }
  }

  /** The files in places of the slice, sorted by path. */
  get files(): readonly SliceFile[] {
    return [...this.#files].map(([path, content]) => ({ path, content })).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** All that was written, the tables first: what a later request quotes and what is kept between runs. */
  get written(): readonly SliceFile[] {
    return this.tables === undefined ? this.files : [{ path: tablesPath, content: this.tables }, ...this.files];
  }

  /** Files that are in no place of the slice, for the inspection to name. They are forgotten: they never become part of anything. */
  takeStrays(): readonly SliceFile[] {
    const strays = this.#strays;
    this.#strays = [];
    return strays;
  }
}

/** Whether a slice may have a file of this path. */
export function isPlaceOf(plan: SlicePlan, path: string): boolean {
  const { serverFile, sharedFile, screenFile, clientFolder, serverTestFile, clientTestFile } = plan;
  if ([serverFile, sharedFile, screenFile, serverTestFile, clientTestFile].includes(path)) return true;
  return path.startsWith(clientFolder) && /(?<!\.(d|test|spec))\.tsx?$/.test(path) && isSafe(path);
}

function isSafe(path: string): boolean {
  try {
    assertSafePath(path);
    return true;
  } catch {
    return false;
  }
}

/** The text as the project's files are: line feeds, and one at the end. */
function normalized(content: string): string {
  const text = content.replace(/\r\n?/g, '\n');
  // As most are: the text itself, and no second one beside it.
  if (/\S\n$/.test(text.slice(-2))) return text;
  return text.trim() === '' ? '' : `${text.trimEnd()}\n`;
}
