import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTheme } from '../../../src/reading/colours.ts';
import { splitStatements } from '../../../src/reading/sentences.ts';

function theme(text: string): string[] {
  const { background, component } = readTheme(splitStatements(text));
  return [background, component];
}

describe('offline engine, colours', () => {
  for (const [text, expected] of Object.entries({
    'Set the background color to white and the component color to navy.': ['#ffffff', '#000080'],
    'Use ivory for the background and forest green for components.': ['#fffff0', '#228b22'],
    'The background should be lavender, elements in indigo.': ['#e6e6fa', '#4b0082'],
    'Buttons are tomato and the page background is ghost white.': ['#f8f8ff', '#ff6347'],
    'Paint all components dark slate gray on a light goldenrod yellow background.': ['#fafad2', '#2f4f4f'],
    'All backgrounds with misty rose and all buttons with firebrick.': ['#ffe4e1', '#b22222'],
    'Background: #FAFAFA. Accent color: #0af.': ['#fafafa', '#00aaff'],
    'Use sea-shell for the outer layout and rebecca purple for UI blocks.': ['#fff5ee', '#663399'],
    'Use a dark theme with teal buttons.': ['#111827', '#008080'],
    'Use a dark theme.': ['#111827', '#3b82f6'],
    'A white and navy colour scheme.': ['#ffffff', '#000080'],
    'Sell orange juice, salmon and plum jam. Snow is shown in winter.': ['#ffffff', '#2563eb'],
    'Each car has a color (red, blue or black).': ['#ffffff', '#2563eb'],
  })) {
    it(text, () => assert.deepEqual(theme(text), expected));
  }

  it('keeps the names as the user wrote them, and where', () => {
    const { backgroundName, componentName, sentences } = readTheme(
      splitStatements('A blog. Use Ghost White for the background and navy for components.'),
    );
    assert.deepEqual([backgroundName, componentName, sentences], ['ghost white', 'navy', [1]]);
  });
});
