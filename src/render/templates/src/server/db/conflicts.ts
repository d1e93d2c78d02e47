import { Problem } from '../http/problem.ts';

/** What PostgreSQL says of an error, https://www.postgresql.org/docs/current/errcodes-appendix.html */
interface DatabaseError {
  readonly code: string;
  readonly table: string;
  readonly detail: string;
}

const foreignKeyViolation = '23503';
const restrictViolation = '23001';
const uniqueViolation = '23505';

/** The conflict behind an error of the database, told by field, or undefined if it is something else. */
export function toConflict(
  error: unknown,
  fieldOf: (table: string, column: string) => string | undefined,
): Problem | undefined {
  const found = databaseError(error);
  if (found === undefined) return undefined;
  // "Key (category_id)=(7) is not present in table "categories"."
  const column = /\("?([^")]+)"?\)=/.exec(found.detail)?.[1] ?? '';
  const field = fieldOf(found.table, column) ?? '';
  if (found.code === uniqueViolation) {
    return new Problem(409, 'Another record has this value.', [{ field, message: 'This is already taken.' }]);
  }
  const isInUse = found.code === restrictViolation || found.detail.includes('still referenced');
  if (isInUse) return new Problem(409, 'Other records need this one. Delete or change them first.');
  return new Problem(409, 'A record that this one refers to does not exist.', [
    { field, message: 'There is no such record.' },
  ]);
}

function databaseError(error: unknown): DatabaseError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!('code' in cause) || typeof cause.code !== 'string') continue;
    if (![foreignKeyViolation, restrictViolation, uniqueViolation].includes(cause.code)) continue;
    const text = (key: string): string => String(Reflect.get(cause, key) ?? '');
    return { code: cause.code, table: text('table'), detail: text('detail') };
  }
  return undefined;
}
