import { type AccessDraft, type AccessRule, accessActions } from './access.ts';
import type { Entity } from './blueprint-draft.ts';

/** How rules of access name what they speak of: by other names, or by ids. What it does not know keeps its name. */
export interface AccessNaming {
  member(entity: string, name: string): string;
  role(actor: string): string;
}

/** A rule of an entity with everything in it renamed. */
export function renamedRule(
  rule: AccessRule,
  entity: Entity,
  entities: readonly Entity[],
  naming: AccessNaming,
): AccessRule {
  if (typeof rule === 'string') return rule;
  if ('role' in rule) return { role: naming.role(rule.role) };
  let at: Entity | undefined = entity;
  const via = rule.via.map((name) => {
    const renamed = at === undefined ? name : naming.member(at.name, name);
    const target = at?.relations.find((relation) => relation.name === name)?.target;
    at = entities.find((candidate) => candidate.name === target);
    return renamed;
  });
  return { via };
}

/** The rules of an entity with everything in them renamed. */
export function renamedAccess(
  access: AccessDraft,
  entity: Entity,
  entities: readonly Entity[],
  naming: AccessNaming,
): AccessDraft {
  const renamed: AccessDraft = { ...access };
  for (const action of accessActions) {
    const rule = access[action];
    if (rule !== undefined) renamed[action] = renamedRule(rule, entity, entities, naming);
  }
  const { publicWhen } = access;
  if (publicWhen === undefined) return renamed;
  return { ...renamed, publicWhen: { ...publicWhen, field: naming.member(entity.name, publicWhen.field) } };
}
