import { desc } from 'drizzle-orm';
import type { GuardedDatabase } from '../../db/guarded-database.ts';
import { books, members } from '../../db/schema.ts';
import { loans } from './tables.ts';

const fortnight = 14 * 24 * 3600_000;

/** The latest book is out to the latest member. */
export async function addLoans(db: GuardedDatabase): Promise<void> {
  const [book] = await db.select({ id: books.id }).from(books).orderBy(desc(books.id)).limit(1);
  const [member] = await db.select({ id: members.id }).from(members).orderBy(desc(members.id)).limit(1);
  if (book === undefined || member === undefined) return;
  const dueOn = new Date(Date.now() + fortnight).toISOString().slice(0, 10);
  await db.insert(loans).values({ bookId: book.id, memberId: member.id, dueOn });
}
