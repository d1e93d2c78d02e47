import type { RedoPlan, UndoPlan } from '../../core/undo-plan.ts';

/** Where and when a generation was written, for a person: `workspace/blog` and `Nov 27, 2026, 10:31 AM`. */
export interface WrittenWhere {
  readonly label: string;
  readonly when: string;
}

/** What an undo will do, below the question that names the project. `laterAt`: when the same folder was generated into once more. */
export function describeUndo(
  { remove, restore, changed }: UndoPlan,
  { label, when }: WrittenWhere,
  laterAt?: string,
): string {
  return [
    `Written into ${label} on ${when}.`,
    '',
    remove.length === 0 ? 'No file will be removed.' : `${files(remove.length)} will be removed.`,
    ...(restore.length === 0 ? [] : [`${files(restore.length)} will get back the content from before the generation.`]),
    ...(changed.length === 0
      ? []
      : [`${files(changed.length)} changed since ${isOrAre(changed.length)} kept: ${listed(changed)}.`]),
    ...(laterAt === undefined
      ? []
      : [
          '',
          `The same folder was generated into again on ${laterAt}, and the files that both have in common will be missing there. Undo the later one first.`,
        ]),
    '',
    'Redo brings everything back.',
  ].join('\n');
}

/** What bringing back will do, below the question that names the project. */
export function describeRedo({ write, changed, blocked }: RedoPlan, { label, when }: WrittenWhere): string {
  const replaceable = changed.length - blocked.length;
  return [
    `Undone on ${when}, in ${label}.`,
    '',
    `${files(write.length)} will be written again.`,
    ...(changed.length === 0
      ? []
      : [`At ${places(changed.length)} there is something else by now, which is kept: ${listed(changed)}.`]),
    ...(replaceable > 0 && replaceable < changed.length ? ['Folders and links are never replaced.'] : []),
  ].join('\n');
}

/** `3 files`. */
export function files(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}

function places(count: number): string {
  return `${count} ${count === 1 ? 'place' : 'places'}`;
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
