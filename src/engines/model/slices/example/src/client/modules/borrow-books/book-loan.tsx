import type { BookState } from '../../../shared/modules/borrow-books.ts';
import { messageOf } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import { formatDay } from '../../format/dates.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { FailureMessage } from '../../ui/message.tsx';
import { Loading } from '../../ui/skeleton.tsx';

/** Says on the page of a book until when it is out. */
export function BookLoan({ record }: { record: { id: number } }) {
  const load = async (signal: AbortSignal) =>
    (await request(`/api/borrow-books/books/${record.id}`, { signal })) as BookState;
  const state = useQuery(`state of book ${record.id}`, load);
  if (state.status === 'loading') return <Loading label="Loading whether the book is out" />;
  if (state.status === 'failed') {
    return (
      <FailureMessage
        title="Whether the book is out could not be loaded"
        detail={messageOf(state.error)}
        onRetry={state.reload}
      />
    );
  }
  const { dueOn } = state.data;
  return <p className="mt-6 text-muted">{dueOn === null ? 'This book is in.' : `Out until ${formatDay(dueOn)}.`}</p>;
}
