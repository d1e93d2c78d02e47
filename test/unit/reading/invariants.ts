import assert from 'node:assert/strict';
import type { BlueprintDraft } from '../../../src/core/blueprint-draft.ts';

const keywords = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static await async implements package protected interface private public undefined arguments eval constructor prototype object array string number boolean date map set error promise'.split(
    ' ',
  ),
);

/** What every blueprint promises beyond its schema. */
export function assertSound(blueprint: BlueprintDraft, requirements: string): void {
  assertNames(blueprint);
  assertReferences(blueprint);
  assertCoverage(blueprint, requirements);
}

function assertDistinct(what: string, values: readonly string[]): void {
  const seen = new Set<string>();
  for (const value of values) {
    const key = value.toLowerCase();
    assert.ok(!seen.has(key), `${what} "${value}" is used twice`);
    seen.add(key);
  }
}

function assertNames(blueprint: BlueprintDraft): void {
  assertDistinct(
    'entity name',
    blueprint.entities.flatMap(({ name, plural }) => [name, plural]),
  );
  assert.ok(blueprint.entities.length <= 24);
  for (const entity of blueprint.entities) {
    for (const name of [entity.name, entity.plural])
      assert.ok(!keywords.has(name.toLowerCase()), `${name} is a keyword`);
    assert.ok(entity.fields.length <= 20);
    const inverses = blueprint.entities.flatMap(({ relations }) =>
      relations.filter(({ target }) => target === entity.name).map(({ inverse }) => inverse),
    );
    const members = [
      ...entity.fields.map(({ name }) => name),
      ...entity.relations.flatMap(({ name }) => [name, `${name}Id`]),
      ...inverses,
    ];
    assertDistinct(`member of ${entity.name}`, members);
    for (const name of members) {
      assert.ok(!['id', 'createdAt', 'updatedAt'].includes(name), `${entity.name}.${name} exists already`);
      assert.ok(!['constructor', 'prototype', 'toString', 'class', 'default', 'function'].includes(name), name);
    }
    const { titleField } = entity;
    assert.ok(titleField === undefined || entity.fields.some(({ name }) => name === titleField));
    for (const field of entity.fields)
      assert.equal(field.type === 'enum', field.values !== undefined, `${field.name} has values`);
  }
  assertDistinct(
    'feature',
    blueprint.features.map(({ id }) => id),
  );
  assertDistinct(
    'actor',
    blueprint.actors.map(({ id }) => id),
  );
  assertDistinct(
    'page',
    blueprint.pages.map(({ id }) => id),
  );
  assertDistinct(
    'route',
    blueprint.pages.map(({ path }) => path),
  );
  assert.equal(blueprint.pages[0]?.kind, 'home');
  for (const { path } of blueprint.pages) assert.ok(!/^\/(?:api|new)(?:\/|$)/.test(path), path);
}

function assertReferences(blueprint: BlueprintDraft): void {
  const { entities, features, actors, pages, coverage } = blueprint;
  const references = new Set([
    'theme:colors',
    'project:name',
    ...features.map(({ id }) => `feature:${id}`),
    ...actors.map(({ id }) => `actor:${id}`),
    ...pages.map(({ id }) => `page:${id}`),
    ...entities.flatMap(({ name, fields, relations }) => [
      `entity:${name}`,
      ...fields.map((field) => `field:${name}.${field.name}`),
      ...relations.map((relation) => `relation:${name}.${relation.name}`),
    ]),
  ]);
  for (const { coveredBy } of coverage)
    for (const reference of coveredBy) assert.ok(references.has(reference), reference);
  const known = new Set(entities.map(({ name }) => name));
  for (const { relations } of entities) for (const { target } of relations) assert.ok(known.has(target), target);
  for (const { entity } of [...features, ...pages]) if (entity !== undefined) assert.ok(known.has(entity));
  for (const { sentences } of [...entities, ...features, ...actors, blueprint.theme]) {
    for (const index of sentences) assert.ok(index < coverage.length);
  }
  const built = new Set(features.filter((feature) => !feature.built).map(({ id }) => `feature:${id}`));
  for (const { coveredBy, note } of coverage) {
    assert.ok(!coveredBy.some((reference) => built.has(reference)), 'what is not built covers nothing');
    assert.ok(coveredBy.length > 0 || note, 'what is not covered says why');
  }
}

function assertCoverage(blueprint: BlueprintDraft, requirements: string): void {
  let at = 0;
  for (const { start, end, text } of blueprint.coverage) {
    assert.ok(start >= at && end > start, 'sentences are in order and do not overlap');
    assert.equal(requirements.slice(start, end), text);
    assertGap(requirements.slice(at, start));
    at = end;
  }
  assertGap(requirements.slice(at));
}

/** Between two sentences stand only spaces, punctuation and the markers of bullets. */
function assertGap(gap: string): void {
  const rest = gap
    .replace(/(?:^|\n|\r|\u2028|\u2029)[ \t>]*\(?(?:\d{1,3}|[a-zA-Z])[.)]/g, '')
    .replace(/\[[ xX]\]/g, '');
  assert.ok(!/[\p{L}\p{N}]/u.test(rest), `"${gap.slice(0, 80)}" is in no sentence`);
}
