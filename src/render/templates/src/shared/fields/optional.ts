import type { z } from 'zod';

/** A value that may be left out or null; null is what is stored then. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().default(null as z.util.NoUndefined<z.output<Schema>> | null);
}
