import assert from 'node:assert/strict';
import { splitCoverage } from '../../../src/core/coverage-parts.ts';
import { describeCoverage } from '../../../src/core/run-words.ts';

const sentence = (text: string, coveredBy: string[], note?: string) => ({
  text,
  start: 0,
  end: text.length,
  coveredBy,
  ...(note === undefined ? {} : { note }),
});

describe('how sentences are covered', () => {
  const coverage = [
    sentence('Members lend books.', ['entity:Book']),
    sentence('Members lend books and are sent an e-mail.', ['entity:Book'], 'Sending e-mail is not built.'),
    sentence('Glarp.', [], 'Nothing was built for this.'),
    sentence('Plugh.', []),
  ];

  it('tells what is covered from what is covered in part and from what is not, each with its reason', () => {
    const { covered, inPart, uncovered } = splitCoverage(coverage);
    assert.deepEqual(
      covered.map(({ text }) => text),
      ['Members lend books.'],
    );
    assert.deepEqual(inPart, [
      { text: 'Members lend books and are sent an e-mail.', note: 'Sending e-mail is not built.' },
    ]);
    assert.deepEqual(
      uncovered.map(({ note }) => note),
      ['Nothing was built for this.', 'Nothing in the application covers this yet.'],
    );
  });

  it('is said in a sentence', () => {
    assert.equal(describeCoverage({ sentences: 4, covered: 1, inPart: 1 }), '1 of 4 sentences covered, 1 more in part');
    assert.equal(describeCoverage({ sentences: 2, covered: 2, inPart: 0 }), '2 of 2 sentences covered');
    assert.equal(describeCoverage({ sentences: 1, covered: 0, inPart: 1 }), '0 of 1 sentence covered, 1 in part');
  });
});
