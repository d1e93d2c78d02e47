import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { AnalysisFormat } from '../../../src/engines/model/analysis/analysis-format.ts';
import { OfflineEngine } from '../../../src/engines/offline/offline-engine.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import type { FieldTypes } from '../../../src/field-types/contract.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { withBarcode } from '../../support/field-places.ts';

const request = {
  projectName: 'Stock Room',
  description: 'Keeps stock.',
  requirements: 'Product: name, barcode, price (EUR), stock, description',
};

async function generate(types: FieldTypes) {
  const steps = new OfflineEngine({ fieldTypes: types, modules: [] }).analyze(request, {
    signal: new AbortController().signal,
  });
  for (;;) {
    const step = await steps.next();
    if (!step.done) continue;
    const blueprint = finishBlueprint(step.value, types);
    return { blueprint, project: new ProjectRenderer({ fieldTypes: types, modules: [] }).render(blueprint, request) };
  }
}

describe('a type of field that is one folder and one line', () => {
  it('is read, told to models, and rendered as code that the formatter and the linter of the application pass', async () => {
    const { blueprint, project } = await generate(withBarcode);
    const product = blueprint.entities.find(({ name }) => name === 'Product');
    assert.equal(product?.fields.find(({ name }) => name === 'barcode')?.type, 'barcode');
    assert.match(new AnalysisFormat(withBarcode, []).prefix, /barcode \(the 8 or 13 digits under the bars\)/);
    const folder = await mkdtemp(join(tmpdir(), 'takoss-barcode-'));
    try {
      for (const { path, content } of project.files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      await promisify(execFile)(resolve('node_modules/.bin/biome'), ['check', '.'], { cwd: folder });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is unknown without its line, and no blueprint may have it', async () => {
    const { blueprint } = await generate(fieldTypes);
    const product = blueprint.entities.find(({ name }) => name === 'Product');
    assert.equal(product?.fields.find(({ name }) => name === 'barcode')?.type, 'string');
    const { blueprint: strange } = await generate(withBarcode);
    const draft = { ...strange, version: 1 as const, theme: { ...strange.theme, sentences: [] }, coverage: [] };
    const entities = strange.entities.map(({ access: _, ...entity }) => ({ ...entity, sentences: [] }));
    const actors = strange.actors.map((actor) => ({ ...actor, sentences: [] }));
    const features = strange.features.map((feature) => ({ ...feature, sentences: [] }));
    const modules: [] = [];
    assert.throws(
      () => finishBlueprint({ ...draft, entities, actors, features, modules }, fieldTypes),
      /Product: "barcode" is a "barcode", which is no type of field: give it one of string, text, /,
    );
  });
});
