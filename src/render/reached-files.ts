import type { FileOutline } from '../core/project-outline.ts';

interface Outlined {
  readonly path: string;
  readonly outline: FileOutline | undefined;
}

/** Those of the files on offer that the others import, directly or through each other. */
export function reachedFrom<T>(from: readonly T[], onOffer: readonly T[], of: (item: T) => Outlined): T[] {
  const left = new Map(onOffer.map((item) => [of(item).path, item]));
  const reached: T[] = [];
  const pending = [...from];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    for (const path of of(item).outline?.imports ?? []) {
      const found = left.get(path);
      if (found === undefined) continue;
      left.delete(path);
      reached.push(found);
      pending.push(found);
    }
  }
  return reached;
}
