import * as z from 'zod';
import { accessSchema } from './access.ts';
import { identifier, slug, typeName } from './blueprint-draft.ts';

const member = z.object({ id: slug, name: identifier });

/** What a later generation of a project takes over from an earlier blueprint: ids by names, and access. */
export const earlierDesignSchema = z.object({
  entities: z
    .array(
      z
        .object({
          id: slug,
          name: typeName,
          access: accessSchema,
          fields: z.array(member),
          relations: z.array(member),
        })
        .refine(({ fields, relations }) => areUnique([...fields, ...relations]), 'has a member or an id twice'),
    )
    .refine(areUnique, 'has an entity or an id twice'),
});
export type EarlierDesign = z.infer<typeof earlierDesignSchema>;

function areUnique(items: readonly { readonly id: string; readonly name: string }[]): boolean {
  const count = (of: readonly string[]): number => new Set(of).size;
  return count(items.map(({ id }) => id)) === items.length && count(items.map(({ name }) => name)) === items.length;
}
