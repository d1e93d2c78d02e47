import type { Theme } from '../core/blueprint.ts';
import type { ThemeView } from '../emit/theme-view.ts';

type Rgb = readonly [number, number, number];

const dark: Rgb = [17, 24, 39];
const light: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

function parse(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function format(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Contrast ratio of WCAG 2.2, 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

/** The readable one of dark and light text; pure black where neither will do. */
function textOn(background: Rgb): Rgb {
  const best = contrast(dark, background) >= contrast(light, background) ? dark : light;
  return contrast(best, background) >= 4.5
    ? best
    : contrast(black, background) > contrast(best, background)
      ? black
      : best;
}

/** The first step from `colour` towards `goal` with the contrast on every one of the grounds. */
function readable(colour: Rgb, goal: Rgb, grounds: readonly Rgb[], ratio: number): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = parse(format(mix(colour, goal, share)));
    if (grounds.every((ground) => contrast(candidate, ground) >= ratio)) return candidate;
  }
  return goal;
}

/** Computes the colours of a page from the two of the theme. */
export function viewTheme(theme: Theme): ThemeView {
  const background = parse(theme.background);
  const component = parse(theme.component);
  const text = textOn(background);
  const isDark = luminance(text) > luminance(background);
  // On a mid-tone any step towards the text costs contrast, so surfaces step away from it.
  const away = isDark ? black : light;
  const stepped = mix(background, isDark ? light : away, 0.07);
  const surface = isDark
    ? contrast(text, stepped) >= 7
      ? stepped
      : mix(background, black, 0.2)
    : mix(background, light, 0.7);
  const subtle = parse(format(mix(surface, text, 0.04)));
  const grounds = [background, surface, subtle];
  const tint = parse(format(mix(surface, component, 0.12)));
  const dangerHue: Rgb = isDark ? [248, 113, 113] : [185, 28, 28];
  const dangerTint = parse(format(mix(surface, dangerHue, 0.08)));
  const onComponent = textOn(component);
  const hover = mix(component, luminance(onComponent) > luminance(component) ? black : light, 0.14);
  return {
    background: theme.background,
    component: theme.component,
    backgroundName: theme.backgroundName,
    componentName: theme.componentName,
    isDark,
    text: format(text),
    muted: format(readable(mix(text, background, 0.4), text, grounds, 4.5)),
    surface: format(surface),
    border: format(mix(background, text, 0.16)),
    inputBorder: format(readable(mix(background, text, 0.3), text, grounds, 3)),
    onComponent: format(onComponent),
    componentHover: format(hover),
    link: format(readable(component, text, grounds, 4.5)),
    componentEdge: format(readable(component, text, [background], 3)),
    subtle: format(subtle),
    tint: format(tint),
    onTint: format(readable(component, contrast(text, tint) >= 4.5 ? text : textOn(tint), [tint], 4.5)),
    dangerTint: format(dangerTint),
    danger: format(readable(dangerHue, text, [...grounds, dangerTint], 4.5)),
    success: format(readable(isDark ? [74, 222, 128] : [21, 128, 61], text, grounds, 4.5)),
    textContrast: Math.round(contrast(text, background) * 100) / 100,
    componentContrast: Math.round(contrast(onComponent, component) * 100) / 100,
  };
}
