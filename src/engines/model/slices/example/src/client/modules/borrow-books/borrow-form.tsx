import { type FormEvent, useState } from 'react';
import { borrowSchema } from '../../../shared/modules/borrow-books.ts';
import { ApiProblem, messageOf } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import { FormRow } from '../../records/form/form-row.tsx';
import { byField, check, type Problems } from '../../records/form/validation.ts';
import { RecordSelect } from '../../records/record-select.tsx';
import { entities } from '../../resources/entities.ts';
import type { RecordLink } from '../../resources/record.ts';
import { Button } from '../../ui/button.tsx';
import { useAnnounce } from '../../ui/toasts.tsx';

/** Chooses a book and until when. */
export function BorrowForm({ memberId, onBorrowed }: { memberId: number; onBorrowed: () => void }) {
  const [book, setBook] = useState<RecordLink>();
  const [dueOn, setDueOn] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string>();
  const [isSending, setSending] = useState(false);
  const announce = useAnnounce();

  const send = async (): Promise<void> => {
    const checked = check(borrowSchema, { bookId: book?.id, memberId, dueOn });
    setProblems(checked.ok ? {} : checked.problems);
    setFailure(undefined);
    if (!checked.ok) return;
    setSending(true);
    try {
      await request('/api/borrow-books/loans', { method: 'POST', body: checked.input });
      announce('Borrowed');
      setBook(undefined);
      onBorrowed();
    } catch (error) {
      if (error instanceof ApiProblem && error.fields.length > 0) setProblems(byField(error.fields));
      else setFailure(messageOf(error));
    } finally {
      setSending(false);
    }
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };

  return (
    <form noValidate onSubmit={submit} className="space-y-4 rounded-2xl border border-line bg-surface p-6 shadow-soft">
      <h2 className="font-semibold text-xl">Borrow a book</h2>
      <RecordSelect
        entity={entities.book}
        label="Book"
        name="bookId"
        problem={problems.bookId}
        chosen={book}
        onChange={setBook}
      />
      <FormRow name="dueOn" label="Back by" required problem={problems.dueOn}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="field"
            value={dueOn}
            onChange={(event) => setDueOn(event.target.value)}
          />
        )}
      </FormRow>
      {failure !== undefined && (
        <p role="alert" className="rounded-lg bg-danger-tint px-4 py-2 text-danger text-sm">
          {failure}
        </p>
      )}
      <Button type="submit" look="primary" disabled={isSending}>
        Borrow
      </Button>
    </form>
  );
}
