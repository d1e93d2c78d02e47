import type { TrackerState } from '../../src/protocol/messages.ts';
import { formatSize, splitPath } from '../format.ts';
import { Icon } from './icon.tsx';
import { pure } from './pure.tsx';

/** Pixels, as in VS Code's own lists; the style sheet says the same. */
export const rowHeight = 22;

interface FileRowProps {
  readonly file: TrackerState['run']['files'][number];
  readonly index: number;
  readonly total: number;
  /** Whether it is being written now. */
  readonly isCurrent: boolean;
  /** Whether it is the list's tab stop. */
  readonly isActive: boolean;
  readonly canOpen: boolean;
  readonly onActivate: (index: number) => void;
  readonly onOpen: (path: string) => void;
}

export const FileRow = pure((props: FileRowProps) => {
  const { file, index, total, isCurrent, isActive, canOpen, onActivate, onOpen } = props;
  const { name, folder } = splitPath(file.path);
  const icon = isCurrent && !file.isComplete ? 'loading' : file.isComplete ? 'check' : 'circle-outline';
  const label = isCurrent && !file.isComplete ? 'being written' : file.isComplete ? 'complete' : 'incomplete';
  return (
    <li
      class={`file${isCurrent ? ' is-current' : ''}${file.isComplete ? ' is-complete' : ''}`}
      aria-setsize={total}
      aria-posinset={index + 1}
      style={{ top: `${index * rowHeight}px` }}
    >
      <button
        type="button"
        tabIndex={isActive ? 0 : -1}
        aria-disabled={!canOpen}
        title={canOpen ? `Open ${file.path}` : file.path}
        onFocus={() => onActivate(index)}
        onClick={() => canOpen && onOpen(file.path)}
      >
        <Icon name={icon} label={label} spin={icon === 'loading'} />
        <bdi class="file-name">{name}</bdi>
        <bdi class="file-folder">{folder}</bdi>
        <span class="file-size">{formatSize(file.size)}</span>
      </button>
    </li>
  );
});
