import { z } from 'zod';
import { date } from '../fields/date.ts';
import { reference, referenceSchema } from '../fields/reference.ts';

/** What it takes to borrow a book. */
export const borrowSchema = z.object({
  bookId: reference('Book'),
  memberId: reference('Member'),
  dueOn: date('Back by'),
});

export const loanSchema = z.object({
  id: z.int(),
  book: referenceSchema,
  dueOn: z.string(),
  returnedAt: z.string().nullable(),
});
export type Loan = z.infer<typeof loanSchema>;

/** Until when a book is out; null where it is in. */
export const bookStateSchema = z.object({ dueOn: z.string().nullable() });
export type BookState = z.infer<typeof bookStateSchema>;
