import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { draftSchema } from '../../../../src/engines/model/analysis/draft.ts';
import { analysisPrefix } from '../../../../src/engines/model/analysis/prompt.ts';
import { FakeModel } from '../../../support/fake-model.ts';
import { assertSound } from '../../reading/invariants.ts';
import { read } from './read.ts';

describe('the prompt for reading requirements', () => {
  it('shows an example whose answer is accepted as it stands, and accounts for its sentences', async () => {
    const [, example] = /# An example\n(.+?)\n\nAnswer with/s.exec(analysisPrefix([])) ?? [];
    const [text, json] = example?.split('\n\n') ?? [];
    assert.ok(text && json);
    const requirements = text.replaceAll(/^\[\d+\] /gm, '');
    const value = draftSchema.parse(JSON.parse(json));
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
