import type { Entity, Field, Relation } from '../core/blueprint-draft.ts';
import { type Choice, type ChosenEntity, maxEntities } from './entities.ts';
import type { FieldWords } from './field-words.ts';
import { type FieldDraft, fieldOf, lexiconFields, maxFields, planFields, titleDraft } from './fields.ts';
import { comparable, MemberNamer } from './names.ts';
import type { RelationPlan } from './relation-planner.ts';
import type { RelationResult } from './relations.ts';
import { camelCase, plural, sentenceCase } from './words.ts';

/** Puts fields and relations together into entities whose names do not collide. */

export interface Assembly {
  readonly entities: Entity[];
  /** `field:Post.title` and `relation:Post.category` to the statements that ask for them. */
  readonly fields: ReadonlyMap<string, readonly number[]>;
  readonly relations: ReadonlyMap<string, readonly number[]>;
  readonly remarks: ReadonlyMap<number, readonly string[]>;
}

interface Draft {
  readonly entity: ChosenEntity;
  readonly namer: MemberNamer;
  readonly fields: Field[];
  readonly relations: Relation[];
  titleField: string;
}

/** A person's name on a record that is linked to the person says the same thing twice. */
const personName =
  /^(?:client|guest|student|borrower|renter|applicant|subscriber|voter|donor|player|bidder|buyer|customer|patient) name$/;

export function assembleEntities(choice: Choice, result: RelationResult, fieldWords: FieldWords): Assembly {
  const fields = new Map<string, readonly number[]>();
  const relations = new Map<string, number[]>();
  const remarks = new Map<number, string[]>();
  const remark = (statement: number, text: string) => {
    const list = remarks.get(statement) ?? [];
    if (!list.includes(text)) list.push(text);
    remarks.set(statement, list);
  };
  for (const { label, statements } of choice.cut) {
    for (const statement of statements)
      remark(
        statement,
        `"${sentenceCase(label.split(' '))}" was left out: an application has at most ${maxEntities} entities.`,
      );
  }
  const drafts = new Map<ChosenEntity, Draft>();
  for (const entity of choice.entities) {
    const namer = new MemberNamer();
    const plan = planFields(entity, result.fieldsOf.get(entity) ?? [], result.givenLinks.get(entity) ?? 0, fieldWords);
    for (const statement of plan.cut)
      remark(statement, `Some fields of "${entity.label}" were left out: an entity has at most ${maxFields}.`);
    const mine = result.relations.filter(({ from }) => from === entity);
    const kept = withoutRelated(plan.drafts, mine);
    const all = kept.length > 0 ? kept : fallback();
    const title = titleDraft(all, fieldWords);
    const draft: Draft = { entity, namer, fields: [], relations: [], titleField: '' };
    for (const item of all) {
      const name = namer.field(namingWords(item.words));
      draft.fields.push(fieldOf(item, name, item === title, fieldWords));
      if (item === title) draft.titleField = name;
      fields.set(`field:${entity.name}.${name}`, item.statements);
    }
    drafts.set(entity, draft);
  }
  for (const plan of result.relations) relate(plan, drafts, relations);
  const entities = choice.entities.flatMap((entity): Entity[] => {
    const draft = drafts.get(entity);
    if (!draft) return [];
    return [
      {
        name: entity.name,
        plural: entity.plural,
        label: entity.label,
        pluralLabel: entity.pluralLabel,
        description: describeEntity(entity, draft),
        fields: draft.fields,
        relations: draft.relations,
        titleField: draft.titleField,
        sentences: [...entity.statements],
      },
    ];
  });
  return { entities, fields, relations, remarks };
}

function fallback(): FieldDraft[] {
  return lexiconFields('name!, description').map((property) => ({ words: property.words, property, statements: [] }));
}

/** "e mail" is one word. */
function namingWords(words: readonly string[]): string[] {
  return words
    .join(' ')
    .replace(/\be mails?\b/g, 'email')
    .replace(/\b(email|web) address$/, '$1')
    .split(' ');
}

/** Fields that say what a relation says are dropped. */
function withoutRelated(drafts: readonly FieldDraft[], relations: readonly RelationPlan[]): FieldDraft[] {
  const targets = new Set(relations.flatMap(({ to }) => [to.key, `${to.key} name`, camelCase(to.words)]));
  const roles = new Set(relations.flatMap(({ role }) => (role ? [role.join(' ')] : [])));
  const hasPerson = relations.some(({ to }) => to.noun?.person === true);
  return drafts.flatMap((draft) => {
    const name = draft.words.join(' ');
    if (hasPerson && draft.statements.length === 0 && personName.test(name)) {
      const [reference] = lexiconFields('reference!');
      return reference ? [{ words: reference.words, property: reference, statements: [] }] : [];
    }
    if (roles.has(name)) return [];
    if (targets.has(name) && (draft.statements.length === 0 || targets.has(draft.property.concept ?? ''))) return [];
    return [draft];
  });
}

function relate(plan: RelationPlan, drafts: ReadonlyMap<ChosenEntity, Draft>, relations: Map<string, number[]>): void {
  const holder = drafts.get(plan.from);
  const target = drafts.get(plan.to);
  if (!holder || !target) return;
  const words = plan.role ?? (plan.from === plan.to ? ['parent', ...plan.to.words] : plan.to.words);
  const taken = holder.fields.find(({ name }) => comparable(name) === comparable(camelCase(words)));
  const name = holder.namer.relation(taken ? [...words, 'link'] : words);
  const inverse = target.namer.inverse(plan.kind === 'one-to-one' ? plan.from.words : plural(plan.from.words), words);
  holder.relations.push({
    name,
    label: plan.role || plan.from === plan.to ? sentenceCase(words) : plan.to.label,
    kind: plan.kind,
    target: plan.to.name,
    required: plan.kind !== 'many-to-many' && plan.isRequired,
    inverse,
  });
  relations.set(
    `relation:${plan.from.name}.${name}`,
    [...plan.statements].sort((a, b) => a - b),
  );
}

function describeEntity(entity: ChosenEntity, draft: Draft): string {
  const labels = draft.fields.slice(0, 4).map(({ label }) => label.charAt(0).toLowerCase() + label.slice(1));
  const last = labels.pop();
  const list = labels.length > 0 ? `${labels.join(', ')} and ${last}` : (last ?? '');
  return `${entity.pluralLabel} with ${list}.`.slice(0, 500);
}
