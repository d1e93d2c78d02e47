import * as z from 'zod';

export const commentOptions = z.strictObject({
  /** Which comments stand first. */
  first: z.enum(['oldest', 'newest']).default('oldest'),
});
export type CommentOptions = z.infer<typeof commentOptions>;
