import assert from 'node:assert/strict';
import { finishBlueprint } from '../../src/core/finish-blueprint.ts';
import type { RenderedProject } from '../../src/core/rendered-project.ts';
import { sliceContribution } from '../../src/core/slice-contribution.ts';
import type { Slice } from '../../src/core/slices.ts';
import type { Entrance } from '../../src/engines/model/inspection/slot-code.ts';
import { exampleSlice } from '../../src/engines/model/slices/compiled-example.ts';
import { SliceDraft } from '../../src/engines/model/slices/draft.ts';
import { readSlots } from '../../src/engines/model/slices/slots.ts';
import { readTables } from '../../src/engines/model/slices/tables.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../src/render/renderer.ts';
import { blueprint, entity, feature } from './blueprints.ts';

const request = { projectName: 'Test Project', description: '', requirements: 'Members borrow books.' };

/** The slice that models are shown, in the project it is written for. `base` has everything that slices may build on. */
export function exampleProject(): {
  base: RenderedProject;
  project: RenderedProject;
  slice: Slice & { readonly entrances: readonly Entrance[] };
} {
  const title = { name: 'title', label: 'Title', type: 'string', required: true, unique: false } as const;
  const book = { ...entity('Book', 'Books'), fields: [title], titleField: 'title' };
  const borrowBooks = { ...feature('custom'), id: 'borrow-books', title: 'Borrow books' };
  const drafted = finishBlueprint(blueprint([book, entity('Member', 'Members')], [borrowBooks]), fieldTypes);
  const renderer = new ProjectRenderer({ fieldTypes, modules: moduleCatalog });
  const [plan] = renderer.planSlices(drafted);
  assert.ok(plan !== undefined);
  const draft = new SliceDraft(plan, exampleSlice);
  const { tables, problems } = readTables(draft, drafted, fieldTypes);
  assert.deepEqual(problems, []);
  assert.deepEqual(draft.takeStrays(), []);
  const { slots, seeds, entrances, problems: faults } = readSlots(draft, drafted);
  assert.deepEqual(faults, []);
  const slice = { ...sliceContribution(plan, { tables, files: draft.files, packages: {}, slots, seeds }), entrances };
  return { base: renderer.render(drafted, request, []), project: renderer.render(drafted, request, [slice]), slice };
}
