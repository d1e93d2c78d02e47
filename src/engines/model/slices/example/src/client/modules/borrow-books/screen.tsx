import { useState } from 'react';
import { Link } from 'react-router';
import type { Loan } from '../../../shared/modules/borrow-books.ts';
import { messageOf } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import { formatDay } from '../../format/dates.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { RecordSelect, useChosenRecord } from '../../records/record-select.tsx';
import { entities } from '../../resources/entities.ts';
import { recordPath } from '../../resources/record.ts';
import { Button } from '../../ui/button.tsx';
import { FailureMessage, Message } from '../../ui/message.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useAnnounce } from '../../ui/toasts.tsx';
import { BorrowForm } from './borrow-form.tsx';

const api = '/api/borrow-books';

/** Lets members borrow and return books. */
export function Screen() {
  const [member, setMember] = useChosenRecord(entities.member);
  return (
    <div className="container py-10">
      <h1 className="font-bold text-3xl tracking-tight">Borrow books</h1>
      <p className="mt-2 mb-6 text-muted">There is no sign-in: choose who you are.</p>
      <div className="max-w-md">
        <RecordSelect entity={entities.member} label="Member" name="memberId" chosen={member} onChange={setMember} />
      </div>
      {member !== undefined && <Loans key={member.id} memberId={member.id} />}
    </div>
  );
}

function Loans({ memberId }: { memberId: number }) {
  const load = async (signal: AbortSignal) =>
    (await request(`${api}/members/${memberId}/loans?state=open`, { signal })) as Loan[];
  const loans = useQuery(`loans ${memberId}`, load, { keepPrevious: true });
  return (
    <div className="mt-8 grid gap-8 md:grid-cols-2">
      <section>
        <h2 className="mb-4 font-semibold text-xl">Borrowed now</h2>
        {loans.status === 'loading' && (
          <>
            <Loading label="Loading the loans" />
            <Skeleton />
          </>
        )}
        {loans.status === 'failed' && (
          <FailureMessage
            title="The loans could not be loaded"
            detail={messageOf(loans.error)}
            onRetry={loans.reload}
          />
        )}
        {loans.status === 'ready' && <LoanList loans={loans.data} onReturned={loans.reload} />}
      </section>
      <BorrowForm memberId={memberId} onBorrowed={loans.reload} />
    </div>
  );
}

function LoanList({ loans, onReturned }: { loans: readonly Loan[]; onReturned: () => void }) {
  const [returning, setReturning] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const announce = useAnnounce();

  const giveBack = async ({ id, book }: Loan): Promise<void> => {
    setReturning(id);
    setFailure(undefined);
    try {
      await request(`${api}/loans/${id}/return`, { method: 'POST' });
      announce(`${book.label} returned`);
      onReturned();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setReturning(undefined);
    }
  };

  if (loans.length === 0) {
    return (
      <Message icon="inbox" title="Nothing borrowed">
        Borrow a book with the form on this page.
      </Message>
    );
  }
  return (
    <>
      {failure !== undefined && (
        <p role="alert" className="mb-3 rounded-lg bg-danger-tint px-4 py-2 text-danger text-sm">
          {failure}
        </p>
      )}
      <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
        {loans.map((loan) => (
          <li key={loan.id} className="flex items-center justify-between gap-4 px-5 py-3">
            <span>
              <Link
                to={recordPath(entities.book, loan.book.id)}
                className="rounded font-semibold text-link underline underline-offset-4"
              >
                {loan.book.label}
              </Link>
              <span className="ml-2 text-muted text-sm">back by {formatDay(loan.dueOn)}</span>
            </span>
            <Button disabled={returning === loan.id} onClick={() => void giveBack(loan)}>
              Return
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
