import { useState } from 'react';
import type { Comment } from '../../../shared/modules/comments.ts';
import { messageOf } from '../../api/problem.ts';
import { formatMoment } from '../../format/dates.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { removeComment } from './comments-client.ts';

interface CommentItemProps {
  comment: Comment;
  /** Called when the comment is gone. */
  onRemoved: () => void;
}

/** One comment, with a way to delete it after asking. */
export function CommentItem({ comment: { id, author, body, createdAt }, onRemoved }: CommentItemProps) {
  const [state, setState] = useState<'closed' | 'asking' | 'deleting'>('closed');
  const [failure, setFailure] = useState<string>();

  const remove = async (): Promise<void> => {
    setState('deleting');
    setFailure(undefined);
    try {
      await removeComment(id);
    } catch (error) {
      setFailure(messageOf(error));
      setState('asking');
      return;
    }
    setState('closed');
    onRemoved();
  };

  const cancel = (): void => {
    setFailure(undefined);
    setState('closed');
  };

  return (
    <li className="flex gap-3 px-5 py-4">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <strong className="break-words font-semibold">{author}</strong>
          <time dateTime={createdAt} className="text-muted text-sm">
            {formatMoment(createdAt)}
          </time>
        </p>
        <p className="mt-1 max-w-prose whitespace-pre-line break-words leading-relaxed">{body}</p>
      </div>
      <button
        type="button"
        className="-mt-1.5 -mr-2 grid size-10 shrink-0 place-items-center rounded-lg text-muted hover:bg-subtle hover:text-ink"
        aria-label={`Delete the comment by ${author}`}
        onClick={() => setState('asking')}
      >
        <Icon name="trash" className="size-4" />
      </button>
      {state !== 'closed' && (
        <ConfirmDialog
          title="Delete this comment?"
          action={state === 'deleting' ? 'Deleting…' : 'Delete'}
          busy={state === 'deleting'}
          onConfirm={() => void remove()}
          onCancel={cancel}
        >
          <p>
            What <strong className="text-ink">{author}</strong> wrote will be gone for good. This cannot be undone.
          </p>
          {failure && (
            <p role="alert" className="mt-3 rounded-lg bg-danger-tint p-3 text-danger text-sm">
              {failure}
            </p>
          )}
        </ConfirmDialog>
      )}
    </li>
  );
}
