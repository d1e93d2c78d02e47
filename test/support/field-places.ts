import type { RenderedFile } from '../../src/core/rendered-project.ts';
import type { EntityView } from '../../src/emit/project-view.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { FieldTypes } from '../../src/field-types/contract.ts';
import { ProjectRenderer } from '../../src/render/renderer.ts';
import { viewProject } from '../../src/render/view-builder.ts';
import { build as barcodeBuild } from '../fixtures/field-types/barcode/build.ts';
import { spec as barcodeSpec } from '../fixtures/field-types/barcode/spec.ts';
import { entity, field, project, requestFor } from '../unit/render/fixtures.ts';

/** A type that Takoss does not have. */
export const barcode = { spec: barcodeSpec, build: barcodeBuild };

/** The catalogue with one more line. */
export const withBarcode = new FieldTypes([...fieldTypes.all, barcode]);

/** A blueprint whose one entity has a field of a type, required and not. */
export function thingWith(type: string, types: FieldTypes) {
  const options = types.takesValues(type) ? { values: ['Low', 'Very high'] } : {};
  return project('Things', [
    entity('Thing', 'Things', [
      field('name', 'string', { required: true }),
      field('must', type, { required: true, ...options }),
      field('may', type, options),
    ]),
  ]);
}

export function viewThing(type: string, types: FieldTypes): EntityView {
  const blueprint = thingWith(type, types);
  const [thing] = viewProject(blueprint, requestFor(blueprint), types).entities;
  if (thing === undefined) throw new Error('There is no entity.');
  return thing;
}

export function renderThing(type: string, types: FieldTypes): readonly RenderedFile[] {
  const blueprint = thingWith(type, types);
  return new ProjectRenderer({ fieldTypes: types, modules: [] }).render(blueprint, requestFor(blueprint)).files;
}

/** What emitted code of a type uses of its project, and is not there. */
export function forgottenPlaces(type: string, types: FieldTypes): string[] {
  const contents = new Map(renderThing(type, types).map(({ path, content }) => [path, content]));
  return viewThing(type, types)
    .fields.flatMap(({ zodInput, zodRecord, drizzle, client }) => [
      ...zodInput.imports,
      ...zodRecord.imports,
      ...drizzle.imports,
      client.maker,
      ...client.imports,
    ])
    .filter(({ from }) => from.startsWith('src/'))
    .filter(({ name, from }) => !new RegExp(`export (?:function|const|type) ${name}\\b`).test(contents.get(from) ?? ''))
    .map(({ name, from }) => `${name} of ${from}`);
}
