import { z } from 'zod';
import { message } from './message.ts';

/** The bound of PostgreSQL's `integer`. */
const largestId = 2_147_483_647;

/** The id of another record. */
export function reference(label: string) {
  return z.int(message(label, 'the id of a record')).min(1, `${label} must be the id of a record.`).max(largestId);
}

/** The ids of other records, each once. */
export function references(label: string) {
  return z
    .array(z.int(`${label} must be ids of records.`).min(1).max(largestId), message(label, 'a list of ids'))
    .max(500, `${label} must be at most 500 records.`)
    .overwrite((ids) => [...new Set(ids)]);
}

/** What a record says of another one: enough to show and link it. */
export const referenceSchema = z.object({ id: z.int(), label: z.string() });
export type Reference = z.infer<typeof referenceSchema>;
