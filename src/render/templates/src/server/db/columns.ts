import { sql } from 'drizzle-orm';
import { customType, integer } from 'drizzle-orm/pg-core';

/** The primary key of every table. */
export const id = () => integer('id').primaryKey().generatedAlwaysAsIdentity();

/** A moment, read and written as ISO 8601 in UTC: what the API speaks. */
export const dateTime = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: (value) => new Date(value).toISOString(),
});

/** When a record was created and last changed. */
export const timestamps = () => ({
  createdAt: dateTime('created_at').notNull().default(sql`now()`),
  updatedAt: dateTime('updated_at').notNull().default(sql`now()`),
});
