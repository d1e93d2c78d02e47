import { type Access, accessActions } from './access.ts';
import type { Blueprint, Entity } from './blueprint.ts';
import { ruleFault } from './blueprint-faults.ts';

/** Rules from an earlier blueprint as far as they still lead somewhere. What does not is kept to those who have signed in, and never opened to everyone. */
export function keptAccess(access: Access, entity: Entity, now: Pick<Blueprint, 'entities' | 'actors'>): Access {
  const { publicWhen, ...rules } = access;
  for (const action of accessActions) {
    if (ruleFault(rules[action], entity, now) !== undefined) rules[action] = 'signedIn';
  }
  const isKnown = publicWhen !== undefined && entity.fields.some(({ id }) => id === publicWhen.field);
  return isKnown ? { ...rules, publicWhen } : rules;
}
