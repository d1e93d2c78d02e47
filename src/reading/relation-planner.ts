import type { ChosenEntity } from './entities.ts';
import { ownParts } from './lexicon-words.ts';

/** Keeps one relation for each pair of entities, or for each role that one plays for the other. */

export interface RelationPlan {
  from: ChosenEntity;
  to: ChosenEntity;
  kind: 'many-to-one' | 'one-to-one' | 'many-to-many';
  isRequired: boolean;
  /** How the holder calls it where that is not the target's name: `author` for a user. */
  role: readonly string[] | undefined;
  readonly statements: Set<number>;
}

type Role = readonly string[] | undefined;

/** More relations than these between two entities are no relations. */
const maxRoles = 4;

export class RelationPlanner {
  private readonly byPair = new Map<string, RelationPlan[]>();
  /** `A>B` where the text said "A has many B". */
  private readonly manySides = new Set<string>();
  /** `A>B` where the text said "A has one B". */
  private readonly oneSides = new Set<string>();

  belongsTo(from: ChosenEntity, to: ChosenEntity, statement: number, isRequired: boolean, role?: Role): void {
    const known = this.between(from, to, role);
    if (!known) {
      this.put(from, to, 'many-to-one', statement, role, isRequired);
      return;
    }
    known.statements.add(statement);
    if (known.from === from && known.kind !== 'many-to-many') known.isRequired ||= isRequired;
    // "Each user has one profile" and "each profile belongs to one user".
    const isMutual = known.from === to && from !== to && this.oneSides.has(`${to.name}>${from.name}`);
    if (isMutual && known.kind === 'many-to-one')
      Object.assign(known, { from, to, kind: 'one-to-one', isRequired } satisfies Partial<RelationPlan>);
  }

  /** "A project has many tasks": every task belongs to a project, unless the many are shared, as tags are. */
  hasMany(one: ChosenEntity, many: ChosenEntity, statement: number): void {
    this.manySides.add(`${one.name}>${many.name}`);
    const shared = many.noun?.label !== undefined || one.noun?.many?.some((key) => key === many.key) === true;
    if (shared || this.manySides.has(`${many.name}>${one.name}`)) {
      this.manyToMany(one, many, statement);
      return;
    }
    const known = this.between(many, one);
    if (known) known.statements.add(statement);
    else this.put(many, one, 'many-to-one', statement);
  }

  /** "Each user has one profile": the part holds the relation where it is known to have one owner. */
  hasOne(owner: ChosenEntity, part: ChosenEntity, statement: number): void {
    this.oneSides.add(`${owner.name}>${part.name}`);
    const known = this.between(part, owner);
    if (known) {
      known.statements.add(statement);
      if (known.kind === 'many-to-one' && known.from === part) known.kind = 'one-to-one';
    } else if (ownParts.has(part.words.at(-1) ?? '')) this.put(part, owner, 'one-to-one', statement);
    else this.put(owner, part, 'many-to-one', statement);
  }

  manyToMany(from: ChosenEntity, to: ChosenEntity, statement: number, role?: Role): void {
    const known = this.between(from, to, role);
    if (known) {
      known.kind = 'many-to-many';
      known.isRequired = false;
      known.statements.add(statement);
    } else this.put(from, to, 'many-to-many', statement, role);
  }

  /** An activity is about a thing; said the other way round ("add products to the cart") it stays so. */
  about(from: ChosenEntity, to: ChosenEntity, statement: number, isRequired: boolean): void {
    const turned =
      to.noun?.about?.includes(from.key) === true ||
      (to.noun?.parents?.some((key) => key.replace('!', '') === from.key) ?? false);
    const usualWay =
      from.noun?.about?.includes(to.key) === true ||
      (from.noun?.parents?.some((key) => key.replace('!', '') === to.key) ?? false);
    if (turned && !usualWay) this.belongsTo(to, from, statement, isRequired);
    else if (from.noun?.many?.includes(to.key)) this.manyToMany(from, to, statement);
    else this.belongsTo(from, to, statement, isRequired);
  }

  touch(a: ChosenEntity, b: ChosenEntity, statement: number, role?: Role): void {
    const known = this.between(a, b, role);
    if (known) known.statements.add(statement);
    else this.put(a, b, b.noun?.label === 'many' ? 'many-to-many' : 'many-to-one', statement, role);
  }

  unlessRelated(from: ChosenEntity, to: ChosenEntity, kind: RelationPlan['kind'], isRequired: boolean): void {
    if ((this.byPair.get(pair(from, to)) ?? []).length === 0)
      this.put(from, to, kind, undefined, undefined, isRequired);
  }

  hasParentAmong(entity: ChosenEntity, targets: readonly (ChosenEntity | undefined)[]): boolean {
    return targets.some(
      (target) => target && this.byPair.get(pair(entity, target))?.some(({ from }) => from === entity),
    );
  }

  /** Whether the text says of the entity that it always belongs to something. */
  isPlaced(entity: ChosenEntity): boolean {
    return [...this.byPair.values()].some((plans) =>
      plans.some(
        ({ from, to, isRequired, statements }) =>
          from === entity && isRequired && statements.size > 0 && to.noun?.label === undefined,
      ),
    );
  }

  /** In the order of the entities. Nothing is required in a circle, or for one of several things it can be about. */
  finish(entities: readonly ChosenEntity[], oneToOne: ReadonlySet<number>): RelationPlan[] {
    const all = [...this.byPair.values()].flat();
    for (const plan of all) {
      if (plan.kind === 'many-to-one' && [...plan.statements].some((index) => oneToOne.has(index)))
        plan.kind = 'one-to-one';
    }
    const order = new Map(entities.map((entity, index) => [entity, index]));
    const place = (entity: ChosenEntity) => order.get(entity) ?? 0;
    all.sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to));
    for (const entity of entities) {
      const about = all.filter((plan) => plan.from === entity && plan.isRequired && entity.noun?.activity === true);
      if (about.length > 1) for (const plan of about) plan.isRequired = false;
    }
    const requires = new Map<ChosenEntity, Set<ChosenEntity>>();
    for (const plan of all) {
      if (plan.kind === 'many-to-many' || !plan.isRequired) continue;
      if (plan.from === plan.to || reaches(requires, plan.to, plan.from)) plan.isRequired = false;
      else requires.set(plan.from, (requires.get(plan.from) ?? new Set<ChosenEntity>()).add(plan.to));
    }
    const names = new Set(entities.map(({ name }) => name));
    // A many-to-many whose join has become an entity of its own ("order item") needs no second one.
    return all.filter(
      (plan) =>
        plan.kind !== 'many-to-many' ||
        !(names.has(plan.from.name + plan.to.name) || names.has(plan.to.name + plan.from.name)),
    );
  }

  /**
   * The relation between two entities that the words can mean: the one with the same role, or where only one of two names
   * a role, the only one there is. What has no role so far takes the one it is given.
   */
  private between(from: ChosenEntity, to: ChosenEntity, role?: Role): RelationPlan | undefined {
    const plans = this.byPair.get(pair(from, to)) ?? [];
    const same = plans.find((plan) => plan.role?.join(' ') === role?.join(' '));
    if (same) return same;
    if (plans.length >= maxRoles) return plans[0];
    const [only] = plans;
    if (!only || plans.length > 1 || only.from !== from || (from === to && only.role && role)) return undefined;
    if (only.role !== undefined && role !== undefined) return undefined;
    only.role ??= role;
    return only;
  }

  private put(
    from: ChosenEntity,
    to: ChosenEntity,
    kind: RelationPlan['kind'],
    statement: number | undefined,
    role?: Role,
    isRequired = false,
  ): void {
    const plan = { from, to, kind, isRequired, role, statements: new Set(statement === undefined ? [] : [statement]) };
    const key = pair(from, to);
    this.byPair.set(key, [...(this.byPair.get(key) ?? []), plan]);
  }
}

function pair(a: ChosenEntity, b: ChosenEntity): string {
  return a.name < b.name ? `${a.name} ${b.name}` : `${b.name} ${a.name}`;
}

function reaches(
  edges: ReadonlyMap<ChosenEntity, ReadonlySet<ChosenEntity>>,
  from: ChosenEntity,
  to: ChosenEntity,
): boolean {
  const seen = new Set<ChosenEntity>();
  const stack = [from];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    stack.push(...(edges.get(next) ?? []));
  }
  return false;
}
