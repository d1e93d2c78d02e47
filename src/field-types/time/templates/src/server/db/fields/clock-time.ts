import { customType } from 'drizzle-orm/pg-core';

/** A time of day, `HH:MM`; PostgreSQL adds seconds. */
export const clockTime = customType<{ data: string; driverData: string }>({
  dataType: () => 'time',
  fromDriver: (value) => value.slice(0, 5),
});
