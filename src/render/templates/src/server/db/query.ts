import { eq, getTableColumns, ilike, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Reference } from '../../shared/fields/reference.ts';

/** The condition of a filter, or none where the filter is not set. */
export function equals(column: PgColumn, value: string | number | boolean | undefined): SQL | undefined {
  return value === undefined ? undefined : eq(column, value);
}

/** Rows in which one of the texts contains another, whatever its case. `%` and `_` stand for themselves. */
export function contains(text: string | undefined, texts: readonly (PgColumn | SQL)[]): SQL | undefined {
  if (!text) return undefined;
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return or(...texts.map((one) => ilike(one, pattern)));
}

/**
 * The order for `title` or `-title`; the newest first where nothing is asked for. Text is compared without its case, and
 * what is empty comes last. The id decides between equals, so that no record is on two pages.
 */
export function ordered(sort: string | undefined, table: PgTable & { id: PgColumn }): SQL[] {
  const columns: Readonly<Record<string, PgColumn>> = getTableColumns(table);
  const key = sort ?? '-id';
  const column = columns[key.replace(/^-/, '')] ?? table.id;
  const direction = key.startsWith('-') ? sql`desc` : sql`asc`;
  const value = column.getSQLType() === 'text' ? sql`lower(${column})` : sql`${column}`;
  return [sql`${value} ${direction} nulls last`, sql`${table.id} ${direction}`];
}

/** What a record is called where another one refers to it: without a title it goes by its number. */
export function labelOf(title: PgColumn | null, id: PgColumn, noun: string): SQL<string> {
  return sql<string>`coalesce(nullif(${title}::text, ''), ${`${noun} `} || ${id}::text)`;
}

/** The linked records of each source. */
export function groupLinks(links: readonly (Reference & { source: number })[]): Map<number, Reference[]> {
  const groups = new Map<number, Reference[]>();
  for (const { source, id, label } of links) {
    const group = groups.get(source);
    if (group === undefined) groups.set(source, [{ id, label }]);
    else group.push({ id, label });
  }
  return groups;
}
