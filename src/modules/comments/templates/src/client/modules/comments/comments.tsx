import { useEffect, useId, useRef, useState } from 'react';
import { usualOrder } from '../../../shared/modules/comments.ts';
import { messageOf } from '../../api/problem.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { Paging } from '../../records/list/paging.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useAnnounce } from '../../ui/toasts.tsx';
import { CommentForm } from './comment-form.tsx';
import { CommentItem } from './comment-item.tsx';
import { type CommentedRecord, listComments, pageSize } from './comments-client.ts';

/** The comments on a record, with a form to add one. */
export function Comments({ about, record }: CommentedRecord) {
  const of = { about, record };
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const [page, setPage] = useState(1);
  const isOneGone = useRef(false);
  const announce = useAnnounce();
  const { status, data, error, reload } = useQuery(
    `comments ${about} ${record} ${page}`,
    (signal) => listComments(of, page, signal),
    { keepPrevious: true },
  );
  const total = data?.total ?? 0;

  useEffect(() => {
    if (data === undefined || !isOneGone.current) return;
    // The comment that had the focus is no longer there.
    isOneGone.current = false;
    title.current?.focus();
  }, [data]);

  const showPage = (next: number): void => {
    if (next === page) reload();
    else setPage(next);
  };

  const added = (): void => {
    announce('Comment added');
    showPage(usualOrder === 'createdAt' ? pagesOf(total + 1) : 1);
  };

  const removed = (): void => {
    announce('Comment deleted');
    isOneGone.current = true;
    showPage(Math.min(page, pagesOf(total - 1)));
  };

  return (
    <section aria-labelledby={titleId} className="mt-10">
      <h2 ref={title} id={titleId} tabIndex={-1} className="font-semibold text-xl tracking-tight">
        Comments
        {data && <span className="ml-2 font-normal text-base text-muted tabular-nums">{total}</span>}
      </h2>
      <div className="mt-4">
        {status === 'loading' && (
          <div className="space-y-3">
            <Loading label="Loading comments…" />
            <Skeleton className="h-20 w-full rounded-2xl" />
          </div>
        )}
        {status === 'failed' && (
          <div role="alert" className="flex flex-wrap items-center gap-3 text-muted">
            <p>The comments could not be loaded. {messageOf(error)}</p>
            <Button onClick={reload}>Try again</Button>
          </div>
        )}
        {data && total === 0 && <p className="text-muted">No comments yet. Write the first one.</p>}
        {data && total > 0 && (
          <ul className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
            {data.items.map((comment) => (
              <CommentItem key={comment.id} comment={comment} onRemoved={removed} />
            ))}
          </ul>
        )}
        {data && <Paging page={page} pages={pagesOf(total)} onPage={setPage} />}
      </div>
      <CommentForm of={of} onAdded={added} />
    </section>
  );
}

/** How many pages so many comments take: at least one. */
function pagesOf(total: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}
