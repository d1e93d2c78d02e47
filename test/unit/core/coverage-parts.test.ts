import assert from 'node:assert/strict';
import { splitCoverage } from '../../../src/core/coverage-parts.ts';
import type { Phrase, PhraseState } from '../../../src/core/phrases.ts';
import { coverageFacts } from '../../../src/core/run-words.ts';

const built: PhraseState = { kind: 'built', by: ['entity:Book'] };
const missing = (why: string): PhraseState => ({ kind: 'not-built', why });

/** Sentences with the states of their phrases. */
function coverageOf(...said: readonly (readonly [text: string, ...states: PhraseState[]])[]) {
  const sentences = said.map(([text]) => ({ text, start: 0, end: text.length }));
  const phrases = said.flatMap(([text, ...states], sentence) =>
    states.map(
      (state): Phrase => ({
        sentence,
        text,
        start: 0,
        end: text.length,
        mood: 'statement',
        negated: false,
        confidence: 1,
        alternatives: [],
        state,
      }),
    ),
  );
  return { sentences, phrases };
}

describe('how sentences are covered', () => {
  const parts = splitCoverage(
    coverageOf(
      ['Members lend books.', built],
      ['Members lend books and are sent an e-mail.', built, missing('Sending e-mail is not built.')],
      ['Glarp and plugh.', missing('No glarp.'), missing('No plugh.'), missing('No glarp.')],
      ['Books have a title, but no picture.', built, { kind: 'left-out' }],
      ['No shop.', { kind: 'left-out' }],
      ['Loans may be charged later.', { kind: 'later' }],
      ['We are a library.', { kind: 'context' }],
    ),
  );

  it('tells what became of each, all its phrases counted', () => {
    assert.deepEqual(parts, {
      covered: ['Members lend books.', 'Books have a title, but no picture.'],
      inPart: [{ text: 'Members lend books and are sent an e-mail.', note: 'Sending e-mail is not built.' }],
      uncovered: [{ text: 'Glarp and plugh.', note: 'No glarp. No plugh.' }],
      leftOut: ['No shop.'],
      later: ['Loans may be charged later.'],
      context: ['We are a library.'],
    });
  });

  it('is said in figures, of those that ask for something', () => {
    assert.deepEqual(coverageFacts(parts), [
      '2 of 6 sentences covered',
      '1 in part',
      '1 left out as asked',
      '1 for later',
      '1 asks for nothing',
    ]);
    const one = splitCoverage(coverageOf(['Members lend books.', built]));
    assert.deepEqual(coverageFacts(one), ['1 of 1 sentence covered']);
  });
});
