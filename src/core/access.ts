import * as z from 'zod';

/** Who may do something: everyone, whoever has signed in, people of a role, or those to whom relations of the record lead (an owner, a patient's doctor). */
export const accessRuleSchema = z.union([
  z.literal('everyone'),
  z.literal('signedIn'),
  /** The id of an actor. */
  z.object({ role: z.string().min(1) }),
  /** Ids of relations, one after another, from the record to the person. */
  z.object({ via: z.array(z.string().min(1)).min(1) }),
]);
export type AccessRule = z.infer<typeof accessRuleSchema>;

/** What can be done with records of an entity. */
export const accessActions = ['list', 'view', 'create', 'change', 'delete'] as const;
export type AccessAction = (typeof accessActions)[number];

export const accessSchema = z.object({
  list: accessRuleSchema,
  view: accessRuleSchema,
  create: accessRuleSchema,
  change: accessRuleSchema,
  delete: accessRuleSchema,
  /** Records that everyone may list and view, whatever the rules above say: those whose field, by its id, has one of these values. */
  publicWhen: z.object({ field: z.string().min(1), values: z.array(z.string()).min(1) }).optional(),
});
export type Access = z.infer<typeof accessSchema>;

/** As much as a text says. */
export const accessDraftSchema = accessSchema.partial();
export type AccessDraft = z.infer<typeof accessDraftSchema>;

/** What holds where the text says nothing. */
export const openAccess: Access = {
  list: 'everyone',
  view: 'everyone',
  create: 'everyone',
  change: 'everyone',
  delete: 'everyone',
};

/** Rules with those that are missing: everyone may. */
export function completeAccess({ publicWhen, ...rules }: AccessDraft): Access {
  const access: Access = { ...openAccess };
  for (const action of accessActions) access[action] = rules[action] ?? openAccess[action];
  return publicWhen === undefined ? access : { ...access, publicWhen };
}

/** Whether everyone may do everything. */
export function isOpen(access: Access): boolean {
  return accessActions.every((action) => access[action] === 'everyone');
}
