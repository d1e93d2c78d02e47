import { isPlaceOf } from '../../../core/slice-places.ts';
import type { SliceFile, SlicePlan } from '../../../core/slices.ts';

/** Where the model declares tables. It is no file of the project: the renderer makes tables of it. */
export const tablesPath = 'tables.json';

/** Where the model says which slots it fills. It is no file of the project either. */
export const slotsPath = 'slots.json';

/** What a model has written of a slice so far. */
export class SliceDraft {
  readonly plan: SlicePlan;
  /** The text of `tables.json`, where there is one. */
  tables: string | undefined;
  /** The text of `slots.json`, where there is one. */
  slots: string | undefined;
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
      else if (path === slotsPath) this.slots = content;
      else if (isPlaceOf(this.plan, path)) this.#files.set(path, normalized(content));
      else this.#strays.push({ path, content });
    }
  }

  /** The files in places of the slice, sorted by path. */
  get files(): readonly SliceFile[] {
    return [...this.#files].map(([path, content]) => ({ path, content })).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** All that was written, tables and slots first: what a later request quotes and what is kept between runs. */
  get written(): readonly SliceFile[] {
    const declared = [
      [tablesPath, this.tables],
      [slotsPath, this.slots],
    ] as const;
    return [
      ...declared.flatMap(([path, content]) => (content === undefined ? [] : [{ path, content }])),
      ...this.files,
    ];
  }

  /** Files that are in no place of the slice, for the inspection to name. They are forgotten: they never become part of anything. */
  takeStrays(): readonly SliceFile[] {
    const strays = this.#strays;
    this.#strays = [];
    return strays;
  }
}

/** Whether an answer may hold a file of this path. */
export function isPartOf(plan: SlicePlan, path: string): boolean {
  return path === tablesPath || path === slotsPath || isPlaceOf(plan, path);
}

/** The text as the project's files are: line feeds, and one at the end. */
function normalized(content: string): string {
  const text = content.replace(/\r\n?/g, '\n');
  // As most are: the text itself, and no second one beside it.
  if (/\S\n$/.test(text.slice(-2))) return text;
  return text.trim() === '' ? '' : `${text.trimEnd()}\n`;
}
