import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/shared/fields/duration.ts';

describe('lengths of time', () => {
  it.each([
    ['90', 90],
    ['45 min', 45],
    ['1 h 30 min', 90],
    ['1h30m', 90],
    ['1:30', 90],
    ['1.5 hours', 90],
    ['1,5 h', 90],
    ['2 days', 2880],
    ['2 d 3 h', 3060],
  ])('are read from %s', (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes);
  });

  it.each(['', 'a while', '1:75', 'h', '-5', '1..5 h'])('are not read from "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('are written so that they can be read again', () => {
    for (const minutes of [0, 1, 59, 60, 61, 90, 1440, 10_000]) {
      expect(parseDuration(formatDuration(minutes))).toBe(minutes);
    }
  });
});
