import * as z from 'zod';

/** What was done to make sure that a slice works. */
export const sliceChecks = ['syntax', 'imports', 'types', 'lint', 'tests'] as const;
export type SliceCheck = (typeof sliceChecks)[number];

/** Those that need the project's packages. */
export const projectChecks: readonly SliceCheck[] = ['types', 'lint', 'tests'];

/** What became of a slice, for the user. */
export const sliceOutcomeSchema = z.object({
  /** The feature's id and title. */
  feature: z.string(),
  title: z.string(),
  status: z.enum(['writing', 'checking', 'repairing', 'accepted', 'left-out']),
  /** Why it was left out, a sentence. */
  reason: z.string().optional(),
  /** The checks it passed. */
  checked: z.array(z.enum(sliceChecks)).optional(),
  /** Why it did not go through the others, as a sentence. */
  whyUnchecked: z.string().optional(),
  /** Whether it was kept from an earlier run and cost nothing now. */
  isKept: z.boolean().optional(),
});
export type SliceOutcome = z.infer<typeof sliceOutcomeSchema>;
