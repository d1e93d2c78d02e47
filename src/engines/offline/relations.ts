import type { Choice, ChosenEntity } from './entities.ts';
import type { Evidence, OwnedProperty } from './evidence.ts';
import { enumFields, fieldNouns } from './lexicon-fields.ts';

/** Decides how entities belong together: first what the text says, then what is usual. */

export interface RelationPlan {
  readonly from: ChosenEntity;
  readonly to: ChosenEntity;
  kind: 'many-to-one' | 'one-to-one' | 'many-to-many';
  isRequired: boolean;
  /** How the holder calls it where that is not the target's name: `author` for a user. */
  readonly role: readonly string[] | undefined;
  readonly statements: Set<number>;
}

export interface RelationResult {
  readonly relations: readonly RelationPlan[];
  /** The properties that are no relations: what fields are made of. */
  readonly fieldsOf: ReadonlyMap<ChosenEntity, readonly OwnedProperty[]>;
}

export function planRelations(evidence: Evidence, choice: Choice): RelationResult {
  const planner = new RelationPlanner();
  const fieldsOf = new Map<ChosenEntity, OwnedProperty[]>(choice.entities.map((entity) => [entity, []]));
  for (const owned of evidence.properties) {
    const owner = choice.resolve(owned.owner);
    if (!owner) continue;
    const target = relationTarget(owned, owner, choice);
    if (!target) fieldsOf.get(owner)?.push(owned);
    else if (target !== owner) {
      if (!owned.isGiven) planner.touch(owner, target, owned.statement);
      else if (owned.property.many ?? owned.property.isPlural) planner.hasMany(owner, target, owned.statement);
      else planner.belongsTo(owner, target, owned.statement, false);
    }
  }
  for (const link of evidence.links) {
    const from = choice.resolve(link.from);
    const to = choice.resolve(link.to);
    if (!from || !to || from === to) continue;
    if (link.kind === 'many-to-many') planner.manyToMany(from, to, link.statement);
    else if (link.kind === 'has-many') planner.hasMany(from, to, link.statement);
    else if (link.kind === 'belongs-to') planner.belongsTo(from, to, link.statement, link.isRequired);
    else planner.about(from, to, link.statement, link.isRequired);
  }
  for (const entity of choice.entities) usual(entity, choice, planner);
  return { relations: planner.finish(choice.entities), fieldsOf };
}

/** The entity a property stands for, if it is more than a word on the record. */
function relationTarget({ property }: OwnedProperty, owner: ChosenEntity, choice: Choice): ChosenEntity | undefined {
  if (property.concept === undefined || property.type !== undefined || property.values) return undefined;
  const target = choice.resolve(property.concept);
  if (!target) return undefined;
  const last = property.words.at(-1) ?? '';
  // "title" of a record is never a link; "category" and "author" are, when there are such things.
  if (fieldNouns.has(last) && target.noun === undefined) return undefined;
  if (enumFields.test(last) && target.noun?.label === undefined && target.noun === undefined) return undefined;
  if (target === owner) return undefined;
  return target;
}

/** What is usual: comments are about posts, tasks belong to projects, posts have tags. */
function usual(entity: ChosenEntity, choice: Choice, planner: RelationPlanner): void {
  const { noun } = entity;
  if (!noun) return;
  const find = (key: string) =>
    choice.entities.find((other) => other.key === key) ??
    choice.entities.find((other) => other.key.endsWith(` ${key}`));
  for (const parent of noun.parents ?? []) {
    const target = find(parent.replace('!', ''));
    if (target && target !== entity) planner.unlessRelated(entity, target, 'many-to-one', parent.endsWith('!'));
  }
  if (noun.about && !planner.hasParentAmong(entity, noun.about.map(find))) {
    const target = noun.about.map(find).find((candidate) => candidate && candidate !== entity);
    if (target) planner.unlessRelated(entity, target, 'many-to-one', true);
  }
  for (const key of noun.many ?? []) {
    const target = find(key);
    if (target && target !== entity) planner.unlessRelated(entity, target, 'many-to-many', false);
  }
}

class RelationPlanner {
  private readonly byPair = new Map<string, RelationPlan>();
  /** Pairs of which the text said both "A has many B" and "B has many A". */
  private readonly manySides = new Set<string>();

  belongsTo(from: ChosenEntity, to: ChosenEntity, statement: number, isRequired: boolean): void {
    const known = this.between(from, to);
    if (known) {
      known.statements.add(statement);
      if (known.from === from && known.kind !== 'many-to-many') known.isRequired ||= isRequired;
      return;
    }
    this.put({ from, to, kind: 'many-to-one', isRequired, role: undefined, statements: new Set([statement]) });
  }

  /** "A project has many tasks": every task belongs to a project, unless the many are shared, as tags are. */
  hasMany(one: ChosenEntity, many: ChosenEntity, statement: number): void {
    this.manySides.add(`${one.name}>${many.name}`);
    const shared = many.noun?.label !== undefined || one.noun?.many?.some((key) => key === many.key) === true;
    if (shared || this.manySides.has(`${many.name}>${one.name}`)) {
      this.manyToMany(one, many, statement);
      return;
    }
    const known = this.between(one, many);
    if (known) known.statements.add(statement);
    else
      this.put({
        from: many,
        to: one,
        kind: 'many-to-one',
        isRequired: false,
        role: undefined,
        statements: new Set([statement]),
      });
  }

  manyToMany(from: ChosenEntity, to: ChosenEntity, statement: number): void {
    const known = this.between(from, to);
    if (known) {
      known.kind = 'many-to-many';
      known.isRequired = false;
      known.statements.add(statement);
    } else
      this.put({
        from,
        to,
        kind: 'many-to-many',
        isRequired: false,
        role: undefined,
        statements: new Set([statement]),
      });
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

  touch(a: ChosenEntity, b: ChosenEntity, statement: number): void {
    const known = this.between(a, b);
    if (known) known.statements.add(statement);
    else
      this.put({
        from: a,
        to: b,
        kind: b.noun?.label === 'many' ? 'many-to-many' : 'many-to-one',
        isRequired: false,
        role: undefined,
        statements: new Set([statement]),
      });
  }

  unlessRelated(from: ChosenEntity, to: ChosenEntity, kind: RelationPlan['kind'], isRequired: boolean): void {
    if (this.between(from, to)) return;
    this.put({ from, to, kind, isRequired, role: undefined, statements: new Set() });
  }

  hasParentAmong(entity: ChosenEntity, targets: readonly (ChosenEntity | undefined)[]): boolean {
    return targets.some((target) => target && this.byPair.get(pair(entity, target))?.from === entity);
  }

  /** In the order of the entities. Nothing is required in a circle, or for one of several things it can be about. */
  finish(entities: readonly ChosenEntity[]): RelationPlan[] {
    const all = [...this.byPair.values()];
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

  private between(a: ChosenEntity, b: ChosenEntity): RelationPlan | undefined {
    return this.byPair.get(pair(a, b));
  }

  private put(plan: RelationPlan): void {
    this.byPair.set(pair(plan.from, plan.to), plan);
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
