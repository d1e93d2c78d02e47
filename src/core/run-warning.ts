import * as z from 'zod';

/** A run that ends, and whose application is not what was asked for: the person is told before its files are written. */
export const runWarningSchema = z.object({
  /**
   * `nothing-understood`: nothing in the requirements was. `nothing-to-build`: something was, but nothing of it is stored, shown or done by the
   * application.
   */
  code: z.enum(['nothing-understood', 'nothing-to-build']),
  /** What is wrong and what to do about it, in sentences for the user. */
  message: z.string(),
});
export type RunWarning = z.infer<typeof runWarningSchema>;
