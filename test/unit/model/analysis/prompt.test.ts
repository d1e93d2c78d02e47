import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AnalysisFormat } from '../../../../src/engines/model/analysis/analysis-format.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { FakeModel } from '../../../support/fake-model.ts';
import { assertSound } from '../../reading/invariants.ts';
import { read } from './read.ts';

const format = new AnalysisFormat(fieldTypes, []);

describe('the prompt for reading requirements', () => {
  it('names every type of field with what it means', () => {
    for (const { id, meaning } of fieldTypes.specs) {
      assert.ok(format.prefix.includes(meaning === '' ? id : `${id} (${meaning})`), id);
    }
  });

  it('shows an example whose answer is accepted as it stands, and accounts for its sentences', async () => {
    const [, example] = /# An example\n(.+?)\n\nAnswer with/s.exec(format.prefix) ?? [];
    const [text, json] = example?.split('\n\n') ?? [];
    assert.ok(text && json);
    const requirements = text.replaceAll(/^\[\d+\] /gm, '');
    const value = format.schema.parse(JSON.parse(json));
    const port = new FakeModel([{ value }]);
    const { blueprint } = await read({ projectName: 'Rowing Club', description: '', requirements }, port);
    assert.equal(port.prompts.length, 1);
    for (const line of text.split('\n')) assert.ok(port.prompts[0]?.task.includes(line), line);
    assertSound(blueprint, requirements);
    assert.equal(blueprint.entities.find(({ name }) => name === 'Booking')?.titleField, undefined);
    assert.deepEqual(
      blueprint.features.filter(({ kind }) => kind === 'custom').map(({ title }) => title),
      ['Book a boat', 'View own rowing'],
    );
    assert.ok(blueprint.coverage.every(({ coveredBy, note }) => coveredBy.length > 0 || note !== undefined));
    assert.match(blueprint.coverage[2]?.note ?? '', /Nobody signs in/);
  });
});
