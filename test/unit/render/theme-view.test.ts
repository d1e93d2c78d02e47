import assert from 'node:assert/strict';
import type { ThemeView } from '../../../src/emit/theme-view.ts';
import { viewTheme } from '../../../src/render/theme-view.ts';

/** Text and ground of every pair that pages show, with the contrast that WCAG 2.2 asks for. */
const pairs: readonly (readonly [keyof ThemeView, keyof ThemeView, number])[] = [
  ['text', 'background', 4.5],
  ['text', 'surface', 4.5],
  ['text', 'subtle', 4.5],
  ['muted', 'background', 4.5],
  ['muted', 'surface', 4.5],
  ['muted', 'subtle', 4.5],
  ['link', 'background', 4.5],
  ['link', 'surface', 4.5],
  ['link', 'subtle', 4.5],
  ['onComponent', 'component', 4.5],
  ['onComponent', 'componentHover', 4.5],
  ['onTint', 'tint', 4.5],
  ['danger', 'surface', 4.5],
  ['danger', 'dangerTint', 4.5],
  ['componentEdge', 'background', 3],
  ['inputBorder', 'surface', 3],
];

const origin = { by: 'assumed', reason: 'For a test.' } as const;

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function assertReadable(background: string, component: string): void {
  const theme = viewTheme({ background, component, origin });
  for (const [front, ground, ratio] of pairs) {
    const measured = contrast(String(theme[front]), String(theme[ground]));
    assert.ok(measured >= ratio, `${front} on ${ground} of ${background}/${component}: ${measured.toFixed(2)}`);
  }
}

describe('viewTheme', () => {
  it('keeps the two colours of the user exactly', () => {
    const theme = viewTheme({ background: '#e6e6fa', component: '#4b0082', origin });
    assert.equal(theme.background, '#e6e6fa');
    assert.equal(theme.component, '#4b0082');
  });

  it('makes every pair readable for the colours of a coarse cube, each with each', () => {
    const levels = ['00', '80', 'ff'];
    const cube = levels.flatMap((red) => levels.flatMap((green) => levels.map((blue) => `#${red}${green}${blue}`)));
    for (const background of cube) for (const component of cube) assertReadable(background, component);
  });

  it('makes every pair readable on every grey, where the component has the same colour', () => {
    for (let level = 0; level < 256; level++) {
      const grey = `#${level.toString(16).padStart(2, '0').repeat(3)}`;
      assertReadable(grey, grey);
    }
  });
});
