import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withSlices } from '../../src/core/slice-coverage.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../src/render/renderer.ts';
import { type SliceProjectName, sliceProject } from '../support/slices.ts';

/** Writes a project with its features to a folder. Returns the pages of its features. */
export async function writeWithFeatures(name: SliceProjectName, folder: string): Promise<readonly string[]> {
  const { request, blueprint, slices } = await sliceProject(name);
  const built = withSlices(blueprint, { accepted: slices, outcomes: [] });
  for (const { path, content } of new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
    built,
    request,
    slices,
  ).files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return slices.map(({ plan }) => plan.page);
}

/** What is kept by features with tables of their own: where, and something to keep. */
const kept: Partial<Record<SliceProjectName, { path: string; body: object }>> = {
  crm: {
    path: '/api/log-calls',
    body: { contactId: 1, calledAt: '2026-03-02T09:30:00.000Z', outcome: 'reached', notes: 'A call', remindOn: null },
  },
  studio: { path: '/api/guest-book', body: { author: 'Ana', message: 'Lovely light.' } },
};

/** Stores something with a feature. Returns a function that checks whether another server still has it. */
export async function storeWithFeature(
  name: SliceProjectName | undefined,
  url: string,
): Promise<(url: string) => Promise<void>> {
  const sample = name === undefined ? undefined : kept[name];
  if (sample === undefined) return async () => {};
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url + sample.path, { method: 'POST', body: JSON.stringify(sample.body), headers });
  const stored = await response.json();
  assert.equal(response.status, 201, JSON.stringify(stored));
  return async (again) => {
    const list = await (await fetch(again + sample.path)).json();
    assert.deepEqual(list[0], stored);
  };
}
