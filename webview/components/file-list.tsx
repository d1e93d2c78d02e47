import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TrackerState } from '../../src/protocol/messages.ts';
import { formatCount, formatSize } from '../format.ts';
import type { Outcome } from '../outcome.ts';
import { FileRow, rowHeight } from './file-row.tsx';
import { useFollowEnd } from './follow-end.ts';
import { pure } from './pure.tsx';
import { Section, type SectionFolding } from './section.tsx';
import { useRowWindow } from './virtual-rows.ts';

interface FileRowsProps {
  readonly files: TrackerState['run']['files'];
  /** The file being written. */
  readonly currentPath: string | undefined;
  /** Whether the files are on the disk, where a click can open them. */
  readonly canOpen: boolean;
  readonly onOpen: (path: string) => void;
}

interface FileListProps extends FileRowsProps, SectionFolding {
  readonly outcome: Outcome;
}

/** The files in the order in which they arrive. Those of a run that did not end well are in the list and nowhere else. */
export const FileList = pure(({ outcome, files, currentPath, canOpen, onOpen, ...folding }: FileListProps) => {
  const done = files.reduce((count, file) => count + (file.isComplete ? 1 : 0), 0);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const count = done === files.length ? formatCount(done, 'file') : `${done} of ${formatCount(files.length, 'file')}`;
  const isOver = outcome === 'failed' || outcome === 'cancelled' || outcome === 'interrupted';
  return (
    <Section
      name="files"
      title="Files"
      aside={files.length > 0 ? `${count}, ${isOver ? 'not written' : formatSize(size)}` : undefined}
      {...folding}
    >
      {files.length === 0 ? (
        <p class="files-none">{isOver ? 'No file was generated.' : 'Files appear here as they are written.'}</p>
      ) : (
        <FileRows files={files} currentPath={currentPath} canOpen={canOpen} onOpen={onOpen} />
      )}
    </Section>
  );
});

/**
 * One tab stop; arrow keys move along the rows. Only the rows in sight exist, and the one with the focus, which would
 * otherwise be lost when scrolled away.
 */
function FileRows({ files, currentPath, canOpen, onOpen }: FileRowsProps) {
  const { element, onScroll, follow } = useFollowEnd<HTMLDivElement>(undefined);
  const { first, end } = useRowWindow(element, files.length, rowHeight);
  const [active, setActive] = useState(0);
  const [moved, setMoved] = useState(0);
  const list = useRef<HTMLUListElement>(null);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const page = Math.max(1, Math.floor((element.current?.clientHeight ?? 0) / rowHeight) - 1);
      const last = files.length - 1;
      const targets: Readonly<Record<string, number>> = {
        ArrowDown: active + 1,
        ArrowUp: active - 1,
        PageDown: active + page,
        PageUp: active - page,
        Home: 0,
        End: last,
      };
      const target = targets[event.key];
      if (target === undefined) return;
      event.preventDefault();
      follow(false);
      setActive(Math.min(last, Math.max(0, target)));
      setMoved((count) => count + 1);
    },
    [active, element, files.length, follow],
  );

  // Focus goes where the keys have moved, and only then.
  useLayoutEffect(() => {
    const box = element.current;
    if (moved === 0 || box === null) return;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    const top = active * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
  }, [moved]);

  const shown = new Set(Array.from({ length: end - first }, (_, index) => first + index));
  if (active < files.length) shown.add(active);
  return (
    <div class="files" ref={element} onScroll={onScroll}>
      <ul
        // biome-ignore lint/a11y/noRedundantRoles: a list without bullets loses its role in some screen readers
        role="list"
        aria-label="Files"
        ref={list}
        style={{ height: `${files.length * rowHeight}px` }}
        onKeyDown={onKeyDown}
      >
        {[...shown]
          .sort((a, b) => a - b)
          .map((index) => {
            const file = files[index];
            return (
              file && (
                <FileRow
                  key={file.path}
                  file={file}
                  index={index}
                  total={files.length}
                  isCurrent={file.path === currentPath}
                  isActive={index === active}
                  canOpen={canOpen}
                  onActivate={setActive}
                  onOpen={onOpen}
                />
              )
            );
          })}
      </ul>
    </div>
  );
}
